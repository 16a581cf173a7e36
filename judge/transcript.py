"""The calls of one case, in order: what is shown for a failure and written out as a script."""

import keyword
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from judge.errors import SubmissionError
from judge.values import to_json

Json = Any

# Names that an exported script has another use for.
_RESERVED = frozenset([*keyword.kwlist, "np", "sys", "importlib", "load", "show", "read_only", "answer"])


@dataclass(frozen=True, slots=True)
class Call:
    """One message to the submission: an attribute read (`arguments` is None) or a call."""

    expression: str
    arguments: tuple[tuple[Any, ...], dict[str, Any]] | None
    returned: Any = None
    raised: SubmissionError | None = None
    assigned: str | None = None


@dataclass(slots=True)
class Transcript:
    """The calls so far, and a name for each object of the submission."""

    calls: list[Call] = field(default_factory=list)
    _names: dict[int, str] = field(default_factory=dict)

    def name(self, number: int, type_name: str) -> tuple[str, bool]:
        """Return the variable for an object, and whether it is a new one."""
        if number in self._names:
            return self._names[number], False
        stem = type_name.lower() if type_name.isidentifier() else "result"
        taken = _RESERVED.union(self._names.values())
        name = next(n for n in chain([stem], (f"{stem}{i}" for i in count(2))) if n not in taken)
        self._names[number] = name
        return name, True

    def source_of(self, value: object) -> str:
        """Return the expression that gave `value` to the suite, or nothing."""
        for call in reversed(self.calls):
            if call.arguments is None and call.returned is value:
                return call.expression
            if call.arguments is not None and call.returned is value:
                return f"{call.expression}(…)"
        return ""

    def to_json(self) -> list[Json]:
        """Return the calls as the report holds them."""
        return [_call_to_json(call) for call in self.calls]


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
