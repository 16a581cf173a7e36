"""GitLab's Code Quality report: one entry for each case that failed. Its test report is the format `junit`.

Source: GitLab's documentation of the Code Quality report format. Line numbers
stay out of the fingerprint, so that an entry is the same one after an edit.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from judge.rendering.formats.facts import SHORT, cases, failures, line_of, outcome, safe
from judge.rendering.outputs import Graded, Run

Json = Any


def document(run: Run) -> str:
    """Return the JSON array."""
    entries = [entry for item in run.items for entry in _entries(item)]
    return json.dumps(entries, ensure_ascii=True, indent=1) + "\n"


def _entries(item: Graded) -> Iterator[Json]:
    if not cases(item) and not item.is_accepted:
        yield _entry(item, "not_judged", outcome(item), 1)
    for case in failures(item):
        what = f"{case.verdict} {safe(case.title, SHORT)}: {safe(case.message, SHORT)}"
        yield _entry(item, case.name, what, line_of(case) or 1)


def _entry(item: Graded, check: str, what: str, line: int) -> Json:
    mark = f"{item.path}\0{item.slug}\0{check}".encode(errors="backslashreplace")
    return {
        "description": what,
        "check_name": f"{item.slug}/{check}",
        "fingerprint": hashlib.sha256(mark).hexdigest(),
        "severity": "major",
        "location": {"path": item.path, "lines": {"begin": line}},
    }
