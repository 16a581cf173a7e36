"""Reports: plain data that survives JSON, and nothing else is taken for one."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judge.errors import JudgeError
from judge.report import (
    SCHEMA_VERSION,
    Agreement,
    CaseReport,
    Diagnosis,
    LimitFacts,
    MetricScore,
    Race,
    Report,
    SandboxFacts,
    TracebackLine,
    case_from_json,
)
from judge.verdict import Verdict

CASE = CaseReport(
    name="test_fit",
    title="It fits",
    group="agreement",
    verdict=Verdict.WA,
    points=0.0,
    max_points=12.5,
    seconds=0.25,
    message="coef_ differs",
    agreement=Agreement(3.0, 1e-6, "coef_"),
    race=Race(2.0, 1.5, 2.5, 3.0),
    traceback=(TracebackLine(3, "fit", "return 1 / 0"),),
    expected={"float": "nan"},
    transcript=({"expression": "submission.fit", "args": [1], "kwargs": {}, "returned": None},),
    metric=MetricScore("RMSLE", 0.3, 0.5, 0.1, 0.5, 0.8),
)
REPORT = Report(
    problem="ridge",
    verdict=Verdict.WA,
    score=87.5,
    max_score=100.0,
    seed=3,
    feedback="full",
    message="",
    sandbox=SandboxFacts("bubblewrap", isolated=True, limits="cgroup v2"),
    limits=LimitFacts(20.0, 20.0, 1024, 1.5),
    cases=(CASE,),
    diagnosis=Diagnosis("no_intercept", "It forgets the intercept.", "test_fit"),
    versions={"suite": "abc"},
)

TEXTS = st.text(max_size=8)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
CASES = st.builds(
    CaseReport,
    name=TEXTS,
    title=TEXTS,
    group=TEXTS,
    verdict=st.sampled_from(Verdict),
    points=NUMBERS,
    max_points=NUMBERS,
    message=TEXTS,
    agreement=st.none() | st.builds(Agreement, NUMBERS, NUMBERS, TEXTS),
    race=st.none() | st.builds(Race, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    traceback=st.lists(st.builds(TracebackLine, st.integers(0, 10**6), TEXTS, TEXTS), max_size=2).map(tuple),
    printed=TEXTS,
    expected=JSON,
    transcript=st.lists(JSON, max_size=2).map(tuple),
)
REPORTS = st.builds(
    Report,
    problem=TEXTS,
    verdict=st.sampled_from(Verdict),
    score=NUMBERS,
    max_score=NUMBERS,
    seed=st.integers(0, 2**63 - 1),
    feedback=TEXTS,
    message=TEXTS,
    sandbox=st.builds(SandboxFacts, TEXTS, st.booleans()),
    limits=st.builds(LimitFacts, NUMBERS, NUMBERS, st.integers(0, 2**40), NUMBERS),
    cases=st.lists(CASES, max_size=2).map(tuple),
    diagnosis=st.none() | st.builds(Diagnosis, TEXTS, TEXTS, TEXTS),
    versions=st.dictionaries(TEXTS, TEXTS, max_size=2),
)


def through_text(document):
    return json.loads(json.dumps(document, allow_nan=False))


@settings(deadline=None, max_examples=50)
@given(REPORTS)
def test_a_report_survives_json(report):
    """A report written as text and read again is equal to what it was."""
    assert Report.from_json(through_text(report.to_json())) == report


@settings(deadline=None, max_examples=50)
@given(CASES)
def test_a_case_survives_json(case):
    """Progress events carry single cases, which come back equal too."""
    report = replace(REPORT, cases=(case,))
    assert case_from_json(through_text(report.to_json())["cases"][0]) == case


def test_the_documents_words_are_plain():
    """The JSON holds verdicts as text and every field by its name."""
    document = through_text(REPORT.to_json())
    assert document["verdict"] == document["cases"][0]["verdict"] == "WA"
    assert document["schema_version"] == SCHEMA_VERSION
    assert set(document) == {field.name for field in fields(Report)}
    assert set(document["cases"][0]) == {field.name for field in fields(CaseReport)}


REQUIRED = ["problem", "verdict", "score", "max_score", "seed", "feedback", "message", "sandbox", "limits", "cases"]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_report_without_a_required_field_is_a_judge_error(name):
    """The message names the field that is missing."""
    document = through_text(REPORT.to_json())
    del document[name]
    with pytest.raises(JudgeError, match=name):
        Report.from_json(document)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("verdict",), "OK"),
        (("verdict",), None),
        (("score",), "87.5"),
        (("score",), None),
        (("seed",), 1.5),
        (("seed",), "3"),
        (("sandbox", "isolated"), "yes"),
        (("sandbox",), []),
        (("limits", "memory_mib"), 0.5),
        (("cases",), {}),
        (("cases",), None),
        (("cases", 0), "a case"),
        (("cases", 0, "verdict"), "wa"),
        (("cases", 0, "points"), True),
        (("cases", 0, "agreement"), 3.0),
        (("cases", 0, "agreement", "error"), "large"),
        (("cases", 0, "race"), {"ratio": 1.0}),
        (("cases", 0, "traceback"), [["a", "b", "c"]]),
        (("cases", 0, "transcript"), None),
        (("diagnosis",), "no_intercept"),
        (("versions",), {"suite": 1}),
        (("schema_version",), "1"),
    ],
    ids=str,
)
def test_a_wrong_field_is_a_judge_error(place, value):
    """Whatever is half right anywhere in a document makes all of it no report."""
    document = through_text(REPORT.to_json())
    owner = document
    for step in place[:-1]:
        owner = owner[step]
    owner[place[-1]] = value
    with pytest.raises(JudgeError, match="not a report"):
        Report.from_json(document)


@settings(deadline=None, max_examples=40)
@given(JSON)
def test_no_other_document_is_a_report_or_a_case(document):
    """Arbitrary JSON is refused with the judge's own error."""
    for read in (Report.from_json, case_from_json):
        with pytest.raises(JudgeError):
            read(document)


def test_what_is_withheld_is_empty():
    """A case needs only its verdict and points; all that would tell more has an empty default."""
    bare = CaseReport("test_fit", "It fits", "edge", Verdict.WA, 0.0, 1.0)
    told = {f.name for f in fields(CaseReport)} - {"name", "title", "group", "verdict", "points", "max_points"}
    assert not any(getattr(bare, name) for name in told)
    assert case_from_json({"name": "n", "title": "t", "group": "g", "verdict": "AC", "points": 1, "max_points": 1})
