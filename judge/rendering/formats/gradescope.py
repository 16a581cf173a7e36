"""Gradescope's `results.json`: one test for each solution, with the cases in its output.

Source: gradescope/autograder_samples and its specification of the results file.
A solution's points can differ from its cases', so a solution is a test.
"""

import json
from typing import Any

from judge.rendering.formats.facts import cases, failures, outcome, points, reason, safe
from judge.rendering.outputs import Graded, Run
from judge.verdict import Verdict

Json = Any


def document(run: Run) -> str:
    """Return the document."""
    tree = {
        "score": run.total,
        "execution_time": round(run.seconds, 3),
        "output": f"{points(run)}, seed {run.seed}",
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"seed": run.seed},
        "tests": [_test(number, item) for number, item in enumerate(run.items, 1)],
    }
    return json.dumps(tree, ensure_ascii=True, allow_nan=False, indent=1) + "\n"


def _test(number: int, item: Graded) -> Json:
    passed = sum(case.verdict is Verdict.AC for case in cases(item))
    lines = [outcome(item), f"{passed} of {len(cases(item))} cases"]
    lines += [f"{case.verdict} {safe(case.title)}\n{reason(case)}" for case in failures(item)]
    return {
        "score": item.points,
        "max_score": item.max_points,
        "status": "passed" if item.is_accepted else "failed",
        "name": safe(f"{item.slug} ({item.path})"),
        "number": str(number),
        "output": "\n\n".join(lines),
        "tags": [item.slug] if item.slug else [],
        "visibility": "visible",
    }
