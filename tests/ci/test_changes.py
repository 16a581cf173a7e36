"""What Git tells of files, and that a stranger's repository makes it run nothing."""

import stat
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from judge.ci.changes import Repository
from judge.ci.deadlines import Calendar
from judge.ci.discovery import Solution
from judge.ci.rules import Rules
from judge.errors import UsageError

Git = Callable[..., str]
Write = Callable[..., None]
DUE = datetime(2026, 3, 1, tzinfo=UTC)


def commit(git: Git, date: str = "2026-01-01T00:00:00Z") -> str:
    git("add", "--all")
    git("commit", "--quiet", "--message", "work", date=date)
    return git("rev-parse", "HEAD")


def test_what_a_branch_changed_is_changed(root: Path, git: Git, write: Write) -> None:
    write(kmeans="1", a__pca="1", knn="1")
    base = commit(git)
    git("checkout", "--quiet", "-b", "work")
    write(a__pca="2")
    commit(git)
    git("checkout", "--quiet", "main")
    write(knn="2")
    commit(git)
    git("checkout", "--quiet", "work")
    assert Repository(root).changed_since("main", []) == {"a/pca.py"}
    assert Repository(root).changed_since(base, []) == {"a/pca.py"}
    assert Repository(root / "a").changed_since("main", []) == {"pca.py"}


def test_what_is_not_committed_is_changed(root: Path, git: Git, write: Write) -> None:
    write(kmeans="1", pca="1")
    commit(git)
    contents = [("kmeans.py", "1"), ("pca.py", "2"), ("knn.py", "new")]
    assert Repository(root).changed_since("HEAD", contents) == {"pca.py", "knn.py"}


def test_a_byte_order_mark_is_no_change(root: Path, git: Git, write: Write) -> None:
    write(kmeans="\ufeffa = 1\n")
    commit(git)
    assert Repository(root).uncommitted([("kmeans.py", "a = 1\n")]) == set()


def test_a_deleted_file_is_changed(root: Path, git: Git, write: Write) -> None:
    write(kmeans="1", pca="1")
    base = commit(git)
    (root / "pca.py").unlink()
    commit(git)
    assert Repository(root).changed_since(base, []) == {"pca.py"}


def test_since_nothing_is_everything(root: Path, git: Git, write: Write) -> None:
    write(kmeans="1")
    commit(git)
    assert Repository(root).changed_since("0" * 40, []) is None


@pytest.mark.parametrize("revision", ["--output=x", "nothing", ""])
def test_a_revision_that_is_none_is_refused(root: Path, git: Git, write: Write, revision: str) -> None:
    write(kmeans="1")
    commit(git)
    with pytest.raises(UsageError, match="--since"):
        Repository(root).changed_since(revision, [])
    assert not (root / "x").exists()


def test_a_folder_without_a_history_is_refused(root: Path) -> None:
    with pytest.raises(UsageError, match="not a git repository"):
        Repository(root).uncommitted([])


def test_times_are_those_of_the_last_commit_of_each_file(root: Path, git: Git, write: Write) -> None:
    write(kmeans="1", pca="1")
    commit(git, "2026-02-01T00:00:00Z")
    write(pca="2")
    commit(git, "2026-04-01T00:00:00Z")
    times = Repository(root).times(["kmeans.py", "pca.py", "knn.py"])
    assert times == {"kmeans.py": datetime(2026, 2, 1, tzinfo=UTC), "pca.py": datetime(2026, 4, 1, tzinfo=UTC)}


def test_a_shallow_clone_does_not_tell_times(root: Path, git: Git, write: Write, tmp_path: Path) -> None:
    for text in "12":
        write(kmeans=text)
        commit(git)
    git("clone", "--quiet", "--depth=1", f"file://{root}", str(tmp_path / "clone"))
    with pytest.raises(UsageError, match="fetch-depth: 0"):
        Repository(tmp_path / "clone").times(["kmeans.py"])


