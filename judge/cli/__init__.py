"""The command line: one module a group of verbs, each importing what it needs when it is called.

Exit codes: 0 accepted, 1 judged and not accepted, 2 usage error, 3 judge error.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from judge.errors import JudgeError, UsageError

ACCEPTED, NOT_ACCEPTED, USAGE, JUDGE_ERROR, INTERRUPTED = 0, 1, 2, 3, 130


def main() -> None:
    """Run the command line and exit with its code."""
    from judge.cli.app import app

    # Leaving by an exception closes the sandbox; the code is the shell's for an interrupt.
    signal.signal(signal.SIGINT, lambda *_: sys.exit(INTERRUPTED))
    with exit_codes():
        app(prog_name="judge")


@contextmanager
def exit_codes() -> Iterator[None]:
    """Say in one line what goes wrong in the block, and exit with its code."""
    try:
        yield
    except JudgeError as error:
        sys.stderr.write(f"judge: {error}\n")
        sys.exit(USAGE if isinstance(error, UsageError) else JUDGE_ERROR)


def problems_option(root: Path) -> str:
    """Return what a command that is proposed must say so that it finds the problems in `root`."""
    import shlex

    from judge.catalogue import BUILT_IN

    return "" if root.resolve() == BUILT_IN else f" --problems {shlex.quote(str(root))}"
