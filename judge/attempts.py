"""One attempt at a case: a fresh run, the case's function, and the facts of what happened."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from judge.agreement import Finding, Ledger, ledger
from judge.errors import Over, RunOver, SubmissionError
from judge.remote import Conversation, LoadError
from judge.suite import Case
from judge.transcript import Transcript
from judge.verdict import Execution, Verdict, of_case
from sandbox.contract import Ending
from sandbox.link import RemoteRun

COPY_HINT = "Copy an array before you change it: X = X - mean makes a new one, X -= mean does not."
# Enough to load a source and be told of the time-out by a call.
_LEAST_SECONDS = 0.05


class StartsRuns(Protocol):
    """What an attempt wants of a session."""

    def start(self, *, may_fork: bool = True) -> RemoteRun:
        """Start a run; with `may_fork=False` it can create no process."""
        ...


@dataclass(frozen=True, slots=True)
class Contender:
    """A source text and the session that its runs are started in; `on_calls` is told the calls of every attempt."""

    session: StartsRuns
    source: str
    name: str
    wall_seconds: float
    on_calls: Callable[[Transcript], None] = lambda _: None

    def after(self, waited_seconds: float) -> "Contender":
        """Return the contender with what is left of its budget of waiting."""
        return replace(self, wall_seconds=max(self.wall_seconds - waited_seconds, _LEAST_SECONDS))


@dataclass(slots=True)
class Attempt:
    """What happened; `ending` is None only while the attempt goes on."""

    transcript: Transcript
    arguments: dict[str, Any] = field(default_factory=dict)
    finding: Finding | None = None
    raised: SubmissionError | None = None
    over: Over | None = None
    ending: Ending | None = None
    notes: Ledger = field(default_factory=Ledger)
    waited_seconds: float = 0.0
    is_slower_than_allowed: bool = False

    @property
    def execution(self) -> Execution:
        """Return the facts that a verdict is made from."""
        if self.ending is None:
            return Execution(self.over, raised=self.raised, is_slower_than_allowed=self.is_slower_than_allowed)
        return Execution(self.over, self.ending.stop, self.raised, self.is_slower_than_allowed)

    @property
    def verdict(self) -> Verdict:
        """Return the verdict that the facts give."""
        return of_case(self.execution, has_finding=self.finding is not None)


def generator(seed: int, name: str, *more: int) -> np.random.Generator:
    """Return the generator of a case at a seed."""
    return np.random.default_rng([seed, zlib.crc32(name.encode()), *more])


@contextmanager
def conversation(
    contender: Contender, *, timed: bool = False, watched: bool = True
) -> Iterator[tuple[Attempt, Conversation, RemoteRun]]:
    """Start a run of a contender and end it after the block; what the block raises becomes facts.

    A timed run can create no processes. Its arguments, and those of one that is
    not `watched`, are not compared before and after calls.
    """
    run = contender.session.start(may_fork=not timed)
    talk = Conversation(run, contender.wall_seconds, watch=watched and not timed)
    attempt = Attempt(talk.transcript)
    try:
        with ledger() as attempt.notes:
            yield attempt, talk, run
    except Finding as finding:
        attempt.finding = finding
    except (AttributeError, TypeError) as error:
        attempt.finding = _misused(error, talk.transcript)
        if attempt.finding is None:
            raise
    except SubmissionError as error:
        attempt.raised = error
    except LoadError as error:
        attempt.raised = error.cause
    except RunOver as error:
        attempt.over = error.over
    finally:
        attempt.waited_seconds = talk.waited_seconds
        attempt.ending = run.end()


def _misused(error: AttributeError | TypeError, transcript: Transcript) -> Finding | None:
    """Return what a suite found out by using an answer as what it is not: a model that is none, data as a method."""
    if isinstance(error, AttributeError):
        giver = transcript.giver_of(error.obj)
        if giver is None:
            return None
        kind = "None" if error.obj is None else f"a {type(error.obj).__name__}"
        if giver.expression.endswith(".fit"):
            return Finding(f"fit returned {kind}; it must return the model", hint="End fit with `return self`.")
        return Finding(f"{giver.expression} gave {kind}, which has no {error.name}", actual=error.obj)
    last = transcript.calls[-1] if transcript.calls else None
    if last is None or last.arguments is not None or "is not callable" not in str(error):
        return None
    return Finding(f"{last.expression} is a {type(last.returned).__name__} and cannot be called", actual=last.returned)


def attempt_case(contender: Contender, case: Case, seed: int, arguments: dict[str, Any]) -> Attempt:
    """Run a case's function once on a fresh run of the contender."""
    with conversation(contender) as (attempt, talk, _):
        attempt.arguments = arguments
        submission, _ = talk.load(contender.source, contender.name, seed)
        case.function(submission, generator(seed, case.name), **arguments)
        if case.leaves_inputs_alone:
            refuse_changes(talk.changed)
    contender.on_calls(attempt.transcript)
    return attempt


def refuse_changes(changed: set[str]) -> None:
    """Raise a finding when a submission changed what is the caller's."""
    if changed:
        raise Finding(f"it changed {', '.join(sorted(changed))}", hint=COPY_HINT)


def load_only(contender: Contender, seed: int) -> tuple[Attempt, list[str]]:
    """Load the contender's source and return the public names it defines."""
    names: list[str] = []
    with conversation(contender) as (attempt, talk, _):
        _, names = talk.load(contender.source, contender.name, seed)
    return attempt, names
