"""Every picture that a suite declares shows something, of right answers and of wrong ones."""

import base64

import pytest

from judge.catalogue import Catalogue
from judge.judging import Submission
from judge.verdict import Verdict

PICTURED = [problem for problem in Catalogue().all() if "@picture" in problem.text("suite.py")]


def drawn(judge, problem, path):
    source, groups = path.read_text(encoding="utf-8"), ("sample", "agreement")
    return judge.judge(Submission(problem, source, 0, groups=groups, is_explained=False, is_drawn=True))


@pytest.mark.parametrize("problem", PICTURED, ids=lambda problem: problem.slug)
def test_a_picture_of_right_answers_is_the_expected_one(judge, problem):
    report = drawn(judge, problem, problem.solutions("accepted")[0])
    assert report.verdict is Verdict.AC
    assert report.drawing is not None
    assert base64.b64decode(report.drawing.actual).startswith(b"\x89PNG")
    assert report.drawing.actual == report.drawing.expected
    assert report.drawing.title


@pytest.mark.parametrize("problem", PICTURED, ids=lambda problem: problem.slug)
def test_a_mistake_can_be_seen(judge, problem):
    for path in problem.solutions("wrong_answer"):
        drawing = drawn(judge, problem, path).drawing
        if drawing is not None and drawing.actual != drawing.expected:
            return
    pytest.fail("no wrong solution's picture differs from the right one")


def test_a_picture_is_drawn_only_where_one_is_asked_for(judge):
    problem = Catalogue().problem("kmeans")
    source = problem.solutions("accepted")[0].read_text(encoding="utf-8")
    for submission in (
        Submission(problem, source, 0, groups=("sample",)),
        Submission(problem, source, 0, "concise", ("sample",), is_drawn=True),
    ):
        assert judge.judge(submission).drawing is None


def test_a_suite_without_a_picture_has_none(judge):
    problem = Catalogue().problem("roc_auc")
    assert drawn(judge, problem, problem.solutions("accepted")[0]).drawing is None
