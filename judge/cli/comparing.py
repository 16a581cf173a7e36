"""`judge similar`."""

import json
from collections import defaultdict
from dataclasses import asdict
from functools import cache
from pathlib import Path

from judge.catalogue import Catalogue
from judge.cli.submitting import read_source
from judge.errors import UsageError
from judge.judging import SOURCE_CAP
from judge.rendering.text import printable
from judge.similarity import Fingerprints, fingerprints, pairs

_LINES_SHOWN = 6
_LIMITS = """\
What two files share is no proof that one was copied: short solutions of one problem, and idioms of NumPy, look alike.
Read both. A copy whose statements were exchanged or rewritten is not found, nor is one from outside these folders."""


def similar(problems: Path, folders: list[Path], *, least: float, as_json: bool) -> None:
    """Print which solutions of one problem share how much, those of different folders as well as of one."""
    catalogue = Catalogue(problems)
    by_slug: dict[str, list[Fingerprints]] = defaultdict(list)
    complaints = []

    @cache
    def starter(slug: str) -> dict[int, int]:
        return fingerprints("starter.py", catalogue.problem(slug).text("starter.py")).lines

    for path in _solutions(folders, catalogue.slugs()):
        try:
            by_slug[path.stem].append(fingerprints(str(path), _read(path), starter(path.stem)))
        except UsageError as error:
            complaints.append(str(error))
    found = [pair for slug in sorted(by_slug) for pair in pairs(by_slug[slug], least)]
    n_files = sum(map(len, by_slug.values()))
    if as_json:
        print(json.dumps({"files": n_files, "pairs": [asdict(pair) for pair in found], "left_out": complaints}))
        return
    for pair in found:
        places = ", ".join(f"{first}:{second}" for first, second in pair.lines[:_LINES_SHOWN])
        print(f"{pair.share:4.0%}  {printable(pair.first)}  {printable(pair.second)}  lines {places}, …")
    for complaint in complaints:
        print(printable(complaint))
    print(f"{n_files} files, {len(found)} pairs that share {least:.0%} or more.\n{_LIMITS}")


def _solutions(folders: list[Path], slugs: dict[str, Path]) -> list[Path]:
    """Return the files below folders that are named for a problem; links are left where they lead."""
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise UsageError(f"{missing[0]}: there is no such folder")
    found = (path for folder in folders for path in folder.rglob("*.py") if path.stem in slugs)
    return sorted({path for path in found if path.is_file() and not path.is_symlink()})


def _read(path: Path) -> str:
    if path.stat().st_size > SOURCE_CAP:
        raise UsageError(f"{path}: it is larger than {SOURCE_CAP >> 10} KiB")
    return read_source(path)
