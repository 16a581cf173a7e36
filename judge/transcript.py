"""The calls of one case, in order: what is shown for a failure and written out as a script."""

import keyword
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from judge.errors import SubmissionError
from judge.values import elements, to_json

Json = Any

# Names that an exported script has another use for.
_RESERVED = frozenset([*keyword.kwlist, "np", "sys", "importlib", "load", "show", "read_only", "answer", "setattr"])


@dataclass(frozen=True, slots=True)
class Call:
    """One message to the submission: an attribute read (`arguments` is None) or a call."""

    expression: str
    arguments: tuple[tuple[Any, ...], dict[str, Any]] | None
    returned: Any = None
    raised: SubmissionError | None = None
    assigned: str | None = None


def kept(value: Any) -> Any:
    """Return a value that is given to a submission as it is now: the suite may change its array for the next call."""
    if isinstance(value, np.ndarray):
        copy = value.copy(order="K")
        copy.flags.writeable = value.flags.writeable
        return copy
    if isinstance(value, list):
        return [kept(item) for item in value]
    if isinstance(value, tuple):
        return tuple(kept(item) for item in value)
    if isinstance(value, dict):
        return {name: kept(item) for name, item in value.items()}
    return value


@dataclass(slots=True)
class Transcript:
    """The calls so far, and a name for each object of the submission."""

    calls: list[Call] = field(default_factory=list)
    _names: dict[int, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=lambda: set(_RESERVED))
    _counts: dict[str, int] = field(default_factory=dict)

    def name(self, number: int, type_name: str) -> tuple[str, bool]:
        """Return the variable for an object, and whether it is a new one."""
        if number in self._names:
            return self._names[number], False
        stem = type_name.lower() if type_name.isidentifier() else "result"
        name = stem
        # A submission may return thousands of objects: each stem is counted on from its last name.
        while name in self._taken:
            self._counts[stem] = self._counts.get(stem, 1) + 1
            name = f"{stem}{self._counts[stem]}"
        self._taken.add(name)
        self._names[number] = name
        return name, True

    def giver_of(self, value: object) -> Call | None:
        """Return the last call that gave this very value to the suite, if one did."""
        return next((call for call in reversed(self.calls) if call.raised is None and call.returned is value), None)

    def source_of(self, value: object) -> str:
        """Return the expression that gave `value` to the suite, or nothing."""
        giver = self.giver_of(value)
        if giver is None:
            return ""
        return giver.expression if giver.arguments is None else f"{giver.expression}(…)"

    def to_json(self, elements_cap: float = math.inf, wrong: object = None) -> list[Json]:
        """Return the last calls as the report holds them, as many as hold no more array elements than this.

        The call that gave `wrong`, an answer that something is wrong with, is marked.
        """
        first, total = len(self.calls), 0
        # Counted before they are written: what one frame brings is many times larger as JSON.
        while first and (total := total + _elements(self.calls[first - 1])) <= elements_cap:
            first -= 1
        giver = None if wrong is None else self.giver_of(wrong)
        return [_call_to_json(call) | ({"wrong": True} if call is giver else {}) for call in self.calls[first:]]


def _elements(call: Call) -> int:
    return elements([call.arguments, call.returned])


def _call_to_json(call: Call) -> Json:
    tree: dict[str, Json] = {"expression": call.expression}
    if call.arguments is not None:
        positional, keywords = call.arguments
        tree["args"] = [to_json(value, str) for value in positional]
        tree["kwargs"] = {name: to_json(value, str) for name, value in keywords.items()}
    if call.assigned is not None:
        tree["assigned"] = call.assigned
    if call.raised is not None:
        tree["raised"] = {"type": call.raised.type_name, "message": call.raised.message}
    else:
        tree["returned"] = to_json(call.returned, str)
    return tree
