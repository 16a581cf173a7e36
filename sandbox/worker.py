"""The program inside a session: an init process that forks runs, and the run that loads a source.

    init (never loads a source) ──fork──> run (loads it, answers calls, is hostile from then on)

Init obeys its control socket alone, which a run closes before anything else.
It is started by a backend with its configuration as its one argument, and
talks to it in JSON messages: `start` (with the run's descriptors), `end`.
"""

import array
import contextlib
import ctypes
import gc
import importlib
import json
import linecache
import os
import random
import resource
import shutil
import signal
import socket
import sys
import traceback
import types
from collections.abc import Callable
from typing import Any

_MESSAGE_CAP = 1 << 16
_MESSAGE_LENGTH_CAP = 4000
_TRACEBACK_CAP = 12
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_CHILD_SUBREAPER = 1, 4, 22, 36
_SECCOMP_MODE_FILTER = 2

Json = Any


def main() -> None:
    """Prepare the interpreter, then serve the control socket until it closes."""
    config = json.loads(sys.argv[1])
    _become_unprivileged(config["uid"])
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    # Changing the user cleared what bwrap's --die-with-parent had set.
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if config["parent"] and os.getppid() != config["parent"]:
        return
    # `sandbox` must not stay importable: the rest of its folder may be beside it.
    sys.path += [config["distributions"], config["library"]]
    importlib.import_module("sandbox.wire")
    sys.path.remove(config["library"])
    versions = {name: _version(importlib.import_module(name)) for name in config["preload"]}
    # The collector would otherwise touch, and so copy, every page after a fork.
    gc.collect()
    gc.freeze()
    # Runs have the same user; they may not read or write the process that starts the next one.
    _prctl(_PR_SET_DUMPABLE, 0)
    with socket.socket(fileno=config["control"]) as control:
        control.send(json.dumps({"ready": versions, "address_space": _address_space()}).encode())
        _serve_control(control, config)


def _version(module: types.ModuleType) -> str:
    return str(getattr(module, "__version__", ""))


def _become_unprivileged(uid: int | None) -> None:
    """Give up root where the backend started as root; all capabilities go with it."""
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)


def _prctl(option: int, *arguments: Any) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, *arguments, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option})")


def _address_space() -> int:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()


def _serve_control(control: socket.socket, config: Json) -> None:
    pid = 0
    while True:
        text, descriptors = _receive(control)
        if not text:
            return
        message = json.loads(text)
        if "start" in message:
            pid = _fork(control, descriptors, config, message["start"])
            for descriptor in descriptors:
                os.close(descriptor)
            control.send(json.dumps({"started": pid}).encode())
        else:
            control.send(json.dumps(_end(pid, config)).encode())


def _receive(control: socket.socket) -> tuple[bytes, list[int]]:
    text, ancillary, _, _ = control.recvmsg(_MESSAGE_CAP, socket.CMSG_SPACE(4 * 4))
    descriptors = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            descriptors.frombytes(data)
    return text, list(descriptors)


def _fork(control: socket.socket, descriptors: list[int], config: Json, start: Json) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        control.close()
        stream = _confine(descriptors, config, start)
        _Answering(stream).serve()
        status = 0
    finally:
        os._exit(status)


def _confine(descriptors: list[int], config: Json, start: Json) -> socket.socket:
    """Leave the fresh process nothing but its stream, its output and its limits."""
    stream, output = descriptors
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(nothing)
    os.close(output)
    # What was printed before a run is killed is often what explains it.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    os.chdir(config["scratch"])
    _prctl(_PR_SET_DUMPABLE, 1)
    for name, value in config["rlimits"].items():
        resource.setrlimit(getattr(resource, name), (value, value))
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + config["memory"],) * 2)
    if start["filter"]:
        _install_filter(bytes.fromhex(start["filter"]))
    return socket.socket(fileno=stream)


