"""The caller's own account and tokens."""

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from api import accounts
from api.accounts import ALLOWED, LOCAL, Caller, Grant, Role
from api.errors import RequestError
from api.models import Account, Token
from api.routes import errors
from api.schemas import Me, MyChoices, NewToken, TokenAnswer, TokenSummary
from api.service import By, Here, Reading, Writing

router = APIRouter(tags=["account"])

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/me", responses=errors())
def read_me(caller: By) -> Me:
    """Read who the caller is."""
    return Me.of(caller.account, caller.scopes)


@router.patch("/me", responses=errors(409, 413, 415, 422))
def change_me(body: MyChoices, caller: By, session: Writing) -> Me:
    """Choose a pseudonym, and with it to stand on leaderboards; null takes both back."""
    try:
        with session.begin():
            account = session.get_one(Account, caller.account.id)
            account.pseudonym = body.pseudonym
    except IntegrityError:
        raise RequestError(409, "this pseudonym is taken") from None
    return Me.of(account, caller.scopes)


@router.get("/tokens", responses=errors())
def list_tokens(caller: By, session: Reading) -> list[TokenSummary]:
    """List the caller's tokens, without their secrets."""
    tokens = session.scalars(select(Token).where(Token.account_id == caller.account.id).order_by(Token.id))
    return [TokenSummary.of(token) for token in tokens]


@router.post("/tokens", status_code=201, responses=errors(403, 413, 415, 422))
def create_token(body: NewToken, service: Here, caller: By, session: Writing) -> TokenAnswer:
    """Make a token for the caller; its secret is shown this once."""
    _demand_own(caller)
    scopes = ALLOWED[Role(caller.account.role)] & caller.scopes if body.scopes is None else frozenset(body.scopes)
    if not scopes <= caller.scopes:
        raise RequestError(403, "a token cannot allow more than the one that it is made with")
    with session.begin():
        grant = Grant(body.name, scopes, body.days or service.settings.token_days)
        token, secret = accounts.create_token(session, caller.account.name, caller.account, grant)
    return TokenAnswer.made(token, secret)


@router.delete("/tokens/{number}", status_code=204, responses=errors(403, 404, 422))
def revoke_token(number: Number, caller: By, session: Writing) -> None:
    """Revoke one of the caller's tokens, at once and for good."""
    _demand_own(caller)
    with session.begin():
        accounts.revoke(session, caller.account.name, caller.account, number)


def _demand_own(caller: Caller) -> None:
    if caller.account.name == LOCAL:
        # It would outlive the loopback that the account stands for.
        raise RequestError(403, "the member of this machine has no tokens; an admin makes accounts")
