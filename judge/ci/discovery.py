"""Finds a repository's solutions: files named for problems, or named by the rules for them."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from judge.ci.rules import Rules
from judge.errors import UsageError
from judge.judging import SOURCE_CAP
from judge.plain import inside, read_plain, within

# A repository of more is none of solutions; its owner can say which folders are.
_FILES_CAP = 50_000
_FOREIGN = {"node_modules", "__pycache__", "site-packages", "venv"}


@dataclass(frozen=True, slots=True)
class Solution:
    """A problem's solution as it stands in a repository; `path` is relative to its root.

    Where it cannot be judged, `problem` says why, and `source` is empty.
    """

    slug: str
    path: str
    source: str = ""
    problem: str = ""
    is_missing: bool = False


def find_solutions(root: Path, rules: Rules, slugs: Collection[str]) -> list[Solution]:
    """Return what there is to be judged, by path, and behind it the required solutions that are missing.

    Raises UsageError when the rules name paths that make no sense, or there are too many files to look at.
    """
    found = _named_for_problems(root, rules, slugs)
    for slug, text in rules.files.items():
        if rules.counts(slug):
            _refuse_leading_out(text, f"solutions.{slug}.file")
            found[slug] = [text] if os.path.lexists(root / text) else []
    present = [_solution(root, slug, paths) for slug, paths in found.items() if paths]
    missing = [_missing(slug, rules) for slug in rules.required if not found.get(slug)]
    return [*sorted(present, key=lambda solution: solution.path), *missing]


def absent(root: Path, rules: Rules) -> list[str]:
    """Return the problems whose files the rules name, and that neither are there nor are required."""
    optional = (slug for slug in rules.files if slug not in rules.required)
    return [slug for slug in optional if not os.path.lexists(root / rules.files[slug])]


def _named_for_problems(root: Path, rules: Rules, slugs: Collection[str]) -> dict[str, list[str]]:
    for path in rules.paths:
        _refuse_leading_out(path, "paths")
    found: dict[str, list[str]] = defaultdict(list)
    for path in _files(root):
        slug, extension = os.path.splitext(os.path.basename(path))
        is_solution = extension == ".py" and slug in slugs and rules.counts(slug) and slug not in rules.files
        if is_solution and _is_chosen(path, rules.paths):
            found[slug].append(path)
    return found


def _files(root: Path) -> Iterator[str]:
    """Yield the paths of all that is no folder, relative to the root and without following links."""
    seen = 0
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if _is_entered(Path(folder), name))
        seen += len(files) + len(names)
        if seen > _FILES_CAP:
            raise UsageError(f"{root}: there are more than {_FILES_CAP} files; grade the folder that has the solutions")
        # A link to a folder is among the folders, which os.walk does not enter.
        yield from (Path(folder, name).relative_to(root).as_posix() for name in sorted(files))


def _is_entered(folder: Path, name: str) -> bool:
    """Tell whether a folder may hold solutions; one whose name could forge lines of a log may not."""
    is_own = not name.startswith(".") and name not in _FOREIGN and not (folder / name / "pyvenv.cfg").exists()
    return is_own and name.isprintable()


def _is_chosen(path: str, chosen: Collection[str]) -> bool:
    """Tell whether a path is one of those, matches one, or is in a folder that does."""
    folders = [path, *(parent.as_posix() for parent in Path(path).parents)]
    return not chosen or any(fnmatchcase(folder, one.rstrip("/")) for folder in folders for one in chosen)


def _refuse_leading_out(text: str, place: str) -> None:
    try:
        inside(text)
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from error


def _solution(root: Path, slug: str, paths: list[str]) -> Solution:
    if len(paths) > 1:
        listed = ", ".join(paths[:3])
        return Solution(slug, paths[0], problem=f"several files are named for {slug} ({listed}); keep one, or name it")
    try:
        return Solution(slug, paths[0], read_plain(within(root, paths[0]), SOURCE_CAP))
    except UsageError as error:
        return Solution(slug, paths[0], problem=str(error))


def _missing(slug: str, rules: Rules) -> Solution:
    return Solution(slug, rules.files.get(slug, f"{slug}.py"), problem="there is no such file", is_missing=True)
