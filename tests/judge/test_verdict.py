"""Verdicts: every set of facts has one, and what was enforced comes before what was answered."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judge.errors import Over, SubmissionError
from judge.verdict import TITLES, Execution, Verdict, of_case, of_report
from sandbox.contract import Stop

LIMITS = {Stop.CPU: Verdict.TLE, Stop.MEMORY: Verdict.MLE, Stop.OUTPUT: Verdict.OLE}
ENDS = [stop for stop in Stop if stop not in LIMITS]


def raised(*bases: str) -> SubmissionError:
    return SubmissionError(bases[0], bases, "no", ())


VALUE_ERROR = raised("ValueError", "Exception", "BaseException", "object")
MEMORY_ERROR = raised("MemoryError", "Exception", "BaseException", "object")
NUMPY_MEMORY_ERROR = raised("_ArrayMemoryError", "MemoryError", "Exception", "BaseException", "object")

EXECUTIONS = st.builds(
    Execution,
    over=st.sampled_from([None, *Over]),
    stop=st.sampled_from(Stop),
    raised=st.sampled_from([None, VALUE_ERROR, MEMORY_ERROR]),
    is_slower_than_allowed=st.booleans(),
)
VERDICTS = st.lists(st.sampled_from(Verdict), max_size=8)


def test_an_undisturbed_attempt_is_accepted():
    """Nothing went wrong, so the case is passed."""
    assert of_case(Execution(), has_finding=False) is Verdict.AC


def test_a_finding_is_a_wrong_answer():
    """A check that says no makes WA, also for a slow answer."""
    assert of_case(Execution(), has_finding=True) is Verdict.WA
    assert of_case(Execution(is_slower_than_allowed=True), has_finding=True) is Verdict.WA


def test_a_right_answer_that_is_too_slow_exceeds_the_time_limit():
    """Losing a race with right answers is TLE."""
    assert of_case(Execution(is_slower_than_allowed=True), has_finding=False) is Verdict.TLE


def test_an_exception_nobody_asked_for_is_a_run_time_error():
    """What the submission raises is RTE."""
    assert of_case(Execution(raised=VALUE_ERROR), has_finding=False) is Verdict.RTE


@pytest.mark.parametrize("error", [MEMORY_ERROR, NUMPY_MEMORY_ERROR])
def test_a_memory_error_exceeds_the_memory_limit(error):
    """The address space's limit shows up as MemoryError or a subclass of it."""
    assert of_case(Execution(raised=error), has_finding=False) is Verdict.MLE


@pytest.mark.parametrize("over", [Over.GONE, Over.MALFORMED])
@pytest.mark.parametrize("stop", ENDS)
def test_a_conversation_that_breaks_off_is_a_run_time_error(over, stop):
    """A process that dies or talks nonsense is RTE, however it ended."""
    assert of_case(Execution(over=over, stop=stop), has_finding=False) is Verdict.RTE


@pytest.mark.parametrize("stop", ENDS)
def test_waiting_too_long_exceeds_the_time_limit(stop):
    """The wall limit is TLE."""
    assert of_case(Execution(over=Over.WALL, stop=stop), has_finding=False) is Verdict.TLE


@settings(deadline=None, max_examples=60)
@given(EXECUTIONS, st.booleans(), st.sampled_from(sorted(LIMITS)))
def test_an_enforced_limit_decides_whatever_else_happened(execution, has_finding, stop):
    """What the sandbox stopped a run for is its verdict."""
    assert of_case(replace(execution, stop=stop), has_finding=has_finding) is LIMITS[stop]


@settings(deadline=None, max_examples=60)
@given(EXECUTIONS, st.booleans())
def test_every_execution_has_a_verdict_about_the_submission(execution, has_finding):
    """No facts about a submission make a judge error, a load error or no verdict."""
    verdict = of_case(execution, has_finding=has_finding)
    assert verdict in {Verdict.AC, Verdict.WA, Verdict.TLE, Verdict.MLE, Verdict.OLE, Verdict.RTE}


@settings(deadline=None, max_examples=60)
@given(EXECUTIONS, st.booleans())
def test_a_case_is_accepted_only_if_nothing_went_wrong(execution, has_finding):
    """AC needs the absence of every single fact against it."""
    is_spotless = (
        execution.over is None
        and execution.stop in ENDS
        and execution.raised is None
        and not execution.is_slower_than_allowed
        and not has_finding
    )
    assert (of_case(execution, has_finding=has_finding) is Verdict.AC) is is_spotless


@settings(deadline=None, max_examples=60)
@given(EXECUTIONS)
def test_a_finding_never_turns_a_failure_into_a_pass(execution):
    """Finding something can only replace AC or a lost race."""
    without, with_one = (of_case(execution, has_finding=has) for has in (False, True))
    assert with_one is not Verdict.AC
    assert with_one is without or (without is Verdict.AC or execution.is_slower_than_allowed)


def test_a_report_of_accepted_cases_is_accepted():
    """AC throughout is AC."""
    assert of_report([Verdict.AC] * 3) is Verdict.AC


def test_an_empty_report_is_a_judge_error():
    """Nothing run is never an acceptance."""
    assert of_report([]) is Verdict.JE


def test_a_case_left_out_for_no_reason_is_a_judge_error():
    """Accepted cases beside one that was not run leave the question open, which is our fault."""
    assert of_report([Verdict.AC, Verdict.NOT_RUN]) is Verdict.JE
    assert of_report([Verdict.NOT_RUN]) is Verdict.JE


def test_the_first_failure_names_the_report():
    """The order of cases decides, not the severity."""
    assert of_report([Verdict.AC, Verdict.TLE, Verdict.WA]) is Verdict.TLE
    assert of_report([Verdict.NOT_RUN, Verdict.WA, Verdict.JE]) is Verdict.WA
    assert of_report([Verdict.JE, Verdict.WA]) is Verdict.JE


@settings(deadline=None, max_examples=60)
@given(VERDICTS)
def test_a_report_is_accepted_only_if_every_case_is(verdicts):
    """One case that is not AC, or none at all, is enough."""
    assert (of_report(iter(verdicts)) is Verdict.AC) is (bool(verdicts) and set(verdicts) == {Verdict.AC})


@settings(deadline=None, max_examples=60)
@given(VERDICTS, VERDICTS)
def test_later_cases_do_not_change_an_earlier_failure(first, second):
    """Once something has failed, what follows is of no account."""
    if set(first) - {Verdict.AC, Verdict.NOT_RUN}:
        assert of_report(first + second) is of_report(first)


@settings(deadline=None, max_examples=60)
@given(VERDICTS.filter(bool), st.integers(0, 8))
def test_accepted_cases_do_not_change_a_verdict(verdicts, place):
    """An accepted case more, anywhere, makes no difference."""
    assert of_report([*verdicts[:place], Verdict.AC, *verdicts[place:]]) is of_report(verdicts)


def test_every_verdict_has_a_title():
    """What is shown to a learner exists for each verdict, and is told apart."""
    assert set(TITLES) == set(Verdict)
    assert len(set(TITLES.values())) == len(Verdict)
