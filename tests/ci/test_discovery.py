"""Solutions are found by their names; whatever else stands there is told or left alone."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from judge.ci.discovery import Solution, absent, find_solutions
from judge.ci.rules import Rules
from judge.errors import UsageError

SLUGS = {"kmeans", "pca", "knn"}
ANY = Rules()
Write = Callable[..., None]


def told(root: Path, rules: Rules = ANY) -> dict[str, str]:
    return {solution.path: solution.problem for solution in find_solutions(root, rules, SLUGS)}


def test_files_named_for_problems_are_solutions(root: Path, write: Write) -> None:
    write(kmeans="a = 1\n", week2__pca="b = 2\n", helpers="", pcas="")
    assert find_solutions(root, ANY, SLUGS) == [
        Solution("kmeans", "kmeans.py", "a = 1\n"),
        Solution("pca", "week2/pca.py", "b = 2\n"),
    ]


def test_hidden_and_foreign_folders_are_not_entered(root: Path, write: Write) -> None:
    write(kmeans="", **{".git__pca": "", ".venv__pca": "", "node_modules__pca": "", "env__pca": ""})
    (root / "env/pyvenv.cfg").touch()
    (root / "a\n::error::b").mkdir()
    (root / "a\n::error::b/knn.py").touch()
    assert told(root) == {"kmeans.py": ""}


def test_paths_choose_folders_files_and_patterns(root: Path, write: Write) -> None:
    write(week1__deep__kmeans="", week2__pca="", knn="", other__knn="")
    assert set(told(root, Rules(paths=("week*", "knn.py")))) == {"week1/deep/kmeans.py", "week2/pca.py", "knn.py"}
    assert set(told(root, Rules(paths=("week1/",)))) == {"week1/deep/kmeans.py"}


def test_a_named_file_comes_before_one_of_the_name(root: Path, write: Write) -> None:
    write(kmeans="old", week1__clusters="new")
    (found,) = find_solutions(root, Rules(files={"kmeans": "week1/clusters.py"}), SLUGS)
    assert (found.path, found.source) == ("week1/clusters.py", "new")


def test_two_files_for_a_problem_are_told_and_not_guessed_between(root: Path, write: Write) -> None:
    write(a__kmeans="", b__kmeans="")
    assert "several files are named for kmeans (a/kmeans.py, b/kmeans.py)" in told(root)["a/kmeans.py"]


def test_what_is_required_and_missing_is_told(root: Path, write: Write) -> None:
    write(kmeans="")
    assert told(root, Rules(required=("kmeans", "pca"))) == {"kmeans.py": "", "pca.py": "there is no such file"}


def test_a_named_file_that_is_not_there_is_absent(root: Path) -> None:
    rules = Rules(files={"kmeans": "typo.py", "pca": "no.py"}, required=("pca",))
    assert absent(root, rules) == ["kmeans"]


def test_what_does_not_count_is_left_out(root: Path, write: Write) -> None:
    write(kmeans="", pca="")
    rules = Rules(named=frozenset({"pca"}), files={"kmeans": "kmeans.py"})
    assert set(told(root, rules)) == {"pca.py"}


def test_no_strange_file_stops_the_others(root: Path, tmp_path: Path, write: Write) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("token = 'x'\n")
    write(knn="fine\n")
    (root / "kmeans.py").symlink_to(secret)
    os.mkfifo(root / "pca.py")
    assert told(root) == {
        "knn.py": "",
        "kmeans.py": "kmeans.py is or goes through a symbolic link",
        "pca.py": "it is not a regular file",
    }


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"x = '\xff'", "it is not UTF-8 text (byte 5)"), (b"#" * (257 << 10), "it is larger than 256 KiB")],
)
def test_a_file_that_is_no_source_is_told(root: Path, content: bytes, problem: str) -> None:
    (root / "kmeans.py").write_bytes(content)
    assert told(root) == {"kmeans.py": problem}


def test_a_folder_named_as_a_solution_is_no_solution(root: Path) -> None:
    (root / "kmeans.py").mkdir()
    assert told(root) == {}
    assert told(root, Rules(files={"kmeans": "kmeans.py"})) == {"kmeans.py": "it is not a regular file"}


def test_a_named_file_behind_a_linked_folder_is_told(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/kmeans.py").write_text("token = 'x'")
    (root / "linked").symlink_to(tmp_path / "outside")
    (found,) = find_solutions(root, Rules(files={"kmeans": "linked/kmeans.py"}), SLUGS)
    assert (found.source, found.problem) == ("", "linked/kmeans.py is or goes through a symbolic link")


@pytest.mark.parametrize("path", ["/etc/passwd", "../kmeans.py", "a/../../kmeans.py", "a\nb.py", "a\0b.py"])
def test_paths_that_lead_out_are_refused(root: Path, path: str) -> None:
    with pytest.raises(UsageError, match=r"solutions\.kmeans\.file: "):
        find_solutions(root, Rules(files={"kmeans": path}), SLUGS)
    with pytest.raises(UsageError, match="paths: "):
        find_solutions(root, Rules(paths=(path,)), SLUGS)


def test_a_repository_of_too_many_files_is_refused(root: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("judge.ci.discovery._FILES_CAP", 2)
    write(kmeans="", a="", b="")
    with pytest.raises(UsageError, match="more than 2 files"):
        find_solutions(root, ANY, SLUGS)
