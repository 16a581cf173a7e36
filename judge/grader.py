"""The grader's process: has the scientific stack imported, forks one child for each submission.

Started by a door with connected sockets and no secrets: one to the door, and
one to the broker for each of its lanes. It is the only process that loads
suites, and it reaches jails through the broker alone.
"""

import contextlib
import gc
import os
import shutil
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from judge.errors import JudgeError, UsageError
from judge.grading import Grading
from judge.lanes import Lane
from judge.messages import Request, lines, send_line
from judge.packs import write_files
from judge.search import warm_up
from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.link import BrokerLink, RemoteSession

# In a jail, where alone files come along, this is a folder of its own; it holds one problem at a time.
_PACK = Path("/tmp/problem")  # noqa: S108 - the jail's own

_RIVALS_KEPT = 2

Json = Any
Sessions = dict[tuple[Limits, Environment], RemoteSession]


def main(door: socket.socket, *brokers: socket.socket) -> None:
    """Serve requests until the door hangs up."""
    # An interrupt at the terminal reaches the whole group; the door decides, and hangs up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Values decide, warnings never: what a suite computes from absurd answers may overflow.
    np.seterr(all="ignore")
    warnings.simplefilter("ignore")
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        # A door that died needs no answer.
        _serve(door, [BrokerLink(broker) for broker in brokers])


def _serve(door: socket.socket, links: Sequence[BrokerLink]) -> None:
    # A rival is our own code, so its session, which takes long to make, serves all submissions.
    rivals: Sessions = {}
    for count, tree in enumerate(lines(door)):
        if count == 1:
            # Whoever asks twice will ask for searches too; the first answer should not wait for this.
            import judge.clauses  # noqa: F401 - for the children

            warm_up()
            # The children's collections need not walk, and copy, what is here to stay.
            gc.freeze()
        request = _unpacked(Request.from_json(tree))
        lanes = [Lane(link, request.limits, request.environment) for link in links]
        try:
            # This process owns these sessions: it outlives the child that grades, and can close them.
            sessions = _rivals(links[0], rivals, request) | {(request.limits, request.environment): lanes[0].session}
        except SandboxError as error:
            send_line(door, {"failure": str(error)})
            continue
        pid = os.fork()
        if pid == 0:
            _grade(door, request, sessions, lanes)
        _, status = os.waitpid(pid, 0)
        if status != 0:
            # Killed in the middle of a message to the door or the broker, perhaps: the door starts us anew.
            return
        lanes[0].close()
        if _PACK.exists():
            shutil.rmtree(_PACK, ignore_errors=True)


def _unpacked(request: Request) -> Request:
    """Return a request whose problem lies in a folder that can be read: files that came along are written down."""
    if not request.files:
        return request
    folder = _PACK / request.problem
    write_files(request.files, folder)
    return replace(request, folder=str(folder), files={})


def _rivals(link: BrokerLink, rivals: Sessions, request: Request) -> Sessions:
    """Return the rivals' sessions, with that of this request if it has a race."""
    if request.rival is not None and "runtime" in request.groups:
        key = (request.limits, request.rival)
        # The latest last; each session that is kept is a jail that can hold memory.
        kept = rivals.pop(key, None)
        if len(rivals) >= _RIVALS_KEPT:
            rivals.pop(next(iter(rivals))).close()
        rivals[key] = kept or link.open(*key)
    return rivals


def _grade(door: socket.socket, request: Request, sessions: Sessions, lanes: Sequence[Lane]) -> None:
    """Grade in the child, and never return from it."""
    status = 1
    try:
        grading = Grading(
            request,
            lambda event: send_line(door, event),
            lambda limits, environment: sessions.get((limits, environment)) or lanes[0].open(limits, environment),
            lanes,
        )
        try:
            send_line(door, {"report": grading.grade()})
        except UsageError as error:
            send_line(door, {"refusal": str(error)})
        except (JudgeError, SandboxError) as error:
            send_line(door, {"failure": str(error)})
        except Exception:  # noqa: BLE001 - whatever a suite does wrong is a failure of ours, and is reported as one
            send_line(door, {"failure": traceback.format_exc(limit=-4)})
        for lane in lanes[1:]:
            lane.close()
        status = 0
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    main(*(socket.socket(fileno=int(number)) for number in sys.argv[1:]))
