"""Annotations for GitHub Actions: workflow commands, one a line.

Source: the workflow commands of GitHub's documentation, and `actions/toolkit`,
packages/core, for what is escaped. Ten errors a step are shown and the rest is
dropped without a word, so the last one says how many more there are.
"""

from collections.abc import Iterator

from judge.rendering.formats.facts import SHORT, cases, failures, line_of, outcome, points, reason, safe
from judge.rendering.outputs import Graded, Run

_ANNOTATIONS_CAP = 9


def document(run: Run) -> str:
    """Return the commands; solutions that are accepted have none."""
    found = [line for item in run.items for line in _annotations(item)]
    if len(found) > _ANNOTATIONS_CAP + 1:
        more = len(found) - _ANNOTATIONS_CAP
        found = [*found[:_ANNOTATIONS_CAP], f"::error title=judge::{more} more, see the summary; {_data(points(run))}"]
    return "".join(f"{line}\n" for line in found)


def _annotations(item: Graded) -> Iterator[str]:
    if not cases(item) and not item.is_accepted:
        yield _error(item.path, None, item.slug, outcome(item))
    for case in failures(item):
        yield _error(
            item.path, line_of(case), f"{item.slug}: {case.title}", f"{case.verdict} {case.name}\n{reason(case)}"
        )


def _error(path: str, line: int | None, title: str, message: str) -> str:
    properties = {"title": safe(title, SHORT), "file": path, **({"line": str(line)} if line else {})}
    return f"::error {','.join(f'{key}={_property(value)}' for key, value in properties.items())}::{_data(message)}"


def _data(text: str) -> str:
    # An older form of command, ##[name], is looked for anywhere in a line.
    plain = safe(text).replace("##[", "## [")
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
