"""One JSON document: the report of a single submission, or a run with its reports."""

import json

from judge.rendering.outputs import Run
from judge.report import SCHEMA_VERSION, as_json


def document(run: Run) -> str:
    """Return the document; ASCII, so that no reader trips over what a submission wrote."""
    single = run.items[0].report if run.is_single else None
    tree = single.to_json() if single is not None else {"schema_version": SCHEMA_VERSION, **as_json(run)}
    return json.dumps(tree, ensure_ascii=True, allow_nan=False) + "\n"
