"""Who may do what: accounts, their roles, and tokens, of which only hashes are kept.

A secret has 256 random bits, so its plain SHA-256 tells a thief of the database
nothing; slow hashes are for passwords, and there are none.
"""

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from api.errors import RequestError
from api.models import Account, AuditEntry, Clock, Team, Token

_PREFIX = "judge_"
_DAY_SECONDS = 86_400.0
LOCAL = "local"
"""The account of requests from this machine that carry no token, where those are let in; its team has its name."""


class Role(StrEnum):
    """What an account is for."""

    ADMIN = "admin"
    SETTER = "setter"
    MEMBER = "member"


class Scope(StrEnum):
    """What a token allows, as far as its account may do it."""

    READ = "submissions:read"
    WRITE = "submissions:write"
    REJUDGE = "submissions:rejudge"
    PROBLEMS = "problems:write"
    ADMIN = "admin"


ALLOWED = {
    Role.MEMBER: frozenset({Scope.READ, Scope.WRITE}),
    Role.SETTER: frozenset({Scope.READ, Scope.WRITE, Scope.REJUDGE, Scope.PROBLEMS}),
    Role.ADMIN: frozenset(Scope),
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose request was let in, and what they may do."""

    account: Account
    scopes: frozenset[Scope]

    def demand(self, scope: Scope) -> None:
        """Raise RequestError (403) when the caller may not do this."""
        if scope not in self.scopes:
            raise RequestError(403, f"this needs the scope {scope}; the token or the account's role does not have it")

    def sees_team(self) -> bool:
        """Tell whether the caller may see what others of the team submitted."""
        return self.account.role in (Role.ADMIN, Role.SETTER)


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create_account(session: Session, actor: str, name: str, role: Role, team: str) -> Account:
    """Make an account, and its team where there is none of that name; raise RequestError (409) for a name in use."""
    if name == LOCAL and actor != LOCAL:
        # Whoever needs no token must not be given a role by way of its name.
        raise RequestError(409, f"{LOCAL} is the name of those who come from the service's own machine")
    if session.scalar(select(Account.id).where(Account.name == name)) is not None:
        raise RequestError(409, f"there is an account named {name} already")
    group = session.scalar(select(Team).where(Team.name == team)) or Team(name=team)
    session.add(group)
    session.flush()
    account = Account(name=name, role=role, team_id=group.id)
    session.add(account)
    session.flush()
    session.refresh(account)
    note(session, actor, "account.create", f"{name} ({role}, team {team})")
    return account


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token is to allow, for how long, and what its owner calls it."""

    name: str
    scopes: frozenset[Scope]
    days: int


def create_token(session: Session, actor: str, account: Account, grant: Grant) -> tuple[Token, str]:
    """Make a token and return it with its secret, which cannot be had again."""
    allowed = ALLOWED[Role(account.role)]
    if not grant.scopes <= allowed:
        raise RequestError(403, f"{', '.join(sorted(grant.scopes - allowed))}: a {account.role} cannot have this scope")
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = Token(
        account_id=account.id,
        name=grant.name,
        digest=digest(secret),
        scopes=" ".join(sorted(grant.scopes)),
        expires_at=Clock() + grant.days * _DAY_SECONDS,
    )
    session.add(token)
    session.flush()
    session.refresh(token)
    note(session, actor, "token.create", f"{grant.name} of {account.name}")
    return token, secret


def revoke(session: Session, actor: str, account: Account, token_id: int) -> None:
    """End a token of an account; raise RequestError (404) when it has none of that number."""
    change = update(Token).where(Token.id == token_id, Token.account_id == account.id)
    kept = func.coalesce(Token.revoked_at, Clock())
    if session.scalar(change.values(revoked_at=kept).returning(Token.id)) is None:
        raise RequestError(404, "there is no such token")
    note(session, actor, "token.revoke", f"{token_id} of {account.name}")


def by_secret(session: Session, secret: str) -> Caller | None:
    """Return whose secret this is, while it holds."""
    found = session.execute(
        select(Token, Account)
        .join(Account, Account.id == Token.account_id)
        .where(
            Token.digest == digest(secret),
            Token.revoked_at.is_(None),
            Token.expires_at > Clock(),
            Account.is_active,
        )
    ).first()
    if found is None:
        return None
    token, account = found
    granted = frozenset(Scope(scope) for scope in token.scopes.split())
    return Caller(account, granted & ALLOWED[Role(account.role)])


def local_member(session: Session) -> Caller:
    """Return the member that this machine's own requests belong to, made when first needed."""
    account = session.scalar(select(Account).where(Account.name == LOCAL))
    if account is None:
        account = create_account(session, LOCAL, LOCAL, Role.MEMBER, LOCAL)
    return Caller(account, ALLOWED[Role.MEMBER] if account.is_active else frozenset())


def note(session: Session, actor: str, act: str, subject: str) -> None:
    """Write an administrative act down."""
    session.add(AuditEntry(actor=actor, act=act, subject=subject[:200]))
