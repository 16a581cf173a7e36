"""Runs to be rendered: ordinary ones, and ones in which everything foreign is hostile."""

from hypothesis import strategies as st

from judge.rendering.outputs import Graded, Run
from judge.report import CaseReport, Diagnosis, LimitFacts, Report, SandboxFacts, TracebackLine
from judge.verdict import Verdict


def case(name="test_one", verdict=Verdict.WA, text="centres differ", printed="", line=3):
    frames = (TracebackLine(line, text, text),) if line else ()
    return CaseReport(
        name, "Two groups", "sample", verdict, 0.0, 5.0, 0.25, message=text, hint="Look again.", traceback=frames,
        printed=printed, inputs=text, transcript=({"expression": text, "returned": 1},),
    )  # fmt: skip


def report(cases, verdict=Verdict.WA, text="", mistake=""):
    return Report(
        "kmeans", verdict, 40.0, 100.0, 7, "full", text, SandboxFacts("bubblewrap", True, "cgroup v1"),
        LimitFacts(20.0, 20.0, 1024, 1.0), tuple(cases), Diagnosis(mistake, text, "test_one") if mistake else None,
    )  # fmt: skip


def run_with(text, path="kmeans.py"):
    """Return a run that has `text` wherever a submission or a repository can put one."""
    cases = [case(text=text, printed=text), case("test_two", Verdict.AC, line=0), case("test_three", Verdict.NOT_RUN)]
    items = (
        Graded(path, "kmeans", 40.0, 100.0, report(cases, text=text, mistake="mean_inertia")),
        Graded("pca.py", "pca", 0.0, 100.0, None, text or "missing"),
        Graded("knn.py", "knn", 100.0, 100.0, report([case(verdict=Verdict.AC)], Verdict.AC)),
    )
    return Run(items, 7, 140.0, 300.0, 1.5, 150.0)


HOSTILE = [
    "\n::error file=a.py::forged\r\n::set-output name=x::y\n##[error]forged",
    "]]></failure><testcase name='forged'/>&amp;<![CDATA[",
    "</pre><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}{% raw %}",
    "```\n# forged\n[link](https://example.org) ![x](y) | a | b |\n<b>x</b> @everyone\n~~~",
    '"}],"score":1000,"tests":[{"',
    "\x1b[31mred\x1b[2J\x00\x08\u202eevil\u2066\ufeff\ufffe\uffff\ud800\U000e0041",
    "%0A::error::x,%3A:,",
]
# Whatever a JSON string can hold, lone surrogates too, and marks that formats care about more often.
texts = st.text(max_size=60) | st.lists(
    st.sampled_from([*"<>&'\"`|%:,#[]()!\\\n\r\t\x00\x1b\x85\u2028\ud800\ufffe", "::error", "]]>", "-->", "```"]),
    max_size=15,
).map("".join)
