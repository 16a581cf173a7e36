"""Settings come from flags, variables, the repository's file and the user's own, in this order."""

from pathlib import Path

import pytest

from judge.errors import UsageError
from judge.settings import defaults_here, in_force, layers_here


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the folder of a repository, with a configuration folder of one's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("PROBLEMS", "FEEDBACK", "SANDBOX", "WORKERS"):
        monkeypatch.delenv(f"JUDGE_{name}", raising=False)
    folder = tmp_path / "repository" / "week1"
    (folder.parent / ".git").mkdir(parents=True)
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def own(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config/ml-coding-judge/judge.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)


def told(environment: dict[str, str]) -> dict[str, tuple[object, str]]:
    return {one.name: (one.value, one.source) for one in in_force(list(layers_here()), environment)}


def test_a_variable_comes_before_the_repository_and_that_before_the_user(here: Path, tmp_path: Path) -> None:
    (here.parent / "judge.toml").write_text('feedback = "concise"\nsandbox = "docker"\nproblems = "ours"\n')
    own(tmp_path, 'sandbox = "bubblewrap"\nworkers = 3\nproblems = "/else"\n')
    file = str(here.parent / "judge.toml")
    assert told({"JUDGE_FEEDBACK": "full"}) == {
        "problems": (str(here.parent / "ours"), file),
        "feedback": ("full", "JUDGE_FEEDBACK"),
        "sandbox": ("docker", file),
        "workers": (3, str(tmp_path / "config/ml-coding-judge/judge.toml")),
    }
    assert defaults_here() == {
        "problems": str(here.parent / "ours"),
        "feedback": "concise",
        "sandbox": "docker",
        "workers": 3,
    }


def test_without_files_what_is_built_in_holds() -> None:
    assert defaults_here() == {}
    assert {source for _, source in told({}).values()} == {"built in"}


def test_a_nearer_file_hides_a_farther_one(here: Path) -> None:
    (here.parent / "judge.toml").write_text("workers = 1\n")
    (here / "judge.toml").write_text('feedback = "concise"\n')
    assert defaults_here() == {"feedback": "concise"}


def test_no_file_above_the_repository_counts(here: Path) -> None:
    (here.parents[1] / "judge.toml").write_text("workers = 1\n")
    assert defaults_here() == {}


def test_outside_a_repository_a_folder_is_looked_at_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here.parent / ".git").rmdir()
    (here.parent / "judge.toml").write_text("workers = 1\n")
    assert defaults_here() == {}
    monkeypatch.chdir(here.parent)
    assert defaults_here() == {"workers": 1}


def test_a_pyproject_of_another_tool_is_not_read(here: Path) -> None:
    (here / "pyproject.toml").write_text('[project]\nname = "judge"\n')
    assert defaults_here() == {}


@pytest.mark.parametrize("folder", ["../elsewhere", "/tmp"])  # noqa: S108 - a folder that is outside, whichever
def test_a_repository_s_problems_are_in_it(here: Path, folder: str) -> None:
    (here / "judge.toml").write_text(f'problems = "{folder}"\n')
    with pytest.raises(UsageError, match=r"judge\.toml: problems: .* leads out of the repository"):
        defaults_here()


def test_a_link_does_not_lead_out_to_problems(here: Path) -> None:
    (here / "ours").symlink_to("/tmp")  # noqa: S108 - a folder that is outside, whichever
    (here / "judge.toml").write_text('problems = "ours"\n')
    with pytest.raises(UsageError, match="symbolic link"):
        defaults_here()


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(UsageError, match="JUDGE_WORKERS: Expected `int` >= 1"):
        told({"JUDGE_WORKERS": "0"})


def test_a_user_s_file_has_no_rules(tmp_path: Path) -> None:
    own(tmp_path, "minimum = 3\n")
    with pytest.raises(UsageError, match="no setting 'minimum'"):
        defaults_here()
