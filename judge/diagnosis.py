"""Names the mistake: does the submission answer like one of the problem's known wrong solutions?"""

import ast
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from judge.attempts import Attempt, Contender
from judge.transcript import Transcript

# On a machine of ordinary speed: whoever waits for a report waits no longer for this part of it.
SECONDS = 2.0
# Beside the answers' own scale: what rounding and another order of summation explain.
_SAME = 1e-6
# A mistake must be this many times nearer than the right answer.
_NEARER = 100.0

Replay = Callable[[Contender], Attempt]


@dataclass(frozen=True, slots=True)
class KnownMistake:
    """A wrong solution that a problem ships."""

    name: str
    explanation: str
    source: str


def known_mistakes(folder: Path) -> list[KnownMistake]:
    """Return a problem's wrong solutions, explained by the first line of their docstrings."""
    found = []
    for path in sorted((folder / "solutions" / "wrong_answer").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        text = ast.get_docstring(ast.parse(source)) or ""
        found.append(KnownMistake(path.stem, text.split("\n")[0], source))
    return found


def diagnose(
    failed: Attempt,
    replay: Replay,
    right: Contender,
    wrong: list[tuple[KnownMistake, Contender]],
    seconds: float = SECONDS,
) -> KnownMistake | None:
    """Return the one known mistake that explains a failed attempt, if exactly one does.

    `replay` repeats the failed case on another contender. Only calls where the
    mistake differs from the right answer say anything about it. None, too, when
    `seconds` are over before every mistake had its turn.
    """
    until = time.monotonic() + seconds
    truth = _answers(replay(right).transcript)
    mine = _answers(failed.transcript)
    matching = []
    for mistake, contender in wrong:
        if time.monotonic() > until:
            return None
        if _is_like(mine, _answers(replay(contender).transcript), truth):
            matching.append(mistake)
    return matching[0] if len(matching) == 1 else None


def _answers(transcript: Transcript) -> list[Any]:
    answers: list[Any] = []
    for call in transcript.calls:
        try:
            made = np.asarray(call.returned, dtype=float)
        except (TypeError, ValueError):
            continue
        answers.append(made)
    return answers


def _is_like(mine: list[Any], mistake: list[Any], truth: list[Any]) -> bool:
    told_apart = False
    for own, wrong, right in zip(mine, mistake, truth, strict=False):
        scale = max(largest(right), largest(wrong), np.finfo(float).tiny)
        to_truth = distance(wrong, right) / scale
        if to_truth <= _SAME:
            continue
        told_apart = True
        to_mistake = distance(own, wrong) / scale
        if to_mistake > min(_SAME, to_truth / _NEARER):
            return False
    return told_apart


def largest(answer: Any) -> float:
    """Return the largest finite magnitude of an array, 0 where there is none."""
    finite = np.abs(answer[np.isfinite(answer)])
    return float(finite.max(initial=0.0))


def distance(first: Any, second: Any) -> float:
    """Return the largest difference between two arrays, inf for other shapes and for NaN beside a number."""
    if first.shape != second.shape:
        return float("inf")
    same = (first == second) | (np.isnan(first) & np.isnan(second))
    with np.errstate(invalid="ignore"):
        gaps = np.where(same, 0.0, np.abs(first - second))
    largest = float(gaps.max(initial=0.0))
    return float("inf") if np.isnan(largest) else largest
