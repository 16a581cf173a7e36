"""What Git knows of a repository's files: which changed, and when.

The repository may be a stranger's, and Git obeys its configuration. Only
commands that run no filter, no hook and no other program are used here, and
the contents of the working tree are compared by hashes of our own.
"""

import hashlib
import os
import subprocess
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from judge.errors import UsageError

_SECONDS = 60
# What Git calls an object that is not there; a push of a new branch says that it begins at this one.
_NULL = "0" * 40
_OPTIONS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false")
_VARIABLES = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder that Git has the history of; paths are relative to it."""

    root: Path

    def changed_since(self, revision: str, contents: Iterable[tuple[str, str]]) -> set[str] | None:
        """Return the paths that differ from where `revision` and the current commit part, and all of it as None.

        `contents` are the files in the working tree as they were read: what is
        not committed is changed as well.

        Raises UsageError when Git does not know the revision.
        """
        if revision and not revision.strip("0"):
            return None
        if revision.startswith("-"):
            raise UsageError(f"--since {revision}: this is not the name of a revision")
        try:
            self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            base = self._git("merge-base", revision, "HEAD").strip()
        except UsageError as error:
            raise UsageError(
                f"--since {revision}: Git does not know where this parted from HEAD in {self.root}; a shallow clone "
                f"lacks it (fetch the whole history, for GitHub's checkout: fetch-depth: 0)"
            ) from error
        listed = self._git("diff-tree", "-r", "-z", "--no-renames", "--name-only", "--relative", base, "HEAD")
        return {*filter(None, listed.split("\0")), *self.uncommitted(contents)}

    def uncommitted(self, contents: Iterable[tuple[str, str]]) -> set[str]:
        """Return the paths of files whose bytes are not those of the current commit."""
        listed = self._git("ls-tree", "-r", "-z", "HEAD").split("\0")
        committed = {path: facts.split()[2] for facts, _, path in (line.partition("\t") for line in listed) if path}
        return {path for path, source in contents if not _is_blob(source, committed.get(path, ""))}

    def times(self, paths: Collection[str]) -> dict[str, datetime]:
        """Return when each committed file was last changed, by the date of the commit.

        Raises UsageError in a shallow clone, where every file seems to be as new as its last commit.
        """
        if self._git("rev-parse", "--is-shallow-repository").strip() == "true":
            raise UsageError(
                f"{self.root}: a shallow clone does not tell when files were changed; fetch the whole history "
                f"(for GitHub's checkout: fetch-depth: 0)"
            )
        seconds = {
            path: self._git("rev-list", "-1", "--timestamp", "HEAD", "--", f":(literal){path}") for path in paths
        }
        return {path: datetime.fromtimestamp(int(text.split()[0]), UTC) for path, text in seconds.items() if text}

    def _git(self, *arguments: str) -> str:
        command = ["git", "--no-pager", *_OPTIONS, *arguments]
        try:
            done = subprocess.run(
                command, cwd=self.root, env=_environment(), capture_output=True, timeout=_SECONDS, check=True
            )
        except FileNotFoundError as error:
            raise UsageError("git is not installed, and it is what tells which files changed and when") from error
        except subprocess.TimeoutExpired as error:
            raise UsageError(f"{self.root}: git {arguments[0]} took more than {_SECONDS} s") from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().partition("\n")[0]
            raise UsageError(f"{self.root}: git {arguments[0]}: {ascii(said)[1:-1]}") from error
        return os.fsdecode(done.stdout)


def _environment() -> dict[str, str]:
    return {**os.environ, **_VARIABLES}


def _is_blob(source: str, name: str) -> bool:
    """Tell whether a text is what Git calls by this name."""
    return any(_blob_name(content, name) == name for content in (source.encode(), b"\xef\xbb\xbf" + source.encode()))


def _blob_name(content: bytes, like: str) -> str:
    algorithm = "sha256" if len(like) == 64 else "sha1"
    digest = hashlib.new(algorithm, usedforsecurity=False)
    digest.update(b"blob %d\0" % len(content) + content)
    return digest.hexdigest()
