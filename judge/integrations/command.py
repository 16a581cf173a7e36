"""Runs the `judge` command for tools whose process a stranger's code may share.

Nothing else of this project is imported here: what is decided, and what runs
submitted code, is the command's own process.
"""

import json
import subprocess
import sys
from typing import Any

Json = Any
_START = "from judge.cli import main; main()"
# The exit codes of what was judged, accepted or not.
JUDGED = (0, 1)


class CommandFailed(Exception):
    """The command did not judge; its text is what it said."""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `judge` with arguments, on a safe path: a folder named judge beside the caller is not taken for ours."""
    command = [sys.executable, "-P", "-c", _START, *arguments]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False
    )


def ask(*arguments: str) -> Json:
    """Run `judge` and return the JSON that it prints; raise CommandFailed where it could not judge."""
    done = run(*arguments)
    if done.returncode not in JUDGED:
        raise CommandFailed(done.stderr.strip() or f"judge ended with code {done.returncode}")
    return json.loads(done.stdout)
