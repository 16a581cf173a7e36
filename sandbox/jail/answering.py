"""A run: loads a source and answers the calls on its stream. It is hostile from then on."""

import linecache
import random
import sys
import traceback
import types
from collections import deque
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from sandbox import wire
from sandbox.memory import DescriptorStream, RunMemory

_MESSAGE_LENGTH_CAP = 4000
_TRACEBACK_CAP = 12
# How many of the latest values are looked at after each call. With all of them, a thousand small calls take seconds.
_WATCHED_CAP = 64

Json = Any


class Answering:
    """Loads a source and answers the calls on one stream."""

    def __init__(self, stream: int, area: int | None = None) -> None:
        """Take over the descriptors of a stream and of the memory for large replies, where there is one."""
        self._stream = DescriptorStream(stream)
        self._memory = None if area is None else RunMemory(area, self._stream)
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._calls = 0
        self._watched: deque[tuple[int, str, Any, Any]] = deque(maxlen=_WATCHED_CAP)
        self._file = ""

    def serve(self) -> None:
        """Answer until the caller hangs up."""
        operations: dict[str, Callable[[Json, Any], Any]] = {
            "load": self._load,
            "get": self._get,
            "set": self._set,
            "call": self._call,
        }
        while True:
            try:
                header, arrays = wire.receive(self._stream, memory=self._memory)
            except EOFError:
                return
            decoder = wire.Decoder(arrays, self._resolve)
            facts: Json = {}
            try:
                value = operations[header["op"]]((header, facts), decoder)
                self._reply(facts, value)
            except BaseException as error:  # noqa: BLE001 - whatever it raises is its answer
                self._send({**facts, "raised": self._describe(error)})

    def _reply(self, facts: Json, value: Any) -> None:
        encoder = wire.Encoder(self._keep)
        tree = encoder.encode(value)
        self._send({**facts, "value": tree}, encoder.arrays)

    def _send(self, header: Json, arrays: Sequence[wire.Array] = ()) -> None:
        wire.send(self._stream, header, arrays, self._memory)

    def _load(self, request: tuple[Json, Json], _: Any) -> list[str]:
        header, _ = request
        source, self._file = header["source"], header["file"]
        # A source that is loaded again starts anew: nothing of the last one is reached or watched any more.
        self._objects, self._numbers, self._calls = [], {}, 0
        self._watched.clear()
        random.seed(header["seed"])
        np.random.seed(header["seed"])  # noqa: NPY002 - the state that submissions may use
        linecache.cache[self._file] = (len(source), None, source.splitlines(keepends=True), self._file)
        module = types.ModuleType(header["name"])
        module.__file__ = self._file
        # Dataclasses and typing look a class's module up by name.
        sys.modules[header["name"]] = module
        self._objects.append(module)
        exec(_compiled(source, self._file), module.__dict__)  # noqa: S102 - the jail's purpose
        return sorted(name for name in map(str, vars(module)) if not name.startswith("_"))

    def _get(self, request: tuple[Json, Json], _: Any) -> Any:
        header, _ = request
        return getattr(self._objects[header["target"]], header["name"])

    def _set(self, request: tuple[Json, Json], decoder: Any) -> None:
        header, _ = request
        setattr(self._objects[header["target"]], header["name"], decoder.decode(header["value"]))

    def _call(self, request: tuple[Json, Json], decoder: Any) -> Any:
        header, facts = request
        number, self._calls = self._calls, self._calls + 1
        target = self._objects[header["target"]]
        if header["name"] is not None:
            target = getattr(target, header["name"])
        arguments = [decoder.decode(tree) for tree in header["args"]]
        keywords = {name: decoder.decode(tree) for name, tree in header["kwargs"].items()}
        if header["watch"]:
            self._watch(number, {**dict(enumerate(arguments, start=1)), **keywords})
        value = target(*arguments, **keywords)
        if header["watch"] and isinstance(target, types.FunctionType):
            # What a function answers is the caller's; a model may answer with what it goes on working on.
            self._watch(number, {"": value})
        facts["changed"] = [(call, name) for call, name, now, before in self._watched if _content(now) != before]
        return value

    def _watch(self, call: int, arguments: Json) -> None:
        """Remember what came with a call, by its number, as it came: it may be changed long after."""
        for name, value in arguments.items():
            if isinstance(value, np.ndarray | list | tuple | dict):
                self._watched.append((call, str(name), value, _content(value)))

    def _resolve(self, tree: Json) -> object:
        return self._objects[tree["object"]]

    def _keep(self, value: object) -> Json:
        # An object that is sent twice is one object: `fit` returns the model it was called on.
        number = self._numbers.setdefault(id(value), len(self._objects))
        if number == len(self._objects):
            self._objects.append(value)
        kind = type(value).__name__
        if isinstance(value, np.ndarray):
            kind = f"array of dtype {value.dtype}"
        return {"object": number, "type": kind, "callable": callable(value)}

    def _describe(self, error: BaseException) -> Json:
        return {
            "type": type(error).__name__,
            "bases": [base.__name__ for base in type(error).__mro__],
            "message": _text_of(error)[:_MESSAGE_LENGTH_CAP],
            "traceback": self._own_lines(error),
        }

    def _own_lines(self, error: BaseException) -> list[Json]:
        frames = traceback.extract_tb(error.__traceback__)
        own = [[f.lineno or 0, f.name, f.line or ""] for f in frames if f.filename == self._file]
        if isinstance(error, SyntaxError) and error.filename == self._file:
            own.append([error.lineno or 0, "<module>", (error.text or "").strip()])
        return [*own[: _TRACEBACK_CAP // 2], *own[_TRACEBACK_CAP // 2 :][-_TRACEBACK_CAP // 2 :]]


def _content(value: object) -> object:
    """Return what a value holds, in a form that stays as it is when the value changes."""
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if isinstance(value, list | tuple):
        return [_content(item) for item in value]
    if isinstance(value, dict):
        return [(key, _content(item)) for key, item in value.items()]
    return value


@lru_cache(maxsize=1)
def _compiled(source: str, file: str) -> types.CodeType:
    # Where many attempts share a run, it is the same source every time.
    return compile(source, file, "exec", dont_inherit=True)


def _text_of(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)
    try:
        return str(error)
    except Exception as second:  # noqa: BLE001 - its own __str__ may raise anything
        return f"(its message could not be read: {type(second).__name__})"
