"""What the trials of a problem say together."""

from judge.catalogue import Catalogue
from judge.errors import JudgeError
from judge.judging import Submission
from judge.trials import Trial
from judge.verification import Findings


def test_one_judge_error_in_many_trials_is_told_once():
    """Each trial has its line; the traceback stands in the first only."""
    submission = Submission(Catalogue().problem("kmeans"), "", 0)
    found = Findings()
    for title, error in (("first.py", "a long story"), ("second.py", "a long story"), ("third.py", "another")):
        found.take_in_error(Trial(submission, title, lambda _: []), JudgeError(error))
    assert found.defects == [
        "first.py: judge error: a long story",
        "second.py: judge error: the same as that of first.py",
        "third.py: judge error: another",
    ]
