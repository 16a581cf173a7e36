"""Hostile and clumsy submissions get the verdict that their folder is named for, and the next one works."""

from dataclasses import replace
from pathlib import Path

import pytest

from judge.judging import Judge, Submission
from judge.problem import LimitTable, Problem
from judge.verdict import Verdict

HERE = Path(__file__).parent
ATTACKS = sorted(HERE.glob("*/*.py"))
# Short limits keep the tests short; what they show does not depend on the numbers.
LIMITS = LimitTable(wall_seconds=3.0, cpu_seconds=2.0, memory_mib=256)


@pytest.fixture(scope="module")
def strict_kmeans(kmeans: Problem) -> Problem:
    """Return k-means with short limits."""
    import msgspec

    return replace(kmeans, description=msgspec.structs.replace(kmeans.description, limits=LIMITS))


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_submission_gets_the_verdict_of_its_folder(path: Path, judge: Judge, strict_kmeans: Problem) -> None:
    """Whatever a submission does, the verdict is the right one and says why."""
    source = path.read_bytes().decode()
    report = judge.judge(Submission(strict_kmeans, source, 0, groups=("sample", "edge")))
    assert report.verdict is Verdict(path.parent.name), report.cases
    assert report.verdict is Verdict.AC or any(case.message for case in report.cases)
    assert not any(case.verdict is Verdict.JE for case in report.cases)


def test_the_next_submission_works(judge: Judge, kmeans: Problem) -> None:
    """After all of them, an honest submission is accepted by the same grader."""
    source = (kmeans.folder / "solutions/accepted/broadcasting.py").read_text()
    assert judge.judge(Submission(kmeans, source, 0)).verdict is Verdict.AC
