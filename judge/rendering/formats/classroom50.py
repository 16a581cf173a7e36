"""Classroom 50's `result.json`: one test for each solution, whole points.

Source: foundation50/classroom50, schema classroom50/result/v1. What identifies
the submission stands in the environment of the job.
"""

import json
import os
from datetime import UTC, datetime
from typing import Any

from judge.rendering.formats.facts import outcome, safe
from judge.rendering.outputs import Graded, Run

_VARIABLES = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}

Json = Any


def document(run: Run) -> str:
    """Return the document. Points are rounded down, so that no total is more than was earned."""
    tests = [_test(item) for item in run.items]
    tree = {
        "schema": "classroom50/result/v1",
        **{key: safe(os.environ.get(variable, "")) for key, variable in _VARIABLES.items()},
        # What is not reviewed elsewhere is reviewed at its commit.
        "review": safe(os.environ.get("REVIEW_URL") or os.environ.get("COMMIT_URL", "")),
        "datetime": datetime.now(UTC).isoformat(timespec="seconds"),
        "score": int(run.total),
        "max-score": int(run.max_total),
        "tests": tests,
        "seed": run.seed,
    }
    return json.dumps(tree, ensure_ascii=True, indent=1) + "\n"


def _test(item: Graded) -> Json:
    return {
        "test-name": safe(item.slug or item.path),
        "passed": item.is_accepted,
        "score": int(item.points),
        "max-score": int(item.max_points),
        "output": outcome(item),
    }
