"""The last local submission, kept so that `judge replay` needs no arguments."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass

import msgspec
from platformdirs import user_state_path

from judge.errors import UsageError
from judge.report import Report


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
        folder = user_state_path("ml-coding-judge", ensure_exists=True)
        # Written aside and renamed: whoever is interrupted leaves the former one whole.
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
            json.dump(asdict(saved), file)
        os.replace(file.name, folder / "last.json")
    except OSError:
        return


def load_last() -> Saved:
    """Return the last submission; raise UsageError when there is none."""
    path = user_state_path("ml-coding-judge") / "last.json"
    try:
        return msgspec.convert(json.loads(path.read_text(encoding="utf-8")), Saved)
    except (OSError, ValueError) as error:
        raise UsageError("there is no earlier submission to replay; name the file and the seed") from error