def _install_filter(program: bytes) -> None:
    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]

    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(Program(len(program) // 8, program)))


def _end(pid: int, config: Json) -> Json:
    """Kill the run and every process that it left, empty its folder, say how it ended."""
    was_dead = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    _kill_all()
    _, status, used = os.wait4(pid, 0)
    with contextlib.suppress(ChildProcessError):
        while True:
            _kill_all()
            os.wait()
    return {
        # Its stream closes a moment before it is dead, so it may be killed while it exits by itself.
        "own_end": was_dead or status != signal.SIGKILL,
        "status": os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status),
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "memory_kib": used.ru_maxrss,
        "is_clean": _empty(config["scratch"]),
    }


def _kill_all() -> None:
    """Kill all that is left of the run; orphans are init's children too."""
    if os.getpid() == 1:
        # The namespace's first process: this reaches everything else in it, and never init.
        pids = [-1]
    else:
        with open(f"/proc/self/task/{os.getpid()}/children") as listing:
            pids = [int(pid) for pid in listing.read().split()]
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _empty(folder: str) -> bool:
    """Remove what is in a folder; tell whether all of it is gone."""

    def allow(_: Callable[..., Any], path: str, __: Any) -> None:
        # A folder that its owner may not read or search is opened up, for the second try.
        with contextlib.suppress(OSError):
            os.chmod(path, 0o700)

    for _ in range(2):
        with contextlib.suppress(OSError, RecursionError):
            for entry in os.scandir(folder):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, onerror=allow)
                else:
                    os.unlink(entry.path)
    return not os.listdir(folder)


class _Answering:
    """Loads a source and answers the calls on one stream."""

    def __init__(self, stream: socket.socket) -> None:
        self._wire = sys.modules["sandbox.wire"]
        self._numpy = sys.modules["numpy"]
        self._stream = stream
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._watched: list[tuple[str, Any, bytes]] = []
        self._file = ""

    def serve(self) -> None:
        operations: dict[str, Callable[[Json, Any], Any]] = {"load": self._load, "get": self._get, "call": self._call}
        while True:
            try:
                header, arrays = self._wire.receive(self._stream)
            except EOFError:
                return
            decoder = self._wire.Decoder(arrays, self._resolve)
            facts: Json = {}
            try:
                value = operations[header["op"]]((header, facts), decoder)
                self._reply(facts, value)
            except BaseException as error:  # noqa: BLE001 - whatever it raises is its answer
                self._wire.send(self._stream, {**facts, "raised": self._describe(error)})

    def _reply(self, facts: Json, value: Any) -> None:
        encoder = self._wire.Encoder(self._keep)
        tree = encoder.encode(value)
        self._wire.send(self._stream, {**facts, "value": tree}, encoder.arrays)

    def _load(self, request: tuple[Json, Json], _: Any) -> list[str]:
        header, _ = request
        source, self._file = header["source"], header["file"]
        random.seed(header["seed"])
        self._numpy.random.seed(header["seed"])
        linecache.cache[self._file] = (len(source), None, source.splitlines(keepends=True), self._file)
        module = types.ModuleType(header["name"])
        module.__file__ = self._file
        # Dataclasses and typing look a class's module up by name.
        sys.modules[header["name"]] = module
        self._objects.append(module)
        exec(compile(source, self._file, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - the jail's purpose
        return sorted(name for name in map(str, vars(module)) if not name.startswith("_"))

    def _get(self, request: tuple[Json, Json], _: Any) -> Any:
        header, _ = request
        return getattr(self._objects[header["target"]], header["name"])

    def _call(self, request: tuple[Json, Json], decoder: Any) -> Any:
        header, facts = request
        target = self._objects[header["target"]]
        if header["name"] is not None:
            target = getattr(target, header["name"])
        arguments = [decoder.decode(tree) for tree in header["args"]]
        keywords = {name: decoder.decode(tree) for name, tree in header["kwargs"].items()}
        if header["watch"]:
            self._watch({**dict(enumerate(arguments)), **keywords})
        value = target(*arguments, **keywords)
        facts["changed"] = [name for name, now, before in self._watched if now.tobytes() != before]
        return value

    def _watch(self, arguments: Json) -> None:
        """Remember arrays as they came: a model may change one long after it was given."""
        for name, value in arguments.items():
            if isinstance(value, self._numpy.ndarray):
                self._watched.append((str(name), value, value.tobytes()))

    def _resolve(self, tree: Json) -> object:
        return self._objects[tree["object"]]

    def _keep(self, value: object) -> Json:
        # An object that is sent twice is one object: `fit` returns the model it was called on.
        number = self._numbers.setdefault(id(value), len(self._objects))
        if number == len(self._objects):
            self._objects.append(value)
        kind = type(value).__name__
        if isinstance(value, self._numpy.ndarray):
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


def _text_of(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)
    try:
        return str(error)
    except Exception as second:  # noqa: BLE001 - its own __str__ may raise anything
        return f"(its message could not be read: {type(second).__name__})"


if __name__ == "__main__":
    main()
