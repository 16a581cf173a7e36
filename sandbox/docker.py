"""The Docker backend: one container for each session, spoken to over its standard input and output.

For machines without user namespaces, for macOS and Windows. The daemon may be
on another machine or in a virtual one, so nothing here looks at processes or
control groups: the container's first process tells what a run uses, and the
daemon holds the container to its limits.
"""

import contextlib
import gc
import json
import os
import queue
import socket
import struct
import threading
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sandbox import library
from sandbox.contract import Ending, Environment, Limits, Stop, Usage
from sandbox.errors import SandboxError
from sandbox.frames import BODY_CAP, HEADER_CAP
from sandbox.local import FILES_CAP, OUTPUT_KEPT, VARIABLES, session_config
from sandbox.mounts import DISTRIBUTIONS, LIBRARY, SCRATCH, SHARED_MEMORY
from sandbox.multiplex import CHUNK, Channel, Packets, packet

IMAGE = os.environ.get("JUDGE_JAIL_IMAGE", "judge-jail")
# Tags of the image, from the least to the most that it can import.
_TAGS = (("numpy", {"numpy"}), ("science", {"numpy", "scipy", "pandas"}), ("rival", None))
_LABEL = "judge-jail"
_START_SECONDS = 60.0
_ANSWER_SECONDS = 10.0
_LOOK_SECONDS = 0.05
# What the interpreter and the kernel's bookkeeping take beside the run.
_OWN_MIB = 128
_OWN_PROCESSES = 8
# Docker puts eight bytes before what a container writes: the stream, three zeros, the length.
_DOCKER_HEAD = struct.Struct(">B3xI")
_STDERR = 2

Json = Any


@dataclass(eq=False)
class Docker:
    """Opens sessions in containers of the daemon that the environment names."""

    name: str = "docker"
    is_isolated: bool = True
    limits_by: str = "docker"

    @cached_property
    def _client(self) -> Any:
        try:
            import docker
        except ImportError as error:
            raise SandboxError("docker: the SDK is not installed; pip install 'ml-coding-judge[docker]'") from error
        reason = ""
        with warnings.catch_warnings():
            # Where no daemon answers, the SDK leaves its socket to the collector.
            warnings.simplefilter("ignore", ResourceWarning)
            try:
                return docker.from_env(timeout=_START_SECONDS)
            except docker.errors.DockerException as error:
                reason = str(error)
            gc.collect()
        raise SandboxError(f"docker: the daemon cannot be reached: {reason}")

    @cached_property
    def _runtime(self) -> str | None:
        """Return gVisor where the daemon has it: a kernel of its own between the submission and the machine's."""
        return "runsc" if "runsc" in self._client.info().get("Runtimes", {}) else None

    def open(self, limits: Limits, environment: Environment) -> "DockerSession":
        """Begin a session; its container goes on starting while this returns."""
        # Says what to install where there is no SDK to import.
        client = self._client
        import docker

        image = f"{IMAGE}:{_tag(environment)}"
        try:
            container = client.containers.create(image, **self._options(limits, environment))
        except docker.errors.ImageNotFound as error:
            raise SandboxError(f"docker: there is no image {image}; build it: {build_command(image)}") from error
        except docker.errors.DockerException as error:
            raise SandboxError(f"docker: {error}") from error
        return DockerSession(container, limits)

    def _options(self, limits: Limits, environment: Environment) -> Json:
        folders = [SCRATCH, SHARED_MEMORY]
        session = session_config(
            limits, scratch=folders, mounts=[], filters=f"{LIBRARY}/sandbox/filters", is_filtered=True
        )
        config = {"role": "relay", "preload": environment.preload, "session": session}
        config |= {"library": LIBRARY, "distributions": DISTRIBUTIONS}
        memory = (limits.memory_mib + _OWN_MIB) << 20
        tmpfs = f"size={limits.disk_mib}m,nr_inodes={FILES_CAP},mode=1777,nosuid,nodev,noexec"
        return {
            "command": [json.dumps(config)],
            "environment": VARIABLES,
            "hostname": "jail",
            "user": "65534:65534",
            "network_mode": "none",
            "read_only": True,
            "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges"],
            "pids_limit": limits.processes + _OWN_PROCESSES,
            "mem_limit": memory,
            "memswap_limit": memory,
            "ipc_mode": "none",
            "tmpfs": dict.fromkeys(folders, tmpfs),
            "stdin_open": True,
            "auto_remove": True,
            "labels": [_LABEL],
            # A log would keep on disk all that goes to and fro.
            "log_config": {"type": "none", "config": {}},
            "runtime": self._runtime,
        }

    def ping(self) -> None:
        """Raise SandboxError with advice when no daemon answers."""
        self._client.ping()

    def close(self) -> None:
        """Let go of the daemon."""
        if "_client" in self.__dict__:
            self._client.close()
            del self.__dict__["_client"]


