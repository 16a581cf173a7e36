"""Scaffolds: complete in form from the start, never over anything, and what is left to do is listed."""

from pathlib import Path

import pytest

from judge.cli.scaffolding import new
from judge.completeness import EDITORIAL, MARK, lacks
from judge.errors import UsageError
from judge.judging import Judge, Submission
from judge.problem import load_problem
from judge.scaffold import scaffold, write
from judge.verdict import Verdict

KINDS = ("estimator", "function")


@pytest.mark.parametrize("kind", KINDS)
def test_a_scaffold_lacks_nothing_but_what_is_marked(tmp_path, kind):
    """Files, headings and numbers of solutions are all there; marks are all that is left."""
    problem = load_problem(write(scaffold("trees/new_tree", kind), tmp_path))
    left = lacks(problem)
    assert left
    assert all(f"marked {MARK}" in what for what in left)
    assert sum(problem.description.points.values()) == 100


@pytest.mark.parametrize("kind", KINDS)
def test_a_scaffold_can_be_judged(tmp_path, judge: Judge, kind):
    """Its right solutions are accepted, its wrong ones are wrong, its starter does not pass."""
    problem = load_problem(write(scaffold("trees/new_tree", kind), tmp_path))
    expected = {"accepted": Verdict.AC, "wrong_answer": Verdict.WA}
    for filed, verdict in expected.items():
        for path in problem.solutions(filed):
            report = judge.judge(Submission(problem, path.read_text(), 3, is_explained=False))
            assert report.verdict is verdict, path.name
    assert judge.judge(Submission(problem, problem.text("starter.py"), 3)).verdict is Verdict.RTE


def test_names_are_taken_from_the_slug_or_as_given(tmp_path, capsys):
    """Title and entry point have sensible names of their own, and options win."""
    made = scaffold("trees/gradient_boosting", "estimator")
    assert (made.title, made.entry) == ("Gradient boosting", "GradientBoosting")
    assert scaffold("losses/hinge", "function").entry == "hinge"
    new(tmp_path, "losses/hinge", "function", "Hinge loss (σ)", "hinge_loss")
    description = load_problem(tmp_path / "losses" / "hinge").description
    assert (description.title, description.entry_points) == ("Hinge loss (σ)", ("hinge_loss",))
    assert "judge problem verify hinge" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["kmeans", "/kmeans", "clustering/", "a/b/c", "../x/y", "Trees/x", "trees/x-y", "t/ü"])
def test_a_name_that_is_no_folder_is_refused(name):
    """FAMILY/SLUG in small letters, and nothing that leads elsewhere."""
    with pytest.raises(UsageError, match="FAMILY/SLUG"):
        scaffold(name, "estimator")


@pytest.mark.parametrize(
    ("title", "entry"),
    [("", None), ('a "b"', None), ("a\nb", None), (None, "two words"), (None, "class"), (None, "_x")],
)
def test_a_title_or_entry_that_would_break_a_file_is_refused(title, entry):
    """What cannot stand in TOML or be a public name of Python is a usage error."""
    with pytest.raises(UsageError):
        scaffold("trees/x", "estimator", title, entry)


def test_nothing_is_written_over(tmp_path):
    """A folder of that name, or a problem of that slug in another family, is left as it is."""
    folder = tmp_path / "trees" / "x"
    folder.mkdir(parents=True)
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        write(scaffold("trees/x", "estimator"), tmp_path)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    write(scaffold("trees/y", "estimator"), tmp_path)
    with pytest.raises(UsageError, match="is there already"):
        write(scaffold("losses/y", "function"), tmp_path)
    assert not (tmp_path / "losses").exists()


def test_a_root_that_cannot_be_written_is_a_usage_error(tmp_path: Path):
    """A file where the folder of problems should be is told by name."""
    root = tmp_path / "root"
    root.write_text("a file")
    with pytest.raises(UsageError, match="root"):
        write(scaffold("trees/x", "estimator"), root)


def test_what_is_missing_is_told(tmp_path):
    """A file, a solution, a docstring, a heading, and what is no Python are all found."""
    folder = write(scaffold("trees/x", "estimator"), tmp_path)
    wrong = folder / "solutions" / "wrong_answer"
    (folder / "statement.md").unlink()
    (folder / "rival.py").write_text("x = 1\n")
    (folder / "editorial.md").write_text(f"## {EDITORIAL[1]}\n\n## {EDITORIAL[0]}\n")
    (folder / "solutions" / "accepted" / "first_method.py").unlink()
    (wrong / "mute.py").write_text("x = 1\n")
    (wrong / "broken.py").write_text("def\n")
    found = "\n".join(lacks(load_problem(folder)))
    for told in (
        "statement.md",
        "rival.py and the [rival] table",
        "editorial.md must have the headings Idea,",
        "solutions/accepted: at least 2",
        "wrong_answer/mute.py: no docstring",
        "wrong_answer/broken.py: it is not Python",
    ):
        assert told in found
