"""A problem's folder as one value: its files by path, from a folder or from a zip that nobody vouches for.

Here files are read and checked by their structure only; nothing in them is run.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from judge.errors import ProblemError
from judge.problem import Description, Problem, description_of

ZIP_CAP = 1 << 20
"""The largest zip in bytes."""
FILES_CAP = 200
_BYTES_CAP = 8 << 20
_KINDS = ("accepted", "wrong_answer", "time_limit_exceeded")
_PLACES = re.compile(
    r"(problem\.toml|statement\.md|editorial\.md|starter\.py|suite\.py|rival\.py"
    rf"|solutions/({'|'.join(_KINDS)})/[A-Za-z0-9_]{{1,80}}\.py)"
)
_FOLDERS = ("", "solutions/", *(f"solutions/{kind}/" for kind in _KINDS))
_NEEDED = ("problem.toml", "statement.md", "starter.py", "suite.py")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED = 0x1

# What a pack that nobody vouches for may ask of the machine.
_MOST_SECONDS = 30.0
_MOST_MIB = 1024
_DISTRIBUTIONS = ("numpy", "scipy", "pandas", "scikit-learn")
_MODULE = re.compile(r"(numpy|scipy|pandas|sklearn)(\.[a-z_]{1,40}){0,2}")
_PRELOAD_CAP = 8


def files_of(folder: Path) -> dict[str, str]:
    """Return the files of a problem's folder that belong to a problem, by their paths in it."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if _PLACES.fullmatch(name)}


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Make a problem's folder of its files; raise ProblemError for a path that does not belong to a problem."""
    for name, text in files.items():
        if not _PLACES.fullmatch(name):
            raise ProblemError(f"{name!r}: a problem has no such file")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def problem_of(files: Mapping[str, str], folder: Path) -> Problem:
    """Return the problem of a pack whose files lie, or would lie, in `folder`, which names it.

    Raises ProblemError when its description is not as it must be, or asks for more than a pack may have.
    """
    description = description_of(files["problem.toml"], "problem.toml")
    _demand_modest(description)
    return Problem(folder, description)


def _demand_modest(description: Description) -> None:
    limits, rival = description.limits, description.rival
    if max(limits.wall_seconds, limits.cpu_seconds) > _MOST_SECONDS or limits.memory_mib > _MOST_MIB:
        raise ProblemError(f"problem.toml: limits are at most {_MOST_SECONDS:g} seconds and {_MOST_MIB} MiB")
    wanted = [*description.distributions, *([rival.distribution] if rival else [])]
    strange = [name for name in wanted if name not in _DISTRIBUTIONS]
    modules = rival.preload if rival else ()
    strange += [name for name in modules if not _MODULE.fullmatch(name)]
    if strange or len(modules) > _PRELOAD_CAP:
        raise ProblemError(
            f"problem.toml: {(strange or ['preload'])[0]!r}: a pack may use {', '.join(_DISTRIBUTIONS)} only, "
            f"and preload at most {_PRELOAD_CAP} of their modules"
        )


def read_zip(data: bytes, slug: str) -> dict[str, str]:
    """Return the files of a zipped problem's folder, which may be the zip's one folder named `slug`.

    Raises ProblemError for what is too large, in the wrong place, a link, or no text.
    """
    if len(data) > ZIP_CAP:
        raise ProblemError(f"a pack has at most {ZIP_CAP >> 20} MiB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = dict(_texts(archive, _entries(archive, slug)))
    except UnicodeDecodeError as error:
        raise ProblemError("every file of a pack is text in UTF-8") from error
    # Whatever else is wrong with a zip, the module tells by errors of many kinds.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, IndexError) as error:
        raise ProblemError(f"this zip cannot be read: {error}") from error
    missing = [name for name in _NEEDED if name not in files]
    if missing:
        raise ProblemError(f"{missing[0]} is missing in the pack")
    return files


def _entries(archive: zipfile.ZipFile, slug: str) -> dict[str, zipfile.ZipInfo]:
    """Return a zip's files by their paths in the problem's folder, as its table of contents has them."""
    entries = archive.infolist()
    if len(entries) > FILES_CAP:
        raise ProblemError(f"a pack has at most {FILES_CAP} files")
    top = f"{slug}/"
    prefix = top if all(entry.filename.startswith(top) for entry in entries) else ""
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename.removeprefix(prefix)
        if entry.is_dir() and name in _FOLDERS:
            continue
        _demand_plain(entry, name)
        if name in found:
            raise ProblemError(f"{name!r} is twice in the pack")
        found[name] = entry
    return found


def _demand_plain(entry: zipfile.ZipInfo, name: str) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise ProblemError(f"{name!r} is no plain file: a pack holds no links")
    if entry.flag_bits & _IS_ENCRYPTED or entry.compress_type not in _METHODS:
        raise ProblemError(f"{name!r} must be stored or deflated, and not encrypted")
    if not _PLACES.fullmatch(name):
        raise ProblemError(f"{name!r}: a problem has no such file; CONTRIBUTING.md lists those that it has")


def _texts(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """Yield the files' texts; what counts is what is read, whatever the zip says of sizes."""
    left = _BYTES_CAP
    for name, entry in entries.items():
        with archive.open(entry) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise ProblemError(f"a pack has at most {_BYTES_CAP >> 20} MiB when unzipped")
        yield name, content.decode("utf-8")
