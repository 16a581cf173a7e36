"""Which files of the host a jail needs: the base interpreter and the allowed distributions, nothing else."""

import os
import re
import sys
import sysconfig
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from sandbox import library
from sandbox.errors import SandboxError

DISTRIBUTIONS = "/distributions"
LIBRARY = "/library"
SCRATCH = "/tmp"  # noqa: S108 - the jail's own, a tmpfs of limited size
SHARED_MEMORY = "/dev/shm"  # noqa: S108 - as above
_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
_EXTRA = re.compile(r"extra\s*==")
_OTHER_PACKAGES = ("site-packages", "dist-packages")


@dataclass(frozen=True, slots=True)
class Mounts:
    """Read-only binds (source, destination) and folders that must look empty."""

    binds: tuple[tuple[str, str], ...]
    masks: tuple[str, ...]


def base_interpreter() -> str:
    """Return the interpreter that a virtual environment was made from."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


@cache
def interpreter_mounts() -> Mounts:
    """Return what the base interpreter and the C libraries it loads need.

    The interpreter's prefix brings packages along, scikit-learn perhaps among
    them, so every `site-packages` and `dist-packages` below it is masked.
    """
    folders = [os.path.dirname(os.path.realpath(os.__file__)), *_library_folders()]
    files = [base_interpreter(), *_shared_libpython()]
    masks = [
        str(path)
        for folder in folders
        for name in _OTHER_PACKAGES
        for path in [*Path(folder).glob(name), *Path(folder).glob(f"python*/{name}")]
        if path.is_dir()
    ]
    paths = _outermost([path for path in [*folders, *files] if os.path.exists(path)])
    return Mounts(tuple((path, path) for path in paths), tuple(dict.fromkeys(masks)))


def _outermost(paths: list[str]) -> list[str]:
    return [path for path in dict.fromkeys(paths) if not any(path.startswith(f"{other}/") for other in paths)]


def _library_folders() -> list[str]:
    multiarch = sysconfig.get_config_var("MULTIARCH") or ""
    folders = ["/lib64", f"/lib/{multiarch}", f"/usr/lib/{multiarch}"]
    if not multiarch or not os.path.isdir(f"/usr/lib/{multiarch}"):
        folders = ["/lib", "/lib64", "/usr/lib", "/usr/lib64"]
    own = os.path.join(sys.base_prefix, "lib")
    # Conda keeps its C libraries beside the interpreter; the system's prefixes hold much else.
    return [own, *folders] if sys.base_prefix not in ("/usr", "/usr/local") else folders


def _shared_libpython() -> list[str]:
    folder = sysconfig.get_config_var("LIBDIR")
    return [str(path) for path in Path(folder).glob("libpython3*.so*")] if folder else []


@cache
def distribution_entries(name: str) -> tuple[tuple[str, str], ...]:
    """Return (path on the host, path below the distributions' folder) of one installed distribution.

    Raises SandboxError when the distribution is absent or has no list of its files.
    """
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        raise SandboxError(f"{name} is not installed beside the judge; install it with pip") from None
    record = distribution.read_text("RECORD")
    if record is None:
        raise SandboxError(
            f"{name} has no list of its files (RECORD), so it cannot be mounted alone; "
            "install the judge and its dependencies with pip into a virtual environment"
        )
    entries = {_top(line.split(",", 1)[0]) for line in record.splitlines()}
    root = Path(str(distribution.locate_file("")))
    return tuple((str(root / entry), entry) for entry in sorted(entries) if entry and (root / entry).exists())


def _top(path: str) -> str:
    """Return the part of a distribution's path to mount; nothing for what lies outside."""
    first, _, rest = path.partition("/")
    if first in ("..", ""):
        return ""
    return path if first == "__pycache__" and rest else first


@cache
def with_requirements(name: str) -> tuple[str, ...]:
    """Return a distribution and all that it requires, by their metadata."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found[current] = None
        waiting += _required(current)
    return tuple(found)


def _required(name: str) -> list[str]:
    # What another platform or an extra requires stands here too, and is not installed.
    requirements = metadata.requires(name) or [] if _is_installed(name) else []
    matches = [_REQUIREMENT.match(text) for text in requirements if not _EXTRA.search(text)]
    return [match[1] for match in matches if match and _is_installed(match[1])]


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def library_entries() -> tuple[tuple[str, str], ...]:
    """Return the judge's own files that run inside a session."""
    return tuple((str(path), f"sandbox/{path.name}") for path in library.paths())
