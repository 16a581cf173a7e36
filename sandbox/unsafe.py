"""No isolation: the worker as a plain child process with resource limits, for one's own code only."""

import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.local import VARIABLES, LocalSession, worker_config
from sandbox.mounts import base_interpreter, distribution_entries


@dataclass(frozen=True, slots=True)
class Unsafe:
    """Opens sessions that can read and write whatever their user can."""

    name: str = "unsafe"
    is_isolated: bool = False

    def open(self, limits: Limits, environment: Environment) -> LocalSession:
        """Begin a session in a folder of its own."""
        entries = [entry for name in environment.distributions for entry in distribution_entries(name)]
        folder = Path(tempfile.mkdtemp(prefix="judge-unsafe-"))
        scratch, distributions = folder / "scratch", folder / "distributions"
        scratch.mkdir()
        distributions.mkdir()
        for source, path in entries:
            (distributions / path).parent.mkdir(exist_ok=True)
            (distributions / path).symlink_to(source)
        outer, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with inner:
            config = worker_config(
                limits,
                inner.fileno(),
                uid=None,
                parent=os.getpid(),
                preload=environment.preload,
                library=str(Path(__file__).parent.parent),
                distributions=str(distributions),
                scratch=str(scratch),
            )
            worker = str(Path(__file__).with_name("worker.py"))
            try:
                process = subprocess.Popen(
                    [base_interpreter(), "-P", "-s", "-S", "-B", worker, config],
                    pass_fds=(inner.fileno(),),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env=VARIABLES,
                    start_new_session=True,
                )
            except OSError as error:
                shutil.rmtree(folder)
                raise SandboxError(f"unsafe: the interpreter does not start: {error}") from error
        return LocalSession(
            process, outer, limits, lambda: process.pid, lambda: shutil.rmtree(folder, ignore_errors=True)
        )
