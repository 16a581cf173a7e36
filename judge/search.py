"""Looks for the smallest failing input: up a ladder of sizes, or with Hypothesis; each example on a fresh run."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

from judge.attempts import Attempt, Contender, attempt_case, generator
from judge.suite import Case
from judge.verdict import Verdict

_SHRINK_CALLS = 150
_SHRINK_SECONDS = 5.0
# Hypothesis seeds the generators of the whole process around an example: one search at a time.
_ONE_SEARCH = threading.Lock()


class _Enough(BaseException):
    """The search has used up its time, or met an example that must not be tried again."""


class _Failed(Exception):
    """An example failed in a way that a smaller example may show too."""


def warm_up() -> None:
    """Have Hypothesis read now, once for all forks, what the first search of a process makes it read: all modules."""
    import hypothesis
    from hypothesis import strategies

    # The constants of all loaded modules are looked up at the first number that is drawn from them: one in twenty.
    @hypothesis.settings(max_examples=100, derandomize=True, database=None, phases=(hypothesis.Phase.generate,))
    @hypothesis.given(strategies.integers())
    def search_nothing(_: int) -> None:
        """Take any number."""

    search_nothing()


def climb(contender: Contender, case: Case, seed: int) -> Attempt:
    """Attempt a case at each of its sizes, small to large, and return the first failure or the last attempt.

    All sizes together have one budget of waiting.
    """
    first, *more = [{"size": size} for size in case.sizes] or [{}]
    attempt = attempt_case(contender, case, seed, first)
    for arguments in more:
        if attempt.verdict is not Verdict.AC:
            break
        before = attempt
        attempt = attempt_case(contender.after(before.waited_seconds), case, seed, arguments)
        attempt.waited_seconds += before.waited_seconds
        attempt.notes.take_in(before.notes)
    return attempt


def search(contender: Contender, case: Case, seed: int, *, shrink: bool = True) -> Attempt:
    """Return the smallest failing attempt that was found, or the last one, which passed.

    Without `shrink` it is the first failing one.

    An example that kills its process or runs out of time ends the search: no
    shrinking by repeated time-outs.
    """
    examiner = _Examiner(contender, case, seed, _SHRINK_CALLS if shrink else 0)
    try:
        with _ONE_SEARCH:
            _hypothesis_test(case, seed, examiner.examine)()
    except (_Enough, _Failed):
        pass
    except Exception as error:
        # An example that failed once and passed on repetition: the answers are not deterministic.
        if type(error).__name__ not in ("FlakyFailure", "Flaky", "FlakyReplay", "ExceptionGroup"):
            raise
    return examiner.result


class _Examiner:
    """Tries examples and remembers the smallest that failed."""

    def __init__(self, contender: Contender, case: Case, seed: int, calls: int) -> None:
        self._contender = contender
        self._case = case
        self._seed = seed
        self._failed: Attempt | None = None
        self._last: Attempt | None = None
        self._calls_left = calls
        self._until = float("inf")
        self._waited = 0.0

    @property
    def result(self) -> Attempt:
        attempt = self._failed or self._last
        if attempt is None:
            raise RuntimeError(f"{self._case.name}: no example was drawn; its strategies are too narrow")
        return attempt

    def examine(self, **drawn: Any) -> None:
        if self._failed is not None:
            self._calls_left -= 1
            if self._calls_left < 0 or time.monotonic() > self._until:
                raise _Enough
        contender = self._contender.after(self._waited)
        attempt = attempt_case(contender, self._case, self._seed, drawn)
        self._waited += attempt.waited_seconds
        attempt.waited_seconds = self._waited
        if self._last is not None:
            attempt.notes.take_in(self._last.notes)
        self._last = attempt
        if attempt.verdict is Verdict.AC:
            return
        if self._failed is None:
            self._until = time.monotonic() + _SHRINK_SECONDS
        if self._failed is None or _size(attempt) <= _size(self._failed):
            self._failed = attempt
        if attempt.over is not None or attempt.verdict not in (Verdict.WA, Verdict.RTE):
            raise _Enough
        raise _Failed


def _size(attempt: Attempt) -> tuple[int, int]:
    text = repr(attempt.arguments)
    return sum(getattr(value, "size", 1) for value in attempt.arguments.values()), len(text)


def _hypothesis_test(case: Case, seed: int, examine: Callable[..., None]) -> Callable[[], None]:
    import hypothesis
    from hypothesis import strategies

    if case.given is None:
        raise RuntimeError(f"{case.name} has nothing to search over")
    settings = hypothesis.settings(
        max_examples=case.examples,
        database=None,
        deadline=None,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
        suppress_health_check=list(hypothesis.HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=hypothesis.Verbosity.quiet,
    )
    # Hypothesis reseeds the global generator around examples and hands it back as it was.
    random.seed(seed)
    own_seed = int(generator(seed, case.name).integers(2**32))
    test = hypothesis.given(**case.given(strategies))(examine)
    return settings(hypothesis.seed(own_seed)(test))
