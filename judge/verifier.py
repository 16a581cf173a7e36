"""A process of its own that verifies one pack, for whoever holds secrets: `python -m judge.verifier`.

It reads an order from standard input and writes the defects it found to
standard output, both JSON. What an author wrote is parsed here to make trials
of it, so a source that breaks the parser breaks this process only; suites run
in jailed graders that it starts.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from judge.errors import JudgeError

_MEMORY_MIB = 4096
_START_SECONDS = 60.0
_LOOK_SECONDS = 0.5
_DEFECTS_CAP = 100
_TEXT_CAP = 500
_ANSWER_CAP = 1 << 20


@dataclass(frozen=True, slots=True)
class Order:
    """A pack to verify: on so many seeds, within so many seconds, each trial within `patience_seconds`."""

    slug: str
    version: str
    files: dict[str, str]
    seeds: int = 2
    seconds: float = 900.0
    patience_seconds: float = 60.0


class Abandoned(JudgeError):
    """The verification was given up before it was done."""


def verify(order: Order, is_wanted: Callable[[], bool] = lambda: True) -> list[str]:
    """Have a pack verified in a process without secrets; return its defects, none for one that holds.

    Raises Abandoned as soon as `is_wanted` says no, JudgeError when verifying is not possible here.
    """
    with (
        tempfile.TemporaryFile() as asked,
        tempfile.TemporaryFile() as answered,
        # Ours, so that nothing is left of one that is killed.
        tempfile.TemporaryDirectory(prefix="judge-verifier-") as folder,
    ):
        asked.write(json.dumps(asdict(order)).encode())
        asked.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "judge.verifier"],
            stdin=asked,
            stdout=answered,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "TMPDIR": folder},
            process_group=0,
        )
        try:
            is_late = not _wait(process, order.seconds + order.patience_seconds + _START_SECONDS, is_wanted)
        finally:
            _kill(process)
        if is_late:
            return [f"verifying it took longer than {order.seconds:g} seconds"]
        answered.seek(0)
        return _understood(answered.read(_ANSWER_CAP), process.returncode)


def _wait(process: "subprocess.Popen[bytes]", seconds: float, is_wanted: Callable[[], bool]) -> bool:
    """Wait for a process; tell whether it ended in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not is_wanted():
            raise Abandoned("the verification is not wanted any more")
        try:
            process.wait(_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return True
    return False


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill what is left of a verification; its jails die with it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _understood(answer: bytes, status: int) -> list[str]:
    try:
        tree: Mapping[str, object] = msgspec.json.decode(answer, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return [f"verifying it failed: its sources cannot be parsed, or there was not enough memory (status {status})"]
    if "failure" in tree:
        raise JudgeError(str(tree["failure"]))
    return msgspec.convert(tree.get("defects"), list[str])


def main() -> None:
    """Verify as standard input says."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_MIB << 20,) * 2)
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    try:
        answer: object = {"defects": _defects(order)}
    except JudgeError as error:
        answer = {"failure": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _defects(order: Order) -> list[str]:
    from judge.bootstrap import jailed_graders, measure_scale, open_broker
    from judge.errors import ProblemError
    from judge.packs import problem_of, write_files
    from judge.verification import Verification

    scale, until = measure_scale(), time.monotonic() + order.seconds

    def watch_the_clock(*_: object) -> None:
        if time.monotonic() > until:
            raise ProblemError(f"verifying it took longer than {order.seconds:g} seconds")

    with tempfile.TemporaryDirectory() as root, jailed_graders(order.patience_seconds) as graders:
        folder = Path(root) / "private" / order.slug
        try:
            write_files(order.files, folder)
            problem = problem_of(order.files, folder)
        except ProblemError as error:
            return [str(error)]
        with open_broker(problem, scale) as broker:
            verification = Verification([problem], order.seeds, watch_the_clock, graders=graders, pack=order.version)
            try:
                found = [defect.what for defect in verification.run(broker, 1, scale)]
            except ProblemError as error:
                found = [str(error)]
    return [line.replace(f"{folder}/", "")[:_TEXT_CAP] for line in found[:_DEFECTS_CAP]]


if __name__ == "__main__":
    main()
