"""What tests share: small problems, a judge that isolates, and the machine itself."""

import fcntl
import os
from collections.abc import Generator, Iterator
from functools import cache

import pytest

from judge.bootstrap import open_broker
from judge.catalogue import Catalogue
from judge.judging import Judge
from judge.problem import Problem
from sandbox.broker import Broker
from sandbox.docker import has_engine

ask_for_engine = cache(has_engine)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs Docker on a laptop without it; continuous integration starts an engine, and must have one."""
    if item.get_closest_marker("docker") and "CI" not in os.environ and not ask_for_engine():
        pytest.skip("no Docker engine answers here; see docs/security.md")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file, which share fixtures, on one worker of pytest-xdist, but for those marked `spread`."""
    for item in items:
        if not item.get_closest_marker("spread"):
            item.add_marker(pytest.mark.xdist_group(item.location[0]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run tests side by side, as far as pytest-xdist does, and those that are marked so alone."""
    assert item.config.cache is not None
    folder = item.config.cache.mkdir("turns")
    with (folder / "machine").open("a") as machine, (folder / "queue").open("a") as queue:
        # Whoever waits for the machine keeps the queue, so that a test that wants it alone is not passed for ever.
        fcntl.flock(queue, fcntl.LOCK_EX)
        fcntl.flock(machine, fcntl.LOCK_EX if item.get_closest_marker("alone") else fcntl.LOCK_SH)
        fcntl.flock(queue, fcntl.LOCK_UN)
        try:
            return (yield)
        finally:
            # Closing the file would not do where a process that the test forked lives on.
            fcntl.flock(machine, fcntl.LOCK_UN)


@pytest.fixture(scope="session")
def kmeans() -> Problem:
    """Return the problem that the tests submit to."""
    return Catalogue().problem("kmeans")


@pytest.fixture(scope="session")
def broker(kmeans: Problem) -> Iterator[Broker]:
    """Open a broker on the sandbox that isolates here; where none does, the tests fail."""
    with open_broker(kmeans, 1.0) as made:
        yield made


@pytest.fixture(scope="module")
def judge(broker: Broker) -> Iterator[Judge]:
    """Open a grader of the module's own."""
    with Judge(broker) as made:
        yield made
