"""What the attacks are judged with: their text, and k-means under short limits."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from judge.problem import LimitTable, Problem

HONEST = (Path(__file__).parent / "honest.py").read_text(encoding="utf-8")
# Short limits keep the tests short; what they show does not depend on the numbers.
LIMITS = LimitTable(wall_seconds=3.0, cpu_seconds=2.0, memory_mib=256)
# The clock on the wall runs while other tests work, so that it is short only for what has to be stopped by it.
PATIENT_LIMITS = msgspec.structs.replace(LIMITS, wall_seconds=15.0)


@pytest.fixture(scope="session")
def strict_kmeans(kmeans: Problem) -> Problem:
    """Return k-means with short limits."""
    return _limited(kmeans, LIMITS)


@pytest.fixture(scope="session")
def patient_kmeans(kmeans: Problem) -> Problem:
    """Return k-means with short limits, but for the time that an answer may take."""
    return _limited(kmeans, PATIENT_LIMITS)


def _limited(problem: Problem, limits: LimitTable) -> Problem:
    return replace(problem, description=msgspec.structs.replace(problem.description, limits=limits))


@pytest.fixture(scope="session")
def text_of() -> Callable[[Path], str]:
    """Return a function that gives an attack's text, with the honest solution in front where it builds on that.

    A submission is one file, and its jail has nothing to import it from: so the text itself is put there.
    """

    def text(attack: Path) -> str:
        source = attack.read_bytes().decode()
        return f"{HONEST}\n\n{source}" if "Honest" in source else source

    return text
