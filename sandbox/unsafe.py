"""No isolation: the worker as a plain child process with resource limits, for one's own code only."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.filters import FOLDER, is_supported
from sandbox.local import VARIABLES, Json, LocalSession, control_pair, session_config
from sandbox.mounts import base_interpreter, distribution_entries


@dataclass(frozen=True, slots=True)
class Unsafe:
    """Opens sessions that can read and write whatever their user can."""

    name: str = "unsafe"
    is_isolated: bool = False
    limits_by: str = "degraded"

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
        outer, inner = control_pair()
        with inner:
            session = session_config(
                limits,
                parent=os.getpid(),
                scratch=[str(scratch)],
                filters=str(FOLDER) if is_supported() else "",
                is_filtered=False,
            )
            config = {
                "role": "init",
                "control": inner.fileno(),
                "session": session,
                "preload": environment.preload,
                "library": str(Path(__file__).parent.parent),
                "distributions": str(distributions),
            }
            process = self._start(config, inner, folder)

        def close() -> None:
            process.kill()
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)

        return LocalSession(outer, limits, None, close)

    def close(self) -> None:
        """Keep nothing between sessions."""

    def _start(self, config: Json, control: socket.socket, folder: Path) -> "subprocess.Popen[bytes]":
        main = str(Path(__file__).with_name("jail") / "main.py")
        try:
            return subprocess.Popen(
                [base_interpreter(), "-P", "-s", "-S", "-B", main, json.dumps(config)],
                pass_fds=(control.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=VARIABLES,
                start_new_session=True,
            )
        except OSError as error:
            shutil.rmtree(folder)
            raise SandboxError(f"unsafe: the interpreter does not start: {error}") from error
