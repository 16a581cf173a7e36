"""What tests of grading share: a repository under Git, made of texts."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Git = Callable[..., str]
WHO = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty folder, the root of a repository."""
    made = tmp_path / "repository"
    made.mkdir()
    return made


@pytest.fixture
def git(root: Path) -> Git:
    """Return a function that runs Git in `root`, which it makes a repository; `date` is that of a commit."""

    def run(*arguments: str, date: str = "2026-01-01T00:00:00Z") -> str:
        variables = {**os.environ, **WHO, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        command = ["/usr/bin/env", "git", *arguments]
        done = subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    run("init", "--quiet", "--initial-branch=main")
    return run


def write(root: Path, **texts: str) -> None:
    """Write files; `__` in a name stands for a folder's end, and .py is added."""
    for name, text in texts.items():
        path = root / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture(name="write")
def _write(root: Path) -> Callable[..., None]:
    return lambda **texts: write(root, **texts)