def build_command(image: str) -> str:
    """Return the command that builds one of the images from the files beside this one."""
    here = Path(__file__).parent
    libraries = image.rpartition(":")[2]
    return f"docker build -f {here}/image/Dockerfile --build-arg LIBRARIES={libraries} -t {image} {here}"


def has_engine() -> bool:
    """Tell whether a Docker daemon answers."""
    found = Docker()
    try:
        found.ping()
    except SandboxError:
        return False
    finally:
        found.close()
    return True


def _tag(environment: Environment) -> str:
    """Return the tag of the smallest image that can import what is allowed, and no more than its kind."""
    wanted = set(environment.distributions)
    return next(tag for tag, offered in _TAGS if offered is None or wanted <= offered)


class DockerSession:
    """A container whose first process is a session's init, spoken to in packets."""

    def __init__(self, container: Any, limits: Limits) -> None:
        """Attach to a container that was created, and start it."""
        import docker

        self.limits = limits
        self._container = container
        self._answers: queue.SimpleQueue[Json] = queue.SimpleQueue()
        self._sending = threading.Lock()
        self._words = bytearray()
        self._run: DockerRun | None = None
        self._is_ready = False
        try:
            which = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
            self._attached = container.attach_socket(params=which)
            # The SDK wraps the socket in a file that only reads.
            self._socket = getattr(self._attached, "_sock", self._attached)
            self._socket.settimeout(None)
            container.start()
        except docker.errors.DockerException as error:
            with contextlib.suppress(docker.errors.DockerException):
                container.remove(force=True)
            raise SandboxError(f"docker: the container does not start: {error}") from error
        self._reader = threading.Thread(target=self._read, name="docker", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        """Take apart what the container sends until it ends."""
        packets, received = Packets(), bytearray()
        with contextlib.suppress(OSError, ValueError):
            while data := self._socket.recv(CHUNK):
                received += data
                while len(received) >= _DOCKER_HEAD.size:
                    stream, length = _DOCKER_HEAD.unpack_from(received)
                    if len(received) < _DOCKER_HEAD.size + length:
                        break
                    body = bytes(received[_DOCKER_HEAD.size : _DOCKER_HEAD.size + length])
                    del received[: _DOCKER_HEAD.size + length]
                    if stream == _STDERR:
                        self._words += body[: OUTPUT_KEPT - len(self._words)]
                        continue
                    for channel, content in packets.feed(body):
                        self._take(channel, content)
        self._answers.put(None)
        if self._run is not None:
            self._run.hang_up()

    def _take(self, channel: Channel, content: bytes) -> None:
        if channel is Channel.CONTROL:
            self._answers.put(json.loads(content))
        elif self._run is not None:
            self._run.take(channel, content)

    def send(self, channel: Channel, data: bytes | memoryview) -> None:
        """Send one packet to the container; raise SandboxError when it is gone."""
        try:
            with self._sending:
                self._socket.sendall(packet(channel, data))
        except OSError as error:
            raise SandboxError(f"docker: the container is gone: {error}") from error

    def ask(self, message: Json, seconds: float = _ANSWER_SECONDS) -> Json:
        """Ask the container's first process; raise SandboxError when it does not answer."""
        if message is not None:
            self.send(Channel.CONTROL, json.dumps(message).encode())
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise SandboxError("docker: the container does not answer") from None
        if answer is None:
            self._answers.put(None)
            words = self._words.decode(errors="replace").strip()
            raise SandboxError(f"docker: the container is gone{': ' + words if words else ''}")
        return answer

    def start(self, *, may_fork: bool = True) -> "DockerRun":
        """Start a run; the one before it must have ended."""
        if not self._is_ready:
            ready = self.ask(None, _START_SECONDS)
            if ready["library"] != library.digest():
                image = self._container.image.tags[0]
                raise SandboxError(
                    f"docker: {image} was built from another version of the judge; again: {build_command(image)}"
                )
            self._is_ready = True
        self._run = DockerRun(self)
        self.ask({"start": {"may_fork": may_fork}})
        return self._run

    def close(self) -> None:
        """Kill the container and all in it."""
        import docker

        with contextlib.suppress(docker.errors.DockerException):
            # It removes itself as soon as it ends, so it may be gone before we ask.
            self._container.remove(force=True)
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._reader.join(_ANSWER_SECONDS)
        self._attached.close()
        self._socket.close()


@dataclass(eq=False)
class DockerRun:
    """One run in a container; its stream is relayed, so no memory can be shared with it."""

    session: DockerSession
    stream: socket.socket = field(init=False)
    area: None = None
    descriptors: Sequence[int] = ()
    _inside: socket.socket = field(init=False)
    _sent: "queue.SimpleQueue[bytes]" = field(default_factory=queue.SimpleQueue, init=False)
    _sent_bytes: int = field(default=0, init=False)
    _printed: bytearray = field(default_factory=bytearray, init=False)
    _printed_bytes: int = field(default=0, init=False)
    _peak_mib: float = field(default=0.0, init=False)
    _next_look: float = field(default=0.0, init=False)
    _ending: Ending | None = field(default=None, init=False)
    _is_over: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Begin to pass on what the caller writes and what the run sends."""
        self.stream, self._inside = socket.socketpair()
        for work in (self._pass_on, self._deliver):
            threading.Thread(target=work, name="docker run", daemon=True).start()

    def _pass_on(self) -> None:
        with contextlib.suppress(OSError, SandboxError):
            while data := self._inside.recv(CHUNK):
                self.session.send(Channel.STREAM, data)

    def _deliver(self) -> None:
        """Write what the run sent to a caller that may not be reading, off the thread that takes the answers."""
        with contextlib.suppress(OSError):
            while content := self._sent.get():
                self._inside.sendall(content)
                self._sent_bytes -= len(content)
            self._inside.shutdown(socket.SHUT_WR)

    def take(self, channel: Channel, content: bytes) -> None:
        """Take what the run sent or printed."""
        if channel is Channel.STREAM:
            self._sent_bytes += len(content)
            # More than one frame waits only where no frame was asked for.
            if self._sent_bytes <= HEADER_CAP + BODY_CAP:
                self._sent.put(content)
        elif channel is Channel.HANGUP:
            self.hang_up()
        else:
            self._printed_bytes += len(content)
            self._printed += content[: max(0, OUTPUT_KEPT - len(self._printed))]

    def hang_up(self) -> None:
        """Let the caller see that the run has closed its stream."""
        self._sent.put(b"")

    def attend(self) -> None:
        """End the run when it is past a limit."""
        now = time.monotonic()
        if self._is_over or (now < self._next_look and not self._is_flooded):
            return
        self._next_look = now + _LOOK_SECONDS
        if self._is_flooded:
            self._finish(Stop.OUTPUT)
            return
        used = self._measure()
        if used["is_out_of_memory"] or self._peak_mib > self.session.limits.memory_mib:
            self._finish(Stop.MEMORY)
        elif used["cpu_seconds"] > self.session.limits.cpu_seconds:
            self._finish(Stop.CPU)

    @property
    def _is_flooded(self) -> bool:
        return self._printed_bytes > self.session.limits.output_kib << 10

    def _measure(self) -> Json:
        used = self.session.ask({"usage": True})
        self._peak_mib = max(self._peak_mib, used["memory_mib"])
        return used

    def usage(self) -> Usage:
        """Measure by the CPU clock of the run's first process, exact as long as it cannot fork."""
        used = self._measure()
        return Usage(used["clock_seconds"], self._peak_mib)

    def end(self) -> Ending:
        """End the run, if it is not over yet; raise SandboxError when the container died under it."""
        return self._ending or self._finish(Stop.ENDED)

    def _finish(self, stop: Stop) -> Ending:
        if self._is_over:
            raise SandboxError("docker: the container is gone")
        self._is_over = True
        # Whatever the run still sends must not keep the reader from the answer.
        self.stream.close()
        with contextlib.suppress(OSError):
            self._inside.shutdown(socket.SHUT_RDWR)
        try:
            answer = self.session.ask({"end": True})
        except SandboxError:
            self.session.close()
            raise
        finally:
            self._sent.put(b"")
            self._inside.close()
        self._peak_mib = max(self._peak_mib, answer["memory_mib"])
        if stop is Stop.ENDED and answer["is_out_of_memory"]:
            stop = Stop.MEMORY
        status = answer["status"]
        if stop is Stop.ENDED and answer["own_end"]:
            stop = Stop.EXITED if status >= 0 else Stop.KILLED
        if not answer["is_clean"]:
            self.session.close()
        usage = Usage(answer["cpu_seconds"], self._peak_mib)
        self._ending = Ending(stop, abs(status), usage, self._printed.decode(errors="replace"))
        return self._ending
