"""What an older version left is brought up to date."""

import pytest
from alembic import command
from cluster import BOTH
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api import accounts
from api.accounts import ALLOWED, Grant, Role, Scope
from api.database import _migrations, open_engine, upgrade
from api.models import Token
from api.settings import Settings


@pytest.fixture
def engine_at_three(settings: Settings):
    """Open a database as it was before there were problems of a team's own to bring."""
    engine = open_engine(settings.database_url)
    config = _migrations()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    yield engine
    engine.dispose()


@BOTH
@pytest.mark.parametrize("role", list(Role))
def test_a_token_for_all_that_a_role_may_do_is_still_that(engine_at_three: Engine, role: Role):
    """One that was made for less stays as it is."""
    narrow = frozenset({Scope.READ})
    with Session(engine_at_three) as session, session.begin():
        account = accounts.create_account(session, "test", "alice", role, "team")
        for scopes in (ALLOWED[role] - {Scope.PROBLEMS}, narrow):
            accounts.create_token(session, "test", account, Grant("test", scopes, 1))
    upgrade(engine_at_three)
    with Session(engine_at_three) as session:
        whole, part = (frozenset(scopes.split()) for scopes in session.scalars(select(Token.scopes).order_by(Token.id)))
    assert (whole, part) == (ALLOWED[role], narrow)
