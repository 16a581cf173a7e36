"""The bodies of requests and answers."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.accounts import Role, Scope
from api.models import IDENTIFIER_LENGTH, NAME_CAP, Account, AuditEntry, ProblemPack, Submission, Token

Name = Annotated[str, StringConstraints(min_length=1, max_length=NAME_CAP, pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._@-]*$")]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=NAME_CAP, pattern=r"^[a-z0-9_]+$")]
Identifier = Annotated[
    str, StringConstraints(min_length=IDENTIFIER_LENGTH, max_length=IDENTIFIER_LENGTH, pattern=r"^[0-9a-f]+$")
]
State = Literal["queued", "running", "done", "cancelled"]


def moment(seconds: float | None) -> datetime | None:
    """Return a moment as the API writes it, in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


class Body(BaseModel):
    """What a request sends; anything unknown in it is refused."""

    model_config = ConfigDict(extra="forbid")


class NewSubmission(Body):
    """A solution to be judged."""

    problem: Annotated[Slug, Field(examples=["kmeans"])]
    source: Annotated[
        str,
        StringConstraints(pattern=r"^[^\x00]*$"),
        Field(description="The solution: one file of Python.", examples=["class KMeans: ..."]),
    ]


class SubmissionSummary(BaseModel):
    """A submission as lists show it."""

    id: Identifier
    problem: str
    state: State
    verdict: str | None
    score: float | None
    max_score: float | None
    seed: int
    account: str
    attempt: int
    rejudge_of: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, row: Submission, account: str) -> "SubmissionSummary":
        """Describe a row."""
        return cls(**_facts(row, account))


class SubmissionAnswer(SubmissionSummary):
    """A submission with its report, the document of `judge submit --json`, once it is done."""

    report: dict[str, Any] | None

    @classmethod
    def of(cls, row: Submission, account: str) -> "SubmissionAnswer":
        """Describe a row."""
        import json

        return cls(**_facts(row, account), report=json.loads(row.report) if row.report else None)


def _facts(row: Submission, account: str) -> dict[str, Any]:
    plain = ("id", "problem", "state", "verdict", "score", "max_score", "seed", "attempt", "rejudge_of")
    moments = ("created_at", "started_at", "finished_at")
    return {
        **{name: getattr(row, name) for name in plain},
        **{name: moment(getattr(row, name)) for name in moments},
        "account": account,
    }


class SubmissionPage(BaseModel):
    """Some submissions, the newest first; the header `Link` says where there are more."""

    items: list[SubmissionSummary]


class WatchedEvent(BaseModel):
    """Something that happened to a submission; `data` is JSON."""

    id: str
    event: Literal["state", "suite", "started", "case"]
    data: str


class ProblemSummary(BaseModel):
    """A problem as lists show it."""

    slug: str
    family: str
    title: str
    topics: list[str]
    minutes: int
    difficulty: str
    prerequisites: list[str]
    entry_points: list[str]


class ProblemAnswer(ProblemSummary):
    """A problem with its statement, in Markdown, and what a solver begins with."""

    statement: str
    starter: str


class PackAnswer(BaseModel):
    """A version of a team's own problem, and what is wrong with one that was refused."""

    slug: str
    version: str
    state: Literal["queued", "verifying", "ready", "refused"]
    defects: list[str]
    created_at: datetime
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, row: ProblemPack) -> "PackAnswer":
        """Describe a row."""
        import json

        facts = {name: getattr(row, name) for name in ("slug", "version", "state")}
        moments = {name: moment(getattr(row, name)) for name in ("created_at", "withdrawn_at")}
        return cls.model_validate({**facts, **moments, "defects": json.loads(row.defects or "[]")})


class Standing(BaseModel):
    """A place on a leaderboard."""

    place: int
    name: str
    score: float
    max_score: float
    reached_at: datetime

    @classmethod
    def of(cls, place: int, name: str, row: Submission) -> "Standing":
        """Describe an account's best submission."""
        facts = {"score": row.score, "max_score": row.max_score, "reached_at": moment(row.finished_at)}
        return cls.model_validate({"place": place, "name": name, **facts})


class Leaderboard(BaseModel):
    """The best of each account that wants to be on it, under the name it chose."""

    problem: str
    standings: list[Standing]


class Me(BaseModel):
    """The caller."""

    name: str
    role: Role
    scopes: list[Scope]
    pseudonym: str | None

    @classmethod
    def of(cls, account: Account, scopes: frozenset[Scope]) -> "Me":
        """Describe an account."""
        return cls(name=account.name, role=Role(account.role), scopes=sorted(scopes), pseudonym=account.pseudonym)


class MyChoices(Body):
    """What an account may choose about itself; a pseudonym puts it on leaderboards, null takes it off."""

    pseudonym: Name | None


class NewToken(Body):
    """A token to be made; without scopes it has all that the account may have."""

    name: Name
    scopes: list[Scope] | None = None
    days: Annotated[int, Field(ge=1, le=3650)] | None = None


class TokenSummary(BaseModel):
    """A token without its secret."""

    id: int
    name: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @classmethod
    def of(cls, token: Token) -> "TokenSummary":
        """Describe a token."""
        return cls(**_token_facts(token))


class TokenAnswer(TokenSummary):
    """A new token with its secret, which is shown this once."""

    secret: str

    @classmethod
    def made(cls, token: Token, secret: str) -> "TokenAnswer":
        """Describe a new token."""
        return cls(**_token_facts(token), secret=secret)


def _token_facts(token: Token) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "scopes": token.scopes.split(),
        "created_at": moment(token.created_at),
        "expires_at": moment(token.expires_at),
        "revoked_at": moment(token.revoked_at),
    }


class NewAccount(Body):
    """An account to be made."""

    name: Name
    role: Role = Role.MEMBER
    team: Name


class AccountAnswer(BaseModel):
    """A new account with its first token's secret, which is shown this once."""

    name: str
    role: Role
    team: str
    secret: str


class AuditLine(BaseModel):
    """An administrative act."""

    at: datetime
    actor: str
    act: str
    subject: str

    @classmethod
    def of(cls, entry: AuditEntry) -> "AuditLine":
        """Describe an entry."""
        return cls.model_validate(
            {"at": moment(entry.at), "actor": entry.actor, "act": entry.act, "subject": entry.subject}
        )


class AuditPage(BaseModel):
    """Administrative acts, the newest first."""

    items: list[AuditLine]


class FieldError(BaseModel):
    """What is wrong with one part of a request."""

    pointer: str
    detail: str


class ProblemDocument(BaseModel):
    """An error as RFC 9457 describes it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldError] | None = None


class Health(BaseModel):
    """Whether the service works."""

    status: Literal["ok"]
