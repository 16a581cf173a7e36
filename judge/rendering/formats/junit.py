"""JUnit XML, as pytest's older dialect writes it: with the file and line that GitLab and others show.

Source: the schema of Jenkins' xUnit plugin (junit-10.xsd), and the attributes
`file` and `line` beside it.
"""

from junitparser import Attr, Error, Failure, IntAttr, JUnitXml, Skipped, TestCase, TestSuite

from judge.rendering.formats.facts import cases, line_of, outcome, reason, safe
from judge.rendering.outputs import Graded, Run
from judge.report import CaseReport
from judge.verdict import TITLES, Verdict

# GitLab reads files of 30 MB; what a case printed is cut elsewhere at 4000 characters.
_MESSAGE = 300


class _Case(TestCase):
    """A test case with the place that readers link to."""

    file = Attr()
    line = IntAttr()


def document(run: Run) -> str:
    """Return the document."""
    xml = JUnitXml("judge")
    for item in run.items:
        xml.add_testsuite(_suite(item))
    # The schema has no place here for what was skipped, which `update_statistics` would count as well.
    for name in ("tests", "failures", "errors"):
        setattr(xml, name, sum(getattr(suite, name) for suite in xml))
    xml.time = round(sum(suite.time for suite in xml), 3)
    text: bytes = xml.tostring()
    return text.decode()


def _suite(item: Graded) -> TestSuite:
    suite = TestSuite(safe(item.path))
    for case in cases(item):
        suite.add_testcase(_case(item, case))
    if not cases(item):
        lone = _Case("judged", _class_of(item))
        lone.file = safe(item.path)
        lone.result = [Failure(outcome(item), "not judged")]
        suite.add_testcase(lone)
    suite.update_statistics()
    suite.time = round(suite.time or 0.0, 3)
    return suite


def _case(item: Graded, case: CaseReport) -> _Case:
    made = _Case(case.name, _class_of(item), round(case.seconds, 3))
    made.file = safe(item.path)
    if (line := line_of(case)) is not None:
        made.line = line
    if case.verdict is Verdict.NOT_RUN:
        made.result = [Skipped(str(TITLES[case.verdict]), str(case.verdict))]
    elif case.verdict is not Verdict.AC:
        kind = Error if case.verdict is Verdict.JE else Failure
        result = kind(safe(f"{case.title}: {case.message}", _MESSAGE), str(case.verdict))
        result.text = reason(case)
        made.result = [result]
    if case.printed:
        # To GitLab this would be the place of a file to show.
        made.system_out = safe(case.printed).replace("[[ATTACHMENT", "[ [ATTACHMENT")
    return made


def _class_of(item: Graded) -> str:
    """Return a name that is a solution's own, where several are of one problem, in pytest's way."""
    return safe(item.path).removesuffix(".py").replace("/", ".")
