"""Reads text files that somebody else wrote: regular files of a sane size, no links that lead elsewhere."""

import os
import stat
from pathlib import Path, PurePosixPath

from judge.errors import UsageError


def read_plain(path: Path, cap: int) -> str:
    """Return the text of a regular file of at most `cap` bytes; raise UsageError with the reason it cannot be read.

    The reason does not name the file.
    """
    try:
        _refuse_special(os.lstat(path).st_mode)
        # What became of the path meanwhile neither leads elsewhere nor keeps us waiting.
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            _refuse_special(os.fstat(file.fileno()).st_mode)
            content = file.read(cap + 1)
    except OSError as error:
        raise UsageError(f"it cannot be read: {error.strerror or error}") from error
    if len(content) > cap:
        raise UsageError(f"it is larger than {cap >> 10} KiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"it is not UTF-8 text (byte {error.start})") from error


def _refuse_special(mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise UsageError("it is a symbolic link")
    if not stat.S_ISREG(mode):
        raise UsageError("it is not a regular file")


def inside(text: str) -> PurePosixPath:
    """Return a path relative to a repository's root; raise UsageError when it leads out, or cannot be printed."""
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts:
        raise UsageError(f"{text!a} leads out of the repository; give a path relative to its root, without ..")
    if not text.isprintable():
        raise UsageError(f"{text!a} has characters that cannot be printed")
    return path


def within(root: Path, text: str) -> Path:
    """Return a path below `root`, given relative to it; raise UsageError when it leads out, be it by a link."""
    path = inside(text)
    try:
        is_real = (root / path).resolve() == root.resolve() / path
    except (OSError, RuntimeError):
        # A link to itself.
        is_real = False
    if not is_real:
        raise UsageError(f"{text} is or goes through a symbolic link")
    return root / path