def test_a_hostile_repository_makes_git_run_nothing(root: Path, git: Git, write: Write, tmp_path: Path) -> None:
    mark, script = tmp_path / "mark", tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    write(kmeans="1")
    (root / ".gitattributes").write_text("* filter=evil diff=evil\n")
    base = commit(git)
    write(kmeans="2")
    commit(git)
    for name in (
        *("core.fsmonitor", "core.pager", "core.sshCommand", "core.alternateRefsCommand", "core.askPass"),
        *("diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.clean", "filter.evil.smudge"),
        *("filter.evil.process", "gpg.program", "pager.diff-tree", "pager.rev-list", "alias.diff-tree"),
    ):
        git("config", name, f"!{script}" if name.startswith("alias") else str(script))
    git("config", "log.showSignature", "true")
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        path = root / ".git/hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(script.read_text())
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    git("diff", base)
    assert mark.exists(), "a careless command runs what the repository says"
    mark.unlink()
    repository = Repository(root)
    assert repository.changed_since(base, [("kmeans.py", "3")]) == {"kmeans.py"}
    assert set(repository.times(["kmeans.py"])) == {"kmeans.py"}
    assert not mark.exists()


def test_a_hostile_repository_makes_git_fetch_nothing(root: Path, git: Git, write: Write, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    write(kmeans="1")
    base = commit(git)
    write(kmeans="2")
    commit(git)
    tree = git("rev-parse", f"{base}^{{tree}}")
    git("config", "core.repositoryFormatVersion", "1")
    git("config", "extensions.partialClone", "origin")
    git("config", "remote.origin.promisor", "true")
    git("config", "remote.origin.url", f"ext::touch {mark}")
    git("config", "protocol.ext.allow", "always")
    (root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(subprocess.CalledProcessError):
        git("diff-tree", "-r", base, "HEAD")
    assert mark.exists(), "a careless command fetches what is missing from where the repository says"
    mark.unlink()
    with pytest.raises(UsageError, match="git diff-tree"):
        Repository(root).changed_since(base, [])
    assert not mark.exists()


def handed_in(rules: Rules, root: Path, at: datetime | None, *solutions: Solution) -> dict[str, str]:
    judged = Calendar(rules, Repository(root), at).without_late(solutions)
    return {solution.slug: solution.problem for solution in judged}


def test_what_was_committed_after_its_deadline_is_late(root: Path, git: Git, write: Write) -> None:
    write(kmeans="1", pca="1", knn="1")
    commit(git, "2026-02-01T00:00:00Z")
    write(pca="2", knn="2")
    commit(git, "2026-04-01T00:00:00Z")
    rules = Rules(deadline=DUE, deadlines={"knn": datetime(2026, 5, 1, tzinfo=UTC)})
    solutions = [Solution("kmeans", "kmeans.py", "1"), Solution("pca", "pca.py", "2"), Solution("knn", "knn.py", "2")]
    assert handed_in(rules, root, None, *solutions) == {
        "kmeans": "",
        "pca": "late: handed in at 2026-04-01 00:00:00 UTC, due at 2026-03-01 00:00:00 UTC",
        "knn": "",
    }


def test_what_is_not_committed_is_handed_in_now(root: Path, git: Git, write: Write) -> None:
    write(kmeans="1")
    commit(git, "2020-01-01T00:00:00Z")
    told = handed_in(Rules(deadline=datetime(2020, 6, 1, tzinfo=UTC)), root, None, Solution("kmeans", "kmeans.py", "2"))
    assert told["kmeans"].startswith("late")


def test_deadlines_without_a_history_need_to_be_told(root: Path) -> None:
    with pytest.raises(UsageError, match=r"not a git repository.*--at TIME"):
        handed_in(Rules(deadline=DUE), root, None, Solution("kmeans", "kmeans.py", "1"))


def test_the_course_s_word_counts_more_than_commits(root: Path) -> None:
    solution = Solution("kmeans", "kmeans.py", "1")
    assert handed_in(Rules(deadline=DUE), root, DUE, solution) == {"kmeans": ""}
    late = handed_in(Rules(deadline=DUE), root, datetime(2026, 3, 1, 0, 0, 1, tzinfo=UTC), solution)
    assert late["kmeans"].startswith("late")


def test_a_policy_may_insist_on_being_told(root: Path) -> None:
    with pytest.raises(UsageError, match="--at TIME"):
        handed_in(Rules(requires_at=True), root, None)


def test_without_deadlines_git_is_not_asked(root: Path) -> None:
    assert handed_in(Rules(), root, None, Solution("kmeans", "kmeans.py", "1")) == {"kmeans": ""}
