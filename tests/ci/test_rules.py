"""Rules come from the repository, or from a policy that the repository cannot bend."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from judge.ci.rules import read_rules
from judge.errors import UsageError

STUDENT = """
problems = "mine"
feedback = "full"
paths = ["week1"]
required = ["pca"]
minimum = 1
deadline = 2099-01-01T00:00:00Z
[solutions.kmeans]
file = "week1/clusters.py"
points = 100000
deadline = 2099-01-01T00:00:00Z
"""
COURSE = """
required = ["kmeans"]
minimum = 30
deadline = 2026-10-01T18:00:00+02:00
[solutions.kmeans]
points = 40
[solutions.pca]
points = 20
"""


def test_a_repository_sets_its_own_rules(root: Path) -> None:
    (root / "judge.toml").write_text(STUDENT)
    rules = read_rules(root, None).rules
    assert (rules.required, rules.minimum, rules.paths) == (("pca",), 1, ("week1",))
    assert (rules.worth("kmeans"), rules.worth("knn")) == (100000, 100)
    assert rules.counts("knn")


def test_pyproject_serves_as_well(root: Path) -> None:
    (root / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.judge]\nrequired = ["pca"]\n')
    assert read_rules(root, None).rules.required == ("pca",)


def test_judge_toml_comes_before_pyproject(root: Path) -> None:
    (root / "pyproject.toml").write_text('[tool.judge]\nrequired = ["pca"]\n')
    (root / "judge.toml").write_text("")
    assert read_rules(root, None).rules.required == ()


def test_under_a_policy_a_repository_says_only_where_solutions_are(root: Path, tmp_path: Path) -> None:
    (root / "judge.toml").write_text(STUDENT)
    policy = tmp_path / "policy.toml"
    policy.write_text(COURSE)
    book = read_rules(root, policy)
    rules = book.rules
    assert (rules.required, rules.minimum) == (("kmeans",), 30)
    assert (rules.worth("kmeans"), rules.worth("pca")) == (40, 20)
    assert rules.deadline_of("kmeans") == datetime(2026, 10, 1, 16, tzinfo=UTC)
    assert (rules.paths, rules.files) == (("week1",), {"kmeans": "week1/clusters.py"})
    assert not rules.counts("knn")
    assert [layer.path for layer in book.layers] == [policy]
    assert set(book.ignored) == {
        *("problems", "feedback", "required", "minimum", "deadline"),
        *("solutions.kmeans.points", "solutions.kmeans.deadline"),
    }


def test_a_policy_that_says_where_solutions_are_is_followed(root: Path, tmp_path: Path) -> None:
    (root / "judge.toml").write_text(STUDENT)
    policy = tmp_path / "policy.toml"
    policy.write_text('paths = ["final"]\n[solutions.kmeans]\nfile = "final/kmeans.py"\n')
    rules = read_rules(root, policy).rules
    assert (rules.paths, rules.files) == (("final",), {"kmeans": "final/kmeans.py"})


def test_a_minimum_beyond_reach_is_refused(root: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('required = ["kmeans"]\nminimum = 101\n')
    with pytest.raises(UsageError, match="more than the 100 that can be had"):
        read_rules(root, policy)


def test_a_name_of_no_problem_is_refused_with_the_nearest(root: Path) -> None:
    (root / "judge.toml").write_text('required = ["kmean"]\n')
    with pytest.raises(UsageError, match=r"judge\.toml: there is no problem named 'kmean'\. Did you mean kmeans"):
        read_rules(root, None).refuse_unknown({"kmeans", "pca"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("requred = []", "no setting 'requred'. Did you mean required"),
        ("unsafe = true", "no setting 'unsafe'"),
        ('sandbox = "unsafe"', "Invalid enum value 'unsafe'"),
        ('[solutions.kmeans]\nfiel = "x"', "solutions.kmeans: there is no setting 'fiel'. Did you mean file"),
        ("[solutions.kmeans]\npoints = nan", "solutions.kmeans: Expected `float` >= 0.0"),
        ("[solutions.kmeans]\npoints = -1", "solutions.kmeans: Expected `float` >= 0.0"),
        ("minimum = inf", "Expected `float` <= 1000000.0"),
        ("deadline = 2026-10-01T18:00:00", "with a timezone component"),
        ("solutions = 3", "Expected `object`"),
        ("solutions.kmeans = 3", "solutions.kmeans: a table is expected here"),
        ("requires_at = true", "no setting 'requires_at'"),
        ("workers = 0", "Expected `int` >= 1"),
        ("a = " + "[" * 20_000, "this is not TOML"),
        ("a = " + "1" * 5000, "this is not TOML"),
        ("#" * (257 << 10), "larger than 256 KiB"),
        ('"\\u001b[2J::error" = 1', "no setting '\\x1b[2J::error'"),
    ],
)
def test_what_a_file_says_wrongly_is_refused_with_its_place(root: Path, text: str, message: str) -> None:
    (root / "judge.toml").write_text(text)
    with pytest.raises(UsageError) as refusal:
        read_rules(root, None)
    assert message in str(refusal.value)
    assert "judge.toml" in str(refusal.value)


def test_a_file_of_rules_that_is_a_link_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text("password = 'x'")
    (root / "judge.toml").symlink_to(tmp_path / "secret.toml")
    with pytest.raises(UsageError, match=r"judge\.toml: it is a symbolic link"):
        read_rules(root, None)
