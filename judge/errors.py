"""The errors of the judge; a learner's mistake is never one of them, it is a verdict.

Exception
├── JudgeError                the judge could not do its work
│   ├── UsageError            what was asked for does not exist or does not make sense
│   └── ProblemError          a problem's folder is not as it must be
├── SubmissionError           the submission's code raised (what a suite's call sees)
└── Finding                   a check says that an answer is wrong (in `judge.agreement`)
BaseException
├── RunOver                   the submission's process is gone or out of time
└── sandbox.errors.SandboxError

The last two derive from `BaseException`: a search for the smallest failing
input would otherwise go on with a dead process.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class JudgeError(Exception):
    """The judge could not do its work; the message says what to do."""


class UsageError(JudgeError):
    """What was asked for does not exist or does not make sense."""


class ProblemError(JudgeError):
    """A problem's folder is not as it must be; the message names file, place and mend."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a traceback through the submission."""

    number: int
    function: str
    text: str


class SubmissionError(Exception):
    """An exception that the submission raised, as plain data."""

    def __init__(self, type_name: str, bases: tuple[str, ...], message: str, lines: tuple[Line, ...]) -> None:
        """Keep the exception's type by name, the names of all its bases, and the submission's own lines."""
        super().__init__(f"{type_name}: {message}" if message else type_name)
        self.type_name = type_name
        self.bases = bases
        self.message = message
        self.lines = lines


class Over(StrEnum):
    """Why a conversation with a run cannot go on."""

    GONE = "gone"
    WALL = "wall"
    MALFORMED = "malformed"


class RunOver(BaseException):
    """The run is gone, answers nonsense, or kept its caller waiting too long."""

    def __init__(self, over: Over, detail: str = "") -> None:
        """Say why; the ending's facts come from the broker."""
        super().__init__(detail or str(over))
        self.over = over


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence with the nearest names, or nothing."""
    import difflib

    near = difflib.get_close_matches(word.lower(), list(known), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(near)}?" if near else ""
