"""A badge for a README: the points of a run, as an SVG picture."""

import json
from typing import Any

from judge.errors import UsageError

# From red to green by the share of the points.
_COLOURS = ((1.0, "#2da44e"), (0.8, "#7fa32a"), (0.5, "#bf8700"), (0.0, "#cf222e"))


def badge(document: str) -> str:
    """Return the picture for the JSON of a run or of a report; raise UsageError where it is neither."""
    from anybadge import Badge

    total, max_total = _points(document)
    share = total / max_total if max_total > 0 else 0.0
    colour = next(colour for least, colour in _COLOURS if share >= least)
    text: str = Badge("judge", f"{total:.4g}/{max_total:.4g}", default_color=colour).badge_svg_text
    return text + "\n"


def _points(document: str) -> tuple[float, float]:
    try:
        tree: Any = json.loads(document)
        names = ("total", "max_total") if "total" in tree else ("score", "max_score")
        total, max_total = (float(tree[name]) for name in names)
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError("this is not what `judge ci --json` or `judge submit --json` prints") from error
    if not 0.0 <= total <= max_total < 1e9:
        raise UsageError(f"{total:g} of {max_total:g} points make no badge")
    return total, max_total
