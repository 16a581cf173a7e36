"""Browsing: topics, difficulty, prerequisites, and editorials for those who have solved a problem."""

import json
from pathlib import Path

import pytest

from judge.catalogue import BUILT_IN
from judge.cli.browsing import list_problems, show
from judge.errors import ProblemError, UsageError
from judge.problem import TOPICS, load_problem
from judge.saved import is_solved, keep_solved
from judge.scaffold import scaffold, write


@pytest.fixture(autouse=True)
def _state(tmp_path, monkeypatch):
    """Keep what is solved in these tests apart."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def problem(root: Path, name: str, minutes: int, topic: str) -> Path:
    folder = write(scaffold(name, "function"), root)
    toml = (folder / "problem.toml").read_text()
    toml = toml.replace("minutes = 25", f"minutes = {minutes}").replace("supervised learning", topic)
    (folder / "problem.toml").write_text(toml)
    return folder


@pytest.fixture
def root(tmp_path) -> Path:
    """Return a folder of three problems, an easy, a medium and a hard one."""
    made = tmp_path / "problems"
    problem(made, "losses/easy_one", 15, "optimisation")
    problem(made, "losses/medium_one", 35, "optimisation")
    problem(made, "trees/hard_one", 36, "ensembles")
    return made


def listed(root: Path, capsys, **how: bool) -> str:
    list_problems(root, **{"by_topic": False, "by_difficulty": False, "as_json": False, **how})
    return capsys.readouterr().out


def test_every_topic_is_listed_with_its_problems_or_as_having_none(root, capsys):
    """Topics that nobody wrote for are named, and each topic has its count and minutes."""
    text = listed(root, capsys, by_topic=True)
    assert "optimisation  (2 problems, 50 min)" in text
    assert "ensembles  (1 problem, 36 min)" in text
    empty = text.split("no problem yet: ")[1].splitlines()[0].split(", ")
    assert set(empty) == set(TOPICS) - {"optimisation", "ensembles"}
    assert text.endswith("in all 3 problems, 86 min\n")


def test_difficulty_goes_by_minutes(root, capsys):
    """Fifteen minutes are easy, thirty-five medium, more is hard."""
    text = listed(root, capsys, by_difficulty=True)
    assert text.index("easy  (1") < text.index("easy_one") < text.index("medium  (1") < text.index("medium_one")
    assert text.index("hard  (1") < text.index("hard_one")


def test_two_groupings_at_once_are_a_usage_error(root, capsys):
    """One list has one order."""
    with pytest.raises(UsageError, match="not by both"):
        listed(root, capsys, by_topic=True, by_difficulty=True)


def test_json_has_difficulty_and_prerequisites(root, capsys):
    """Programs read what people do."""
    first = json.loads(listed(root, capsys, as_json=True))[0]
    assert (first["difficulty"], first["prerequisites"]) == ("easy", ["NumPy broadcasting"])


def test_a_statement_is_shown_with_what_it_takes(root, capsys):
    """Minutes, difficulty, topics and prerequisites stand below it."""
    show(root, "easy_one")
    text = capsys.readouterr().out
    assert "15 minutes (easy)" in text
    assert "Prerequisites: NumPy broadcasting" in text


def test_an_editorial_is_for_those_who_solved_the_problem(root, capsys):
    """Before, it takes --spoil; after, nothing; and one problem solved opens no other."""
    with pytest.raises(UsageError, match="--editorial --spoil"):
        show(root, "easy_one", editorial=True)
    show(root, "easy_one", editorial=True, spoil=True)
    keep_solved("easy_one")
    show(root, "easy_one", editorial=True)
    assert capsys.readouterr().out.count("## Idea") == 2
    assert not is_solved("hard_one")
    with pytest.raises(UsageError):
        show(root, "hard_one", editorial=True)


def test_a_missing_editorial_is_told(root):
    """Nothing to read is not the same as not allowed to."""
    (root / "trees" / "hard_one" / "editorial.md").unlink()
    with pytest.raises(UsageError, match="has no editorial"):
        show(root, "hard_one", editorial=True, spoil=True)


def test_a_topic_that_does_not_exist_is_told_with_the_nearest(tmp_path):
    """A slip of the pen costs one look at the message."""
    folder = problem(tmp_path, "losses/x", 10, "statistics")
    with pytest.raises(ProblemError, match=r"no topic 'statistics'\. Did you mean statistics and A/B testing"):
        load_problem(folder)


def test_built_in_problems_can_all_be_listed(capsys):
    """Every built-in problem has topics of the closed list."""
    assert "kmeans" in listed(BUILT_IN, capsys, by_topic=True)
