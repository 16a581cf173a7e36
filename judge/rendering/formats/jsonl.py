"""One JSON object a line: each case, each solution, and the run at the end."""

import json
from collections.abc import Iterator
from typing import Any

from judge.rendering.formats.facts import cases
from judge.rendering.outputs import Run
from judge.report import as_json

Json = Any


def document(run: Run) -> str:
    """Return the lines."""
    return "".join(json.dumps(tree, ensure_ascii=True, allow_nan=False) + "\n" for tree in _lines(run))


def _lines(run: Run) -> Iterator[Json]:
    for item in run.items:
        about = {"path": item.path, "slug": item.slug}
        for case in cases(item):
            yield {"type": "case", **about, **as_json(case)}
        facts = {"points": item.points, "max_points": item.max_points, "problem": item.problem}
        yield {"type": "solution", **about, **facts, "verdict": item.report and item.report.verdict}
    total = {"total": run.total, "max_total": run.max_total, "minimum": run.minimum}
    yield {"type": "run", "seed": run.seed, "seconds": run.seconds, **total}
