"""What is kept of local submissions: the last one, for `judge replay`, and which problems were ever solved."""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec
from platformdirs import user_state_path

from judge.errors import UsageError
from judge.report import Report, as_json

_APPLICATION = "ml-coding-judge"


@dataclass(frozen=True, slots=True)
class Saved:
    """A submission as it was judged: `source` is its text then, `file` where it stood."""

    file: str
    source: str
    problems: str
    report: Report


def save(saved: Saved) -> None:
    """Keep a submission; a full or read-only disk costs only the convenience."""
    try:
        folder = user_state_path(_APPLICATION, ensure_exists=True)
        # Written aside and renamed: whoever is interrupted leaves the former one whole.
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
            json.dump(as_json(saved), file)
        os.replace(file.name, folder / "last.json")
    except OSError:
        return


def keep_solved(slug: str) -> None:
    """Note that a submission for a problem was accepted."""
    try:
        (user_state_path(_APPLICATION, ensure_exists=True) / "solved").mkdir(exist_ok=True)
        _mark(slug).touch()
    except OSError:
        return


def is_solved(slug: str) -> bool:
    """Tell whether a submission for a problem was ever accepted here."""
    return _mark(slug).exists()


def _mark(slug: str) -> Path:
    """Return the empty file that says so: there are no contents that two submissions at once could spoil."""
    return user_state_path(_APPLICATION) / "solved" / slug


def load_last() -> Saved:
    """Return the last submission; raise UsageError when there is none."""
    path = user_state_path(_APPLICATION) / "last.json"
    try:
        return msgspec.convert(json.loads(path.read_text(encoding="utf-8")), Saved)
    except (OSError, ValueError) as error:
        raise UsageError("there is no earlier submission to replay; name the file and the seed") from error
