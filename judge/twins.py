"""Twins: other sources, on which a submission's calls are replayed to see how far their answers are from its own."""

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from judge.attempts import Contender, conversation
from judge.diagnosis import distance, largest
from judge.errors import SubmissionError
from judge.remote import Remote
from judge.transcript import Call, Transcript
from judge.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Digests of the calls that were replayed, distinct ones, and each twin's largest relative difference."""

    inputs: list[str]
    differences: list[float]


def compare(transcripts: list[Transcript], twins: Iterable[Contender], seed: int) -> Comparison:
    """Replay transcripts on every twin, each in one run.

    A difference is inf where a twin answers in another kind or shape, raises
    something else, or does not answer.
    """
    inputs = dict.fromkeys(digest for transcript in transcripts for digest in _inputs(transcript))
    return Comparison(list(inputs), [_difference(twin, transcripts, seed) for twin in twins])


def _difference(twin: Contender, transcripts: list[Transcript], seed: int) -> float:
    worst = 0.0
    with conversation(twin, watched=False) as (attempt, talk, _):
        module, _ = talk.load(twin.source, twin.name, seed)
        for transcript in transcripts:
            worst = max(worst, *_differences(module, transcript), 0.0)
    return worst if attempt.verdict is Verdict.AC else math.inf


def _differences(module: Remote, transcript: Transcript) -> Iterator[float]:
    """Repeat the calls of a transcript and yield how far each answer is from the one in it."""
    objects: dict[str, Any] = {"submission": module, "setattr": setattr}
    for call in transcript.calls:
        answer = _answer(objects, call)
        right = call.raised if call.raised is not None else call.returned
        if isinstance(right, Remote) and isinstance(answer, Remote):
            objects[repr(right)] = answer
        else:
            yield difference(right, answer)


def _answer(objects: dict[str, Any], call: Call) -> Any:
    name, *path = call.expression.split(".")
    try:
        # What an earlier answer that was no object would have had stays unanswered.
        target = objects.get(name)
        for step in path:
            target = getattr(target, step, None)
        if call.arguments is None or target is None:
            return target
        args, kwargs = call.arguments
        return target(*_with_objects(args, objects), **_with_objects(kwargs, objects))
    except SubmissionError as error:
        return error


def _with_objects(value: Any, objects: dict[str, Any]) -> Any:
    """Return arguments with the twin's objects in place of the submission's."""
    if isinstance(value, Remote):
        return objects[repr(value)]
    if isinstance(value, list | tuple):
        return type(value)(_with_objects(item, objects) for item in value)
    return {name: _with_objects(item, objects) for name, item in value.items()} if isinstance(value, dict) else value


def difference(right: Any, other: Any) -> float:
    """Return the largest difference between two answers, relative to the largest value of the first.

    Whole numbers and texts are equal or not comparable, which is inf.
    """
    if isinstance(right, SubmissionError) or isinstance(other, SubmissionError):
        return 0.0 if getattr(right, "type_name", 0) == getattr(other, "type_name", 1) else math.inf
    if isinstance(right, dict) and isinstance(other, dict) and right.keys() == other.keys():
        return max((difference(right[key], other[key]) for key in right), default=0.0)
    try:
        first, second = np.asarray(right), np.asarray(other)
    except ValueError:
        first = second = np.asarray(None)
    if first.dtype.kind in "biuf" and second.dtype.kind in "biuf":
        return _relative(first, second)
    if isinstance(right, list | tuple) and isinstance(other, list | tuple) and len(right) == len(other):
        return max(map(difference, right, other), default=0.0)
    return 0.0 if first.shape == second.shape and bool(np.all(first == second)) else math.inf


def _relative(first: Any, second: Any) -> float:
    gap = distance(first.astype(float), second.astype(float))
    if gap == 0.0:
        return 0.0
    is_whole = first.dtype.kind != "f" and second.dtype.kind != "f"
    return math.inf if is_whole else gap / max(largest(first.astype(float)), np.finfo(float).tiny)


def _inputs(transcript: Transcript) -> Iterator[str]:
    """Yield a digest of each call that something is computed by, with all that came before it on the same object."""
    histories: dict[str, str] = {}
    for call in transcript.calls:
        if call.arguments is None:
            continue
        owner = call.expression.partition(".")[0]
        digest = hashlib.sha256(histories.get(owner, "").encode() + call.expression.encode())
        for part in _parts(call.arguments, histories):
            digest.update(part)
        is_made = owner == "submission" and call.assigned is not None
        if call.assigned is not None:
            histories[call.assigned] = digest.hexdigest()[:16]
        if not is_made:
            yield digest.hexdigest()[:16]


def _parts(value: Any, histories: dict[str, str]) -> Iterator[bytes]:
    if isinstance(value, np.ndarray):
        yield f"{value.dtype}{value.shape}{value.flags.c_contiguous}".encode() + value.tobytes()
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _parts(item, histories)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _parts((name, item), histories)
    else:
        yield (histories.get(repr(value), "") if isinstance(value, Remote) else repr(value)).encode() + b";"
