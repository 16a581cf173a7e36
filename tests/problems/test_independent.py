"""Solutions whose authors saw statement and starter only: no suite was made with them in view, nor is one to be."""

from pathlib import Path

import pytest

from judge.catalogue import Catalogue
from judge.judging import Judge, Submission
from judge.messages import Runs
from judge.verdict import Verdict

CATALOGUE = Catalogue()
FOLDER = Path(__file__).parent / "independent"


def solutions(pattern: str) -> pytest.MarkDecorator:
    """Return a test's parameter: the files of that name, by problem."""
    paths = sorted(FOLDER.glob(f"*/{pattern}"))
    return pytest.mark.parametrize("path", paths, ids=[f"{path.parent.name}-{path.stem}" for path in paths])


@solutions("right*.py")
def test_what_is_right_is_accepted(path: Path, judge: Judge) -> None:
    """Every case and every race, whatever the method."""
    report = judge.judge(Submission(CATALOGUE.problem(path.parent.name), path.read_text(), 0))
    assert report.verdict is Verdict.AC, [case for case in report.cases if case.verdict is not Verdict.AC]


@solutions("wrong_*.py")
def test_what_is_wrong_is_rejected(path: Path, judge: Judge) -> None:
    """For an answer or an exception, and not for a fault of the judge's."""
    problem = CATALOGUE.problem(path.parent.name)
    hasty = Submission(problem, path.read_text(), 0, until_failure=True, is_explained=False, runs=Runs.CONFIRMED)
    report = judge.judge(hasty)
    assert report.verdict in (Verdict.WA, Verdict.RTE)
