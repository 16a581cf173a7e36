"""The catalogue: problems are found by path, and a wrong name is answered with the nearest ones."""

from pathlib import Path

import pytest

from judge.catalogue import Catalogue, did_you_mean
from judge.errors import ProblemError, UsageError

TOML = 'title = "T"\nentry_points = ["f"]\ntopics = ["optimisation"]\nminutes = 5\npoints = {sample = 100}\n'


def catalogue(root: Path, *names: str) -> Catalogue:
    for name in names:
        (root / name).mkdir(parents=True)
        (root / name / "problem.toml").write_text(TOML)
    return Catalogue(root)


def test_problems_are_listed_by_family_and_slug(tmp_path):
    """Only folders two levels down with a description are problems."""
    made = catalogue(tmp_path, "linear/ridge", "clustering/kmeans", "linear/lasso")
    (tmp_path / "linear" / "draft").mkdir()
    (tmp_path / "problem.toml").write_text(TOML)
    (tmp_path / "linear" / "problem.toml").write_text(TOML)
    assert [(p.family, p.slug) for p in made.all()] == [
        ("clustering", "kmeans"),
        ("linear", "lasso"),
        ("linear", "ridge"),
    ]
    assert made.slugs()["ridge"] == tmp_path / "linear" / "ridge"


def test_a_problem_is_loaded_by_its_slug(tmp_path):
    """The slug alone says which problem is meant."""
    made = catalogue(tmp_path, "linear/ridge", "clustering/kmeans")
    assert made.problem("kmeans").folder == tmp_path / "clustering" / "kmeans"


def test_an_unknown_slug_is_a_usage_error_with_the_nearest_names(tmp_path):
    """A typing mistake is answered by what was probably meant, whatever its case."""
    made = catalogue(tmp_path, "linear/ridge", "clustering/kmeans")
    with pytest.raises(UsageError, match=r"'KMean'.*Did you mean kmeans\b.*judge list"):
        made.problem("KMean")
    with pytest.raises(UsageError) as refusal:
        made.problem("zzzzzz")
    assert "Did you mean" not in str(refusal.value)


def test_an_empty_folder_says_where_it_looked(tmp_path):
    """Without any problem the folder is named instead of names."""
    with pytest.raises(UsageError, match="there are no problems below"):
        Catalogue(tmp_path).problem("ridge")
    assert Catalogue(tmp_path / "absent").all() == []


def test_a_solutions_file_is_named_for_its_problem(tmp_path):
    """The stem of the file is the slug, wherever the file is."""
    made = catalogue(tmp_path, "linear/ridge")
    assert made.problem_of(Path("/somewhere/else/ridge.py")).slug == "ridge"
    with pytest.raises(UsageError, match=r"rigde\.py.*-p SLUG.*Did you mean ridge\?"):
        made.problem_of(Path("rigde.py"))


def test_a_broken_problem_is_not_skipped(tmp_path):
    """A description that does not read is an error, in the list too."""
    made = catalogue(tmp_path, "linear/ridge", "linear/lasso")
    (tmp_path / "linear" / "lasso" / "problem.toml").write_text("title = 1")
    assert made.problem("ridge").slug == "ridge"
    with pytest.raises(ProblemError, match="lasso"):
        made.problem("lasso")
    with pytest.raises(ProblemError, match="lasso"):
        made.all()


def test_the_problems_of_this_repository_load():
    """Every built-in problem has a description that reads, and all that a problem must have."""
    problems = Catalogue().all()
    assert "kmeans" in [problem.slug for problem in problems]
    for problem in problems:
        for name in ("statement.md", "starter.py", "suite.py"):
            assert problem.text(name).strip(), problem.folder / name


def test_no_slug_is_taken_twice_in_this_repository():
    """Slugs are names of files and of modules, so two families may not share one."""
    folders = list(Catalogue().root.glob("*/*/problem.toml"))
    assert len({path.parent.name for path in folders}) == len(folders)
    assert all(path.parent.name.isidentifier() for path in folders)


def test_suggestions_are_the_nearest_first_and_three_at_most():
    """A sentence for the reader, or nothing."""
    assert did_you_mean("ridge", ["lasso", "bridge", "ridges", "ridged", "fridge"]).count(" or ") == 2
    assert did_you_mean("Ridgee", ["lasso", "ridge"]) == " Did you mean ridge?"
    assert did_you_mean("ridge", []) == ""
    assert did_you_mean("qqqq", ["ridge"]) == ""
