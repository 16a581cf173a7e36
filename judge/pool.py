"""Lends things that serve one at a time, such as sessions and graders, to as many threads as there are things."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from queue import SimpleQueue
from typing import Generic, TypeVar

Tool = TypeVar("Tool")
Item = TypeVar("Item")
Done = TypeVar("Done")


class Pool(Generic[Tool]):
    """Some tools, each lent to one borrower at a time."""

    def __init__(self, tools: Iterable[Tool]) -> None:
        """Own the tools; whoever made them closes them."""
        self._free: SimpleQueue[Tool] = SimpleQueue()
        self._size = 0
        for tool in tools:
            self._free.put(tool)
            self._size += 1

    @contextmanager
    def lend(self) -> Iterator[Tool]:
        """Lend a tool for the block, waiting until one is free."""
        tool = self._free.get()
        try:
            yield tool
        finally:
            self._free.put(tool)

    @contextmanager
    def spread(self, work: Callable[[Tool, Item], Done], items: Iterable[Item]) -> Iterator[list[Future[Done]]]:
        """Begin `work` on every item, in a thread for each tool; what has not begun by the end of the block never does.

        Yields the items' results to come, in their order.
        """

        def do(item: Item) -> Done:
            with self.lend() as tool:
                return work(tool, item)

        threads = ThreadPoolExecutor(self._size)
        try:
            # NumPy's error handling belongs to a context, which a new thread does not inherit.
            yield [threads.submit(copy_context().run, do, item) for item in items]
        finally:
            threads.shutdown(cancel_futures=True)
