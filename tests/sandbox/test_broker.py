"""Sessions that are made ahead: each is used once, and those of kinds that nobody asks for any more are let go."""

from dataclasses import dataclass, field

import pytest

from sandbox.broker import Broker, Terms
from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.link import BrokerLink


@dataclass(eq=False)
class FakeSession:
    """A session that only knows whether it was closed."""

    is_closed: bool = False

    def close(self) -> None:
        self.is_closed = True


@dataclass
class FakeSandbox:
    """A sandbox that counts what it opened."""

    opened: list[FakeSession] = field(default_factory=list)
    is_closed: bool = False

    def open(self, _limits: Limits, _environment: Environment) -> FakeSession:
        self.opened.append(FakeSession())
        return self.opened[-1]

    def close(self) -> None:
        self.is_closed = True


def test_a_prepared_session_is_taken_first_and_once():
    """What was begun ahead is handed out; the next asker gets a new one."""
    sandbox = FakeSandbox()
    broker = Broker(sandbox)
    prepared = broker.prepare(Limits(), Environment())
    assert broker.take(Limits(), Environment()) is prepared
    assert broker.take(Limits(), Environment()) is not prepared
    assert len(sandbox.opened) == 2


def test_a_spare_is_made_while_a_session_is_used():
    """The second asker of a kind does not wait for the set-up."""
    sandbox = FakeSandbox()
    broker = Broker(sandbox, spares=1)
    first = broker.take(Limits(), Environment())
    assert len(sandbox.opened) == 2
    spare = next(session for session in sandbox.opened if session is not first)
    assert broker.take(Limits(), Environment()) is spare


def test_limits_and_environments_tell_kinds_apart():
    """A session of other limits would be none that was asked for."""
    broker = Broker(FakeSandbox())
    prepared = broker.prepare(Limits(), Environment())
    assert broker.take(Limits(memory_mib=64), Environment()) is not prepared
    assert broker.take(Limits(), Environment(("numpy", "scipy"))) is not prepared


def test_spares_of_old_kinds_make_room():
    """A server of many problems keeps spares of those that were asked for last."""
    sandbox = FakeSandbox()
    broker = Broker(sandbox, spares=1)
    taken = [broker.take(Limits(memory_mib=memory), Environment()) for memory in range(1, 30)]
    open_spares = [session for session in sandbox.opened if session not in taken and not session.is_closed]
    assert 1 <= len(open_spares) < 12
    assert not any(session.is_closed for session in taken)
    assert broker.take(Limits(memory_mib=29), Environment()) in open_spares


def test_closing_closes_what_nobody_took():
    """The sandbox itself last."""
    sandbox = FakeSandbox()
    broker = Broker(sandbox, spares=1)
    taken = broker.take(Limits(), Environment())
    broker.close()
    assert [session.is_closed for session in sandbox.opened if session is not taken] == [True]
    assert sandbox.is_closed


def test_a_grader_gets_the_sessions_of_its_submission_only():
    """Other limits, other distributions and one session too many are refused; nothing is opened for them."""
    sandbox, kind = FakeSandbox(), (Limits(), Environment())
    terms = Terms(frozenset({kind}), sessions=2)
    connection, thread = Broker(sandbox).connect(terms)
    link = BrokerLink(connection)
    link.open(*kind)
    for other in ((Limits(memory_mib=1 << 20), Environment()), (Limits(), Environment(("ml-coding-judge",)))):
        with pytest.raises(SandboxError, match="does not need"):
            link.open(*other)
    link.open(*kind)
    with pytest.raises(SandboxError, match="more than it needs"):
        link.open(*kind)
    assert len(sandbox.opened) == 2
    connection.close()
    thread.join(5.0)


def test_terms_change_with_the_submission():
    """What one submission was allowed, the next is not."""
    terms = Terms(frozenset({(Limits(), Environment())}))
    connection, thread = Broker(FakeSandbox()).connect(terms)
    link = BrokerLink(connection)
    terms.kinds = frozenset({(Limits(memory_mib=64), Environment())})
    with pytest.raises(SandboxError, match="does not need"):
        link.open(Limits(), Environment())
    link.open(Limits(memory_mib=64), Environment())
    connection.close()
    thread.join(5.0)


def test_sessions_that_died_are_counted():
    """The dead one is closed, and another stands in its place."""
    broker = Broker(FakeSandbox())
    dead = broker.take(Limits(), Environment())
    assert broker.replace(dead, Limits(), Environment()) is not dead
    assert dead.is_closed
    assert broker.restarts == 1
