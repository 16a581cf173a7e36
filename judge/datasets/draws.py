"""Drawing until the data shows what a case is there for."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_TRIES = 200


def drawn_until(is_good: Callable[[T], bool], draw: Callable[[], T]) -> T:
    """Draw until `is_good`; raise RuntimeError when that never happens, which is an error of the suite."""
    for _ in range(_TRIES):
        drawn = draw()
        if is_good(drawn):
            return drawn
    raise RuntimeError(f"no suitable data in {_TRIES} draws")
