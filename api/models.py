"""The tables. Times are seconds since 1970 by the database's own clock, which all hosts share.

Team ── Account ── Token
├────── Submission ── Event
└────── ProblemPack
AuditEntry (by whom, what, to whom)
Counter (what only grows)
"""

from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, deferred, mapped_column
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import Float

NAME_CAP = 64
IDENTIFIER_LENGTH = 32
"""Hexadecimal digits of 128 random bits: an identifier that cannot be guessed."""


class Clock(FunctionElement[float]):
    """The database's clock, in seconds since 1970, as an SQL expression."""

    type = Float()
    inherit_cache = True


@compiles(Clock, "sqlite")
def _sqlite_clock(*_: Any, **__: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(Clock, "postgresql")
def _postgresql_clock(*_: Any, **__: Any) -> str:
    # That of the statement: a clock that moves on within it could not be looked up in an index.
    return "extract(epoch from statement_timestamp())::double precision"


class Base(DeclarativeBase):
    """What all tables share."""


class Team(Base):
    """People who may see each other's submissions, as far as their roles go."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_CAP), unique=True)


class Account(Base):
    """Somebody who submits; `pseudonym` is the name on leaderboards, and nothing when they want none."""

    __tablename__ = "accounts"
    __table_args__ = (Index("ix_accounts_team", "team_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_CAP), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    pseudonym: Mapped[str | None] = mapped_column(String(NAME_CAP), unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[float] = mapped_column(default=Clock())


class Token(Base):
    """What an account shows to be let in; only a hash of the secret is kept."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(NAME_CAP))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[float] = mapped_column(default=Clock())
    expires_at: Mapped[float]
    revoked_at: Mapped[float | None]


class Submission(Base):
    """A submission and where it stands; this row is the truth, whatever a queue says.

    `attempt` counts how often a worker took it up and is the fencing token: what
    an earlier attempt still writes is refused. `priority` is minus the number
    that its account already had waiting.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("account_id", "idempotency_key"),
        Index("ix_submissions_history", "account_id", "seq"),
        Index("ix_submissions_team", "team_id", "seq"),
        Index("ix_submissions_queue", "state", "priority", "seq"),
        Index("ix_submissions_state", "account_id", "state", "seq"),
        Index("ix_submissions_team_state", "team_id", "state", "seq"),
        Index("ix_submissions_day", "account_id", "created_at"),
        Index("ix_submissions_problem", "account_id", "problem", "seq"),
        Index("ix_submissions_team_problem", "team_id", "problem", "seq"),
        Index("ix_submissions_best", "account_id", "problem", text("score DESC"), "finished_at"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(IDENTIFIER_LENGTH), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    problem: Mapped[str] = mapped_column(String(NAME_CAP))
    seed: Mapped[int]
    feedback: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = deferred(mapped_column(Text))
    idempotency_key: Mapped[str | None] = mapped_column(String(255))
    body_digest: Mapped[str] = mapped_column(String(64))
    rejudge_of: Mapped[str | None] = mapped_column(String(IDENTIFIER_LENGTH))
    pack_id: Mapped[int | None] = mapped_column(ForeignKey("problem_packs.id"))
    state: Mapped[str] = mapped_column(String(16), default="queued")
    priority: Mapped[int] = mapped_column(default=0)
    attempt: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(200))
    heartbeat_at: Mapped[float | None]
    created_at: Mapped[float] = mapped_column(default=Clock())
    started_at: Mapped[float | None]
    finished_at: Mapped[float | None]
    verdict: Mapped[str | None] = mapped_column(String(16))
    score: Mapped[float | None]
    max_score: Mapped[float | None]
    report: Mapped[str | None] = deferred(mapped_column(Text))


class ProblemPack(Base):
    """A version of a problem that a team brought along; `version` is the SHA-256 of its zip.

    The latest by `put_at` that is ready and not withdrawn is what submissions
    are judged by. `attempt` counts who tried to verify it, as in submissions.
    """

    __tablename__ = "problem_packs"
    __table_args__ = (
        UniqueConstraint("team_id", "slug", "version"),
        Index("ix_problem_packs_state", "state", "put_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    slug: Mapped[str] = mapped_column(String(NAME_CAP))
    version: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    summary: Mapped[str] = mapped_column(Text)
    statement: Mapped[str] = deferred(mapped_column(Text))
    starter: Mapped[str] = deferred(mapped_column(Text))
    state: Mapped[str] = mapped_column(String(16))
    defects: Mapped[str | None] = mapped_column(Text)
    created_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[float] = mapped_column(default=Clock())
    put_at: Mapped[float]
    withdrawn_at: Mapped[float | None]
    attempt: Mapped[int] = mapped_column(default=0)
    heartbeat_at: Mapped[float | None]


class Event(Base):
    """Something that happened to a submission, as its watchers are told."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_of", "submission_seq", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    submission_seq: Mapped[int] = mapped_column(ForeignKey("submissions.seq"))
    kind: Mapped[str] = mapped_column(String(16))
    data: Mapped[str] = mapped_column(Text)


class AuditEntry(Base):
    """An administrative act: kept for good, never changed."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[float] = mapped_column(default=Clock())
    actor: Mapped[str] = mapped_column(String(NAME_CAP))
    act: Mapped[str] = mapped_column(String(NAME_CAP))
    subject: Mapped[str] = mapped_column(String(200))


class Counter(Base):
    """What only grows, by problem and verdict where those are known: so metrics need not count the submissions."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    problem: Mapped[str] = mapped_column(String(NAME_CAP), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(16), primary_key=True)
    total: Mapped[float]
