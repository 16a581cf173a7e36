"""Which of the judge's own files run inside a session."""

import hashlib
from functools import cache
from pathlib import Path

MODULES = (
    "__init__.py",
    "errors.py",
    "frames.py",
    "library.py",
    "memory.py",
    "multiplex.py",
    "processes.py",
    "wire.py",
)
FOLDERS = ("jail", "filters")
_HERE = Path(__file__).parent


def paths() -> list[Path]:
    """Return them where they lie beside this file."""
    return [_HERE / name for name in (*MODULES, *FOLDERS)]


@cache
def digest() -> str:
    """Return a digest of their content: files of another version of the judge have another."""
    found = hashlib.sha256()
    for path in paths():
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            found.update(file.read_bytes())
    return found.hexdigest()[:12]
