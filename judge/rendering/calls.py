"""Transcripts as lines of Python: shortened to be read, or whole to be run."""

from collections.abc import Callable, Iterable
from typing import Any

from judge.values import to_line, to_source

Json = Any

# A model's parameters in full would bury the line that matters.
_STATEMENT_CAP = 240


def readable(transcript: Iterable[Json]) -> list[str]:
    """Return one line a call with what came back, large arrays by their shape."""
    return [f"{_short(_statement(call, to_line))}{_came_back(call)}" for call in transcript]


def runnable(transcript: Iterable[Json]) -> list[str]:
    """Return one statement a call, with every argument in full."""
    return [_statement(call, to_source) for call in transcript]


def _statement(call: Json, write: Callable[[Json], str]) -> str:
    text = str(call["expression"])
    if "args" in call:
        keywords = (f"{name}={write(value)}" for name, value in call["kwargs"].items())
        text += f"({', '.join([*map(write, call['args']), *keywords])})"
    assigned = call.get("assigned")
    # fit returns the model itself: `model = model.fit(X)` would only puzzle.
    return f"{assigned} = {text}" if assigned and not text.startswith(f"{assigned}.") else text


def _came_back(call: Json) -> str:
    if "raised" in call:
        return f"   raised {call['raised']['type']}: {call['raised']['message']}"
    mark = "   ← this one" if call.get("wrong") else ""
    return "" if call.get("assigned") else f"   # {to_line(call['returned'])}{mark}"


def _short(text: str) -> str:
    return text if len(text) <= _STATEMENT_CAP else text[: _STATEMENT_CAP - 1] + "…"
