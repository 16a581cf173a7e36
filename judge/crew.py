"""Several graders at work on one list, for whoever has thousands of submissions to judge."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from queue import SimpleQueue
from typing import Self, TypeVar

from judge.judging import Judge
from sandbox.broker import Broker

Item = TypeVar("Item")
Done = TypeVar("Done")


class Crew:
    """So many graders with one broker; use it as a context manager."""

    def __init__(self, broker: Broker, workers: int, scale: float = 1.0) -> None:
        """Get sessions from `broker`; `scale` stretches time limits on slow machines."""
        self._broker = broker
        self._workers = workers
        self._scale = scale
        self._opened = ExitStack()
        self._free: SimpleQueue[Judge] = SimpleQueue()

    def __enter__(self) -> Self:
        """Start the graders."""
        for _ in range(self._workers):
            self._free.put(self._opened.enter_context(Judge(self._broker, self._scale)))
        return self

    def __exit__(self, *_: object) -> None:
        """Close the graders."""
        self._opened.close()

    def run(self, work: Callable[[Judge, Item], Done], items: Iterable[Item]) -> Iterator[tuple[Item, Done]]:
        """Yield each item with what `work` makes of it, as soon as it is done; what `work` raises is raised here."""

        def do(item: Item) -> tuple[Item, Done]:
            judge = self._free.get()
            try:
                return item, work(judge, item)
            finally:
                self._free.put(judge)

        pool = ThreadPoolExecutor(self._workers, "crew")
        try:
            for future in as_completed([pool.submit(do, item) for item in items]):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)
