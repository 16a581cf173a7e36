"""Hostile and clumsy submissions get the verdict that their folder is named for, and the next one works."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from judge.bootstrap import Choice, open_broker
from judge.judging import Judge, Submission
from judge.problem import Problem
from judge.verdict import Verdict

FIRST = Choice("bubblewrap")
SANDBOXES = [
    pytest.param(FIRST, id="bubblewrap"),
    pytest.param(Choice("bubblewrap", is_cold=True), id="bubblewrap-cold"),
    pytest.param(Choice("docker"), id="docker", marks=pytest.mark.docker),
]
HERE = Path(__file__).parent
ATTACKS = sorted(HERE.glob("*/*.py"))
# Two cases may use up their time. Whoever keeps the judge busy for longer has found work that no limit counts.
BUSY_SECONDS = 30.0


@pytest.fixture(scope="module", params=SANDBOXES)
def choice(request: pytest.FixtureRequest) -> Choice:
    """Return each sandbox in turn."""
    return request.param


@pytest.fixture(scope="module")
def judge(choice: Choice, kmeans: Problem) -> Iterator[Judge]:
    """Open a grader on the sandbox."""
    with open_broker(kmeans, 1.0, choice) as broker, Judge(broker) as made:
        yield made


@pytest.fixture
def target(path: Path, strict_kmeans: Problem, patient_kmeans: Problem) -> Problem:
    """Return k-means under the limits that an attack is judged with."""
    return strict_kmeans if path.parent.name == Verdict.TLE else patient_kmeans


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_submission_gets_the_verdict_of_its_folder(
    path: Path, judge: Judge, choice: Choice, target: Problem, text_of: Callable[[Path], str]
) -> None:
    """Whatever a submission does, the verdict is the right one, comes in time and says why.

    All that follows a failure, the other cases and the explanation, is met on the first sandbox: it is the grader's.
    """
    is_first = choice == FIRST
    submission = Submission(
        target, text_of(path), 0, groups=("sample", "edge"), is_explained=is_first, until_failure=not is_first
    )
    started = time.monotonic()
    report = judge.judge(submission)
    seconds = time.monotonic() - started
    assert report.verdict is Verdict(path.parent.name), report.cases
    assert report.verdict is Verdict.AC or any(case.message for case in report.cases)
    assert not any(case.verdict is Verdict.JE for case in report.cases)
    assert seconds < BUSY_SECONDS


def test_what_attacks_build_on_is_accepted(judge: Judge, strict_kmeans: Problem) -> None:
    """The honest solution passes by itself: an attack that succeeds can be accepted."""
    honest = (HERE / "honest.py").read_text(encoding="utf-8")
    submission = Submission(strict_kmeans, f"{honest}\nKMeans = Honest\n", 0, groups=("sample", "edge"))
    assert judge.judge(submission).verdict is Verdict.AC


def test_the_next_submission_works(judge: Judge, kmeans: Problem) -> None:
    """After all of them, an honest submission is accepted by the same grader."""
    source = (kmeans.folder / "solutions/accepted/broadcasting.py").read_text()
    assert judge.judge(Submission(kmeans, source, 0)).verdict is Verdict.AC
