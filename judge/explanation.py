"""Says in plain words why a case failed, from the facts of its attempt."""

from typing import Any

import numpy as np

from judge.attempts import Attempt
from judge.errors import Over, SubmissionError
from judge.remote import Remote, type_name_of
from judge.report import Race
from judge.values import to_json, to_line
from judge.verdict import Verdict
from sandbox.contract import Ending, Limits, Stop

_SIGNALS = {
    4: "illegal instruction",
    6: "abort",
    7: "bus error",
    9: "kill",
    11: "segmentation fault",
    31: "a forbidden system call",
}


def explain(attempt: Attempt, limits: Limits, race: Race | None) -> str:
    """Return the message for an attempt that was not accepted; empty for one that was."""
    verdict = attempt.verdict
    if verdict is Verdict.AC:
        return ""
    ending = attempt.ending
    if ending is not None and ending.stop in _LIMITS:
        return _LIMITS[ending.stop].format(limits=limits)
    if attempt.over is not None and ending is not None:
        return _broken_off(attempt, ending, limits)
    if attempt.raised is not None:
        return explain_exception(attempt.raised)
    if attempt.finding is not None:
        return attempt.finding.message + _came_as(attempt)
    if race is not None:
        return slower_than_allowed(race)
    return ""


_LIMITS = {
    Stop.CPU: "It used more than {limits.cpu_seconds:g} s of CPU time and was stopped; does a loop never end?",
    Stop.MEMORY: "It used more than {limits.memory_mib} MiB of memory and was stopped.",
    Stop.OUTPUT: "It printed more than {limits.output_kib} KiB and was stopped.",
}


def _broken_off(attempt: Attempt, ending: Ending, limits: Limits) -> str:
    during = (
        f" during {attempt.transcript.calls[-1].expression}(…)" if attempt.transcript.calls else " while it was loaded"
    )
    if attempt.over is Over.WALL:
        return f"No answer{during}: {limits.wall_seconds:g} s of waiting were used up."
    if attempt.over is Over.MALFORMED:
        return f"Its process sent something that is not an answer{during}."
    if ending.stop is Stop.KILLED:
        meaning = _SIGNALS.get(ending.status, "see man 7 signal")
        return f"Its process was ended by signal {ending.status} ({meaning}){during}."
    return f"Its process ended (exit status {ending.status}){during}, before it gave an answer."


def explain_exception(error: SubmissionError) -> str:
    """Return what an exception of the submission says, with advice where the reason is known."""
    if error.type_name == "ModuleNotFoundError" and "sklearn" in error.message:
        return f"{error}. scikit-learn is not here: the point is to write the algorithm from scratch with NumPy."
    if error.type_name == "ModuleNotFoundError":
        return f"{error}. Only the standard library and the distributions that the problem names can be imported."
    if "MemoryError" in error.bases:
        return f"{error}. The memory limit was reached."
    return str(error)


def _came_as(attempt: Attempt) -> str:
    """Tell which call gave the answer, and its shape and dtype."""
    finding = attempt.finding
    if finding is None or finding.actual is None:
        return ""
    source = attempt.transcript.source_of(finding.actual)
    return f". {source} gave {_kind(finding.actual)}" if source else ""


def _kind(value: Any) -> str:
    if isinstance(value, Remote):
        return f"an object of type {type_name_of(value)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    return f"a {type(value).__name__}"


def slower_than_allowed(race: Race) -> str:
    """Return how a lost race went."""
    return (
        f"The answers are right, but took {race.ratio:.3g} times the rival's CPU time "
        f"(between {race.low:.3g} and {race.high:.3g}); at most {race.limit:g} times is allowed."
    )


def inputs_of(attempt: Attempt) -> str:
    """Return the arguments that a search or a ladder of sizes arrived at."""
    return ", ".join(f"{name} = {to_line(to_json(value))}" for name, value in attempt.arguments.items())
