"""The submission as a suite sees it: a proxy whose every step is a message to a run."""

import time
from typing import Any

from judge.errors import Line, Over, RunOver, SubmissionError
from judge.transcript import Call, Transcript, kept
from sandbox import wire
from sandbox.errors import WireError
from sandbox.frames import BODY_CAP
from sandbox.link import RemoteRun

_TEXT_CAP = 4000
_NAME_CAP = 200
_CHANGED_CAP = 64
# A transcript keeps what was answered, and how often a suite asks is not bounded here.
_RECEIVED_CAP = 2 * BODY_CAP

Header = dict[str, Any]


class LoadError(Exception):
    """The source did not load; `cause` is what it raised."""

    def __init__(self, cause: SubmissionError) -> None:
        """Keep the exception that loading raised."""
        super().__init__(str(cause))
        self.cause = cause


class Remote:
    """An object that lives in the submission's process; reading and calling it go there."""

    __slots__ = ("_conversation", "_number", "_path", "_type_name")

    def __init__(self, conversation: "Conversation", number: int, type_name: str, path: str) -> None:
        """Stand for the object with this number; `path` is how a reader would write it."""
        own = {"_conversation": conversation, "_number": number, "_type_name": type_name, "_path": path}
        for name, value in own.items():
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        """Read an attribute of the submission's object; protocols of this process are not passed on."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self._conversation.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute of the submission's object."""
        self._conversation.set(self, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the submission's object."""
        return self._conversation.call(self, args, kwargs)

    def __repr__(self) -> str:
        """Return how a reader would write the object."""
        return self._path


def type_name_of(remote: Remote) -> str:
    """Return the name of the type of a submission's object."""
    return remote._type_name


class Conversation:
    """Calls to one run, written down; time spent waiting counts against the wall limit."""

    def __init__(self, run: RemoteRun, wall_seconds: float, *, watch: bool = True) -> None:
        """Talk to `run`; `watch` asks it to compare arguments before and after calls."""
        self.transcript = Transcript()
        self.changed: set[str] = set()
        self._called: list[str] = []
        self.waited_seconds = 0.0
        self._run = run
        self._wall_seconds = wall_seconds
        self._watch = watch
        self._received_bytes = 0

    def load(self, source: str, name: str, seed: int) -> tuple[Remote, list[str]]:
        """Have the run load a source; return its module and the public names in it.

        Raises LoadError when the source does not parse or raises.
        """
        header = {"op": "load", "source": source, "file": f"{name}.py", "name": name, "seed": seed}
        try:
            self._called = []
            names = self._ask(header, [])
        except SubmissionError as error:
            raise LoadError(error) from None
        if not isinstance(names, list) or not all(isinstance(item, str) for item in names):
            raise RunOver(Over.MALFORMED)
        self.transcript.name(0, "submission")
        return Remote(self, 0, "module", "submission"), names

    def get(self, owner: Remote, name: str) -> Any:
        """Read an attribute, each time anew: a model may replace its own methods."""
        header = {"op": "get", "target": owner._number, "name": name}
        return self._recorded(f"{owner._path}.{name}", None, header, [])

    def set(self, owner: Remote, name: str, value: Any) -> None:
        """Set an attribute to a value or another remote object; it is written down as a call of `setattr`."""
        encoder = wire.Encoder(self._number_of)
        header = {"op": "set", "target": owner._number, "name": name, "value": encoder.encode(value)}
        self._recorded("setattr", kept(((owner, name, value), {})), header, encoder.arrays)

    def call(self, target: Remote, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call an object with values or other remote objects."""
        encoder = wire.Encoder(self._number_of)
        self._called.append(target._path)
        header = {
            "op": "call",
            "target": target._number,
            "name": None,
            "args": [encoder.encode(value) for value in args],
            "kwargs": {name: encoder.encode(value) for name, value in kwargs.items()},
            "watch": self._watch,
        }
        return self._recorded(target._path, kept((args, kwargs)), header, encoder.arrays)

    def _number_of(self, value: object) -> Header:
        if not isinstance(value, Remote):
            raise TypeError(f"a {type(value).__name__} cannot be sent to a submission")
        return {"object": value._number}

    def _recorded(self, expression: str, arguments: Any, header: Header, arrays: list[wire.Array]) -> Any:
        calls = self.transcript.calls
        try:
            value = self._ask(header, arrays, expression)
        except SubmissionError as error:
            calls.append(Call(expression, arguments, raised=error))
            raise
        except RunOver:
            calls.append(Call(expression, arguments, returned="(no answer)"))
            raise
        is_method = isinstance(value, Remote) and arguments is None and value._path == expression
        if not is_method:
            assigned = value._path if isinstance(value, Remote) else None
            calls.append(Call(expression, arguments, returned=value, assigned=assigned))
        return value

    def _ask(self, header: Header, arrays: list[wire.Array], expression: str = "") -> Any:
        reply, received = self._exchange(header, arrays)
        self._keep(sum(array.nbytes for array in received))
        # What an answer costs us to read is the submission's time as well.
        started = time.monotonic()
        try:
            if "raised" in reply:
                raise _error_from(reply["raised"])
            for number, name in reply.get("changed", [])[:_CHANGED_CAP]:
                label = f"argument {wire.clean(str(name))[:_NAME_CAP]}" if name else "in a later call the answer"
                self.changed.add(f"{label} of {self._called[number]}(…)")
            decoder = wire.Decoder(received, lambda tree: self._remote(tree, expression, header["op"] == "get"))
            value = decoder.decode(reply["value"])
        except (WireError, LookupError, TypeError, ValueError, OverflowError, RecursionError) as error:
            raise RunOver(
                Over.MALFORMED, f"the submission's process sent something that is no answer ({error})"
            ) from error
        finally:
            self.waited_seconds += time.monotonic() - started
        self._keep(decoder.nbytes)
        return value

    def _keep(self, size: int) -> None:
        self._received_bytes += size
        if self._received_bytes > _RECEIVED_CAP:
            raise RunOver(Over.MALFORMED, f"its answers take more than {_RECEIVED_CAP >> 20} MiB in all")

    def _exchange(self, header: Header, arrays: list[wire.Array]) -> tuple[Header, list[wire.Array]]:
        stream = self._run.stream
        started = time.monotonic()
        deadline = started + self._wall_seconds - self.waited_seconds
        try:
            stream.settimeout(max(deadline - started, 1e-6))
            wire.send(stream, header, arrays, self._run.memory)
            return wire.receive(stream, deadline, self._run.memory)
        except TimeoutError:
            raise RunOver(Over.WALL) from None
        except (EOFError, OSError):
            raise RunOver(Over.GONE) from None
        except WireError as error:
            raise RunOver(Over.MALFORMED, str(error)) from error
        finally:
            self.waited_seconds += time.monotonic() - started

    def _remote(self, tree: Header, expression: str, is_read: bool) -> Remote:
        number, type_name = tree["object"], wire.clean(str(tree.get("type", "object"))[:_NAME_CAP])
        if is_read and tree.get("callable") is True:
            return Remote(self, number, type_name, expression)
        name, _ = self.transcript.name(number, type_name)
        return Remote(self, number, type_name, name)


def _error_from(tree: Any) -> SubmissionError:
    bases = tuple(wire.clean(str(base)) for base in tree["bases"])[:32]
    lines = tuple(
        Line(int(number), wire.clean(str(name)), wire.clean(str(text))) for number, name, text in tree["traceback"]
    )
    message = wire.clean(str(tree["message"]))[:_TEXT_CAP]
    return SubmissionError(wire.clean(str(tree["type"]))[:200], bases, message, lines[:32])


def changed_arguments(submission: Remote) -> set[str]:
    """Return which arguments, and answers of functions, the submission's process says were changed so far."""
    return submission._conversation.changed
