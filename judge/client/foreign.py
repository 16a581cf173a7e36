"""Checks what a service sends: a report must be whole, fit to be shown, and about what was asked.

A submission's own words (what it printed, its messages) are foreign to every
rendering already. From a service the suite's words are foreign too.
"""

import json
from typing import Annotated, Any, TypeVar

import msgspec

from judge.client.errors import ServiceError
from judge.errors import JudgeError
from judge.rendering.text import printable
from judge.report import Report

Json = Any
T = TypeVar("T")

# Left as they are, since renderings make them safe: so a report is the same from here and from there.
_OWN_WORDS = frozenset(["message", "printed", "inputs", "traceback", "transcript", "expected"])

_Length = Annotated[int, msgspec.Meta(ge=0)]
_Scalar = bool | int | float | str | None


class _Raised(msgspec.Struct, forbid_unknown_fields=True):
    """An exception that a call ended with."""

    type: str
    message: str


class _Call(msgspec.Struct, forbid_unknown_fields=True):
    """One call of a transcript (see `judge.transcript`)."""

    expression: str
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    assigned: str | None = None
    wrong: bool = False
    returned: Any = None
    raised: _Raised | None = None


class _Array(msgspec.Struct, forbid_unknown_fields=True):
    """An array or a scalar of NumPy's (see `judge.values`)."""

    dtype: str
    shape: list[_Length]
    array: Any = None
    scalar: bool = False
    order: str = "C"
    readonly: bool = False


def parse(content: bytes | str, kind: type[T]) -> T:
    """Return a JSON text as what it must be; raise ServiceError where it is not."""
    try:
        return msgspec.convert(json.loads(content, parse_constant=_refuse), kind)
    except (ValueError, RecursionError) as error:
        raise ServiceError(f"the service sent something that is not understood: {printable(str(error))}") from error


def parse_report(document: Json, problem: str) -> Report:
    """Return the report on a submission for `problem`; raise ServiceError where it is none."""
    try:
        report = Report.from_json(_cleaned(document))
        for case in report.cases:
            _check_transcript(case.transcript)
            _check_value(case.expected)
    except (JudgeError, ValueError, RecursionError) as error:
        raise ServiceError(f"the service's report is not as it must be: {printable(str(error))}") from error
    if report.problem != problem:
        raise ServiceError(f"the service reports on {report.problem}, and was asked about {problem}")
    return report


def _cleaned(tree: Json) -> Json:
    if isinstance(tree, str):
        return printable(tree)
    if isinstance(tree, list):
        return [_cleaned(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    return {printable(name): item if name in _OWN_WORDS else _cleaned(item) for name, item in tree.items()}


def _check_transcript(transcript: tuple[Json, ...]) -> None:
    for tree in transcript:
        call = msgspec.convert(tree, _Call)
        for value in (*call.args, *call.kwargs.values(), call.returned):
            _check_value(value)
        if call.raised is None and "returned" not in tree:
            raise ServiceError("a call neither returned nor raised")


def _check_value(tree: Json) -> None:
    """Raise ValueError unless a tree is the JSON form of a value."""
    match tree:
        case {"dtype": _}:
            _check_elements(msgspec.convert(tree, _Array).array)
        case {"float": str()} | {"complex": str()} | {"object": str()} if len(tree) == 1:
            return
        case list(items) | {"tuple": list(items)}:
            for item in items:
                _check_value(item)
        case {"dict": list(pairs)}:
            for pair in msgspec.convert(pairs, list[tuple[Any, Any]]):
                _check_value(list(pair))
        case dict():
            raise ServiceError("a value has a form that is not known")


def _check_elements(tree: Json) -> None:
    if isinstance(tree, list):
        for item in tree:
            _check_elements(item)
    else:
        msgspec.convert(tree, _Scalar)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
