"""Lanes: sessions in which a submission's cases run side by side.

Results come in the order of the work, so that a report is the same whatever the
number of lanes. What is timed does not belong here.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

from judge.pool import Pool
from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.link import BrokerLink, RemoteSession

Item = TypeVar("Item")
Done = TypeVar("Done")


class Lane:
    """A connection to the broker with a session that is opened when it is first used."""

    def __init__(self, link: BrokerLink, limits: Limits, environment: Environment) -> None:
        """Open sessions of this kind over `link`, which no other lane uses."""
        self._link = link
        self._kind = (limits, environment)
        self._session: RemoteSession | None = None

    @property
    def session(self) -> RemoteSession:
        """Return the session; raise SandboxError when there is none to be had."""
        self._session = self._session or self.open(*self._kind)
        return self._session

    def open(self, limits: Limits, environment: Environment) -> RemoteSession:
        """Open a session of any kind over the lane's connection; it is the caller's."""
        return self._link.open(limits, environment)

    def close(self) -> None:
        """Close the session, if one was opened."""
        if self._session is not None:
            with suppress(SandboxError):
                self._session.close()
            self._session = None


def side_by_side(
    work: Callable[[RemoteSession, Item], Done], items: Sequence[Item], lanes: Sequence[Lane]
) -> Iterator[Done]:
    """Yield what `work` makes of each item, in their order; each lane does one at a time.

    What `work` raises is raised where its result would come.
    """
    with Pool(lanes).spread(lambda lane, item: work(lane.session, item), items) as results:
        for result in results:
            yield result.result()
