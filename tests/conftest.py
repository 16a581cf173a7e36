"""What tests share: small problems and a judge that isolates."""

import os
from collections.abc import Iterator
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
