"""SARIF 2.1.0: a rule for each group of cases, a result for each case that failed.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from judge import __version__
from judge.problem import GROUPS
from judge.rendering.formats.facts import SHORT, cases, failures, line_of, outcome, reason, safe
from judge.rendering.outputs import Graded, Run

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_RULES = {group: f"Hidden cases of the group {group}" for group in GROUPS} | {
    "not_judged": "A solution that was not judged"
}

Json = Any


def document(run: Run) -> str:
    """Return the log."""
    rules = [{"id": rule, "shortDescription": {"text": text}} for rule, text in _RULES.items()]
    driver = {"name": "judge", "version": __version__, "rules": rules}
    results = [result for item in run.items for result in _results(item)]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(log, ensure_ascii=True, indent=1) + "\n"


def _results(item: Graded) -> Iterator[Json]:
    if not cases(item) and not item.is_accepted:
        yield _result(item, "not_judged", "not_judged", outcome(item), None)
    for case in failures(item):
        what = f"{case.verdict} {safe(case.title, SHORT)}\n{reason(case)}"
        yield _result(item, case.group, case.name, what, line_of(case))


def _result(item: Graded, rule: str, check: str, what: str, line: int | None) -> Json:
    # A path that begins with two slashes would be read as a host's name.
    root = "file://" if item.path.startswith("/") else ""
    place: Json = {"artifactLocation": {"uri": root + quote(item.path, errors="replace")}}
    if line is not None:
        place["region"] = {"startLine": line}
    return {
        "ruleId": rule,
        "ruleIndex": list(_RULES).index(rule),
        "level": "error",
        "message": {"text": what},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"case/v1": f"{item.slug}/{check}"},
    }
