"""Cases that run side by side: results in order, one at a time in each lane, and the same report for any number."""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from judge.catalogue import Catalogue
from judge.judging import Judge, Submission
from judge.lanes import Lane, side_by_side
from judge.problem import Problem
from judge.report import Report
from sandbox.broker import Broker
from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError

SUITE = """
from judge.agreement import equal_to
from judge.suite import case


def check(submission, number):
    equal_to(submission.answer(number), number, "answer")


"""
CASE = '''
@case("{group}")
def test_{number}(submission, rng):
    """Case {number}"""
    {body}
'''
ANSWERS = "import time\n\n\ndef answer(number):\n    return number\n"


class FakeSession:
    """A session that knows whether it was closed."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class FakeLink:
    """A connection that counts the sessions opened over it, and can refuse."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.opened: list[FakeSession] = []
        self._refuses = refuses

    def open(self, _limits: Limits, _environment: Environment) -> FakeSession:
        if self._refuses:
            raise SandboxError("no more")
        self.opened.append(FakeSession())
        return self.opened[-1]


def lane(link: FakeLink) -> Lane:
    return Lane(link, Limits(), Environment())  # type: ignore[arg-type] # a fake of what is asked for


def test_results_come_in_the_order_of_the_work():
    """What takes longest is first, and is still told first."""
    lanes = [lane(FakeLink()) for _ in range(3)]

    def work(_: object, number: int) -> int:
        time.sleep(0.02 * (3 - number % 3))
        return number

    assert list(side_by_side(work, range(9), lanes)) == list(range(9))


def test_a_lane_does_one_thing_at_a_time():
    """A session answers one caller, so nobody else may have it meanwhile."""
    lanes, busy, crossed = [lane(FakeLink()) for _ in range(2)], set(), []
    both = threading.Barrier(2)

    def work(session: object, number: int) -> None:
        crossed.extend([session] if session in busy else [])
        busy.add(session)
        if number < 2:
            # Two are at work at once, or this never ends.
            both.wait(10)
        busy.discard(session)

    list(side_by_side(work, range(20), lanes))
    assert crossed == []


def test_a_lane_that_is_not_needed_opens_nothing():
    """One case takes one session, however many lanes there are."""
    links = [FakeLink() for _ in range(3)]
    list(side_by_side(lambda *_: None, [0], [lane(link) for link in links]))
    assert sorted(len(link.opened) for link in links) == [0, 0, 1]


def test_an_error_comes_in_its_place_and_frees_the_lane():
    """What was done before it is told, and what waits behind it is not begun."""
    begun = []

    def work(_: object, number: int) -> int:
        begun.append(number)
        if number == 1:
            raise SandboxError("broken")
        return number

    results = side_by_side(work, range(5), [lane(FakeLink())])
    assert next(results) == 0
    with pytest.raises(SandboxError, match="broken"):
        next(results)
    assert begun[:2] == [0, 1]


def test_a_session_that_cannot_be_had_is_an_error_of_the_work():
    """A broker's refusal reaches whoever waits for the result."""
    with pytest.raises(SandboxError, match="no more"):
        list(side_by_side(lambda *_: None, [0], [lane(FakeLink(refuses=True))]))


def test_closing_a_lane_closes_its_session_once():
    """A lane that never opened one has nothing to close."""
    link = FakeLink()
    own = lane(link)
    own.close()
    session = own.session
    own.close()
    own.close()
    assert link.opened == [session]
    assert session.is_closed  # type: ignore[attr-defined] # the fake


def test_numpy_is_as_silent_in_a_lane_as_outside():
    """Absurd answers may overflow in a check; nobody is warned."""
    with np.errstate(all="ignore"):
        (product,) = side_by_side(lambda *_: np.float64(1e308) * 10, [0], [lane(FakeLink())])
    assert product == np.inf


@pytest.fixture(scope="module")
def judges(broker: Broker) -> Iterator[tuple[Judge, Judge]]:
    """Open a grader with one lane and one with three, with time to spare: a diagnosis that ran out of it is none."""
    with Judge(broker, scale=10) as narrow, Judge(broker, scale=10, lanes=3) as wide:
        yield narrow, wide


def telling(report: Report) -> Report:
    """Return a report without what differs from run to run: times and memory."""
    return replace(report, cases=tuple(replace(case, seconds=0.0, memory_mib=0.0) for case in report.cases))


# What k-means fails takes too long to be shrunk for its five seconds to be enough on every machine.
SLOW_TO_CALL = ("sample", "agreement", "edge")


@pytest.mark.parametrize(("slug", "groups"), [("kmeans", SLOW_TO_CALL), ("welch_t_test", (*SLOW_TO_CALL, "property"))])
def test_a_report_is_the_same_for_any_number_of_lanes(judges: tuple[Judge, Judge], slug: str, groups: tuple[str, ...]):
    """Wrong solutions fail the same cases with the same smallest inputs and the same diagnosis."""
    problem = Catalogue().problem(slug)
    for path in problem.solutions("wrong_answer")[:4]:
        submission = Submission(problem, path.read_text(), 5, groups=groups)
        narrow, wide = (telling(judge.judge(submission)) for judge in judges)
        assert narrow == wide


def made_of(kmeans: Problem, folder: Path, cases: str) -> Problem:
    """Return a problem whose suite has these cases."""
    copied = folder / "clustering" / "kmeans"
    shutil.copytree(kmeans.folder, copied)
    (copied / "suite.py").write_text(SUITE + cases)
    described = (copied / "problem.toml").read_text().replace('["KMeans"]', '["answer"]')
    (copied / "problem.toml").write_text(described.replace("wall_seconds = 20", "wall_seconds = 0.2"))
    return Catalogue(folder).problem("kmeans")


def test_cases_are_told_in_their_order_with_their_own_facts(
    judges: tuple[Judge, Judge], kmeans: Problem, tmp_path: Path
):
    """A slow case, a judge error and a wrong answer stand where they stand in the suite."""
    bodies = ["check(submission, 0)", "1 / 0", "check(submission, 2)", "check(submission, 3)"]
    cases = "".join(CASE.format(group="edge", number=n, body=body) for n, body in enumerate(bodies))
    problem = made_of(kmeans, tmp_path, cases)
    source = ANSWERS.replace("    return", "    time.sleep(0.1 * (number == 0))\n    return (number == 3) +")
    for judge in judges:
        report = judge.judge(Submission(problem, source, 0))
        assert [case.name for case in report.cases] == ["test_0", "test_1", "test_2", "test_3"]
        assert [case.verdict for case in report.cases] == ["AC", "JE", "AC", "WA"]


def test_after_two_time_outs_the_rest_is_not_run_in_any_lane(
    judges: tuple[Judge, Judge], kmeans: Problem, tmp_path: Path
):
    """What was under way when the second was known is not told."""
    cases = "".join(CASE.format(group="edge", number=n, body=f"check(submission, {n})") for n in range(7))
    problem = made_of(kmeans, tmp_path, cases)
    source = ANSWERS.replace("    return", "    time.sleep(60 * (number in (1, 3)))\n    return")
    for judge in judges:
        verdicts = [case.verdict for case in judge.judge(Submission(problem, source, 0)).cases]
        assert verdicts == ["AC", "TLE", "AC", "TLE", "not_run", "not_run", "not_run"]
