"""Accounts and the audit log, for admins."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select

from api import accounts
from api.accounts import ALLOWED, Grant, Scope
from api.errors import RequestError
from api.models import Account, AuditEntry
from api.routes import errors
from api.schemas import AccountAnswer, AuditLine, AuditPage, Name, NewAccount
from api.service import By, Here, Reading, Writing

router = APIRouter(tags=["administration"])


@router.post("/accounts", status_code=201, responses=errors(403, 409, 413, 415, 422))
def create_account(body: NewAccount, service: Here, caller: By, session: Writing) -> AccountAnswer:
    """Make an account with a first token, whose secret is shown this once."""
    caller.demand(Scope.ADMIN)
    actor = caller.account.name
    with session.begin():
        account = accounts.create_account(session, actor, body.name, body.role, body.team)
        grant = Grant("first", ALLOWED[body.role], service.settings.token_days)
        _, secret = accounts.create_token(session, actor, account, grant)
    return AccountAnswer(name=body.name, role=body.role, team=body.team, secret=secret)


@router.delete("/accounts/{name}", status_code=204, responses=errors(403, 404, 422))
def disable_account(name: Name, caller: By, session: Writing) -> None:
    """Let an account in no more; what it submitted stays."""
    caller.demand(Scope.ADMIN)
    with session.begin():
        account = session.scalar(select(Account).where(Account.name == name))
        if account is None:
            raise RequestError(404, "there is no such account")
        account.is_active = False
        accounts.note(session, caller.account.name, "account.disable", name)


@router.get("/audit", responses=errors(403, 422))
def read_audit(caller: By, session: Reading, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> AuditPage:
    """Read the latest administrative acts."""
    caller.demand(Scope.ADMIN)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit))
    return AuditPage(items=[AuditLine.of(entry) for entry in entries])
