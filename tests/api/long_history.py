"""A long history, made by the database itself, and what it is asked about it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session

from api import accounts
from api.accounts import ALLOWED, Grant, Role
from api.database import upgrade

ACCOUNTS = 1000
TEAMS = 20
# Two years for a million, of which every fifth is the same account's.
_EVERY_SECONDS = 63
_WAITING = 100
_NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)",
    "postgresql": "WITH numbers AS (SELECT generate_series(CAST(:first AS int), CAST(:last AS int)) AS n)",
}
_IDENTIFIER = {"sqlite": "printf('%032x', n)", "postgresql": "lpad(to_hex(n), 32, '0')"}
_CLOCK = {"sqlite": "unixepoch('now')", "postgresql": "extract(epoch FROM now())"}
_SUBMISSIONS = """
    INSERT INTO submissions (id, account_id, team_id, problem, seed, feedback, source, body_digest, state, priority,
        attempt, heartbeat_at, created_at, started_at, finished_at, verdict, score, max_score, report)
    {numbers},
    owned AS (SELECT n, CASE WHEN n % 5 = 0 THEN 1 ELSE 2 + n % ({accounts} - 1) END AS account FROM numbers),
    timed AS (SELECT n, account, {clock} - ({total} - n) * {every} AS at, n > {total} - {waiting} AS waits FROM owned)
    SELECT {identifier}, account, 1 + account % {teams}, CASE n % 3 WHEN 0 THEN 'kmeans' ELSE 'problem_' || n % 30 END,
        n, 'full', 'class KMeans: ...', 'digest', CASE WHEN waits THEN 'queued' ELSE 'done' END, -(n % 7),
        1, at + 1, at, at + 1, at + 2, CASE WHEN waits THEN NULL WHEN n % 2 = 0 THEN 'AC' ELSE 'WA' END,
        CASE WHEN waits THEN NULL ELSE n % 101 END, 100, CASE WHEN waits THEN NULL ELSE '{{}}' END
    FROM timed ORDER BY n
"""
_OTHERS = """
    INSERT INTO accounts (id, name, role, team_id, pseudonym, is_active, created_at)
    {numbers} SELECT n, 'user ' || n, 'member', 1 + n % {teams}, 'pseudonym ' || n, true, 0 FROM numbers
"""


def begin(engine: Engine) -> str:
    """Make the tables, the teams and the accounts; return the secret of the first, a setter with a fifth of all."""
    upgrade(engine)
    with Session(engine) as session, session.begin():
        for number in range(1, TEAMS + 1):
            session.execute(text("INSERT INTO teams (id, name) VALUES (:n, 'team ' || :n)"), {"n": number})
        account = accounts.create_account(session, "test", "first", Role.SETTER, f"team {2 % TEAMS}")
        account.pseudonym = "first"
        grant = Grant("test", ALLOWED[Role.SETTER], 1)
        _, secret = accounts.create_token(session, "test", account, grant)
        numbers = _NUMBERS[engine.dialect.name]
        session.execute(text(_OTHERS.format(numbers=numbers, teams=TEAMS)), {"first": 2, "last": ACCOUNTS})
    return secret


def fill(engine: Engine, total: int) -> None:
    """Add so many submissions. The last hundred wait, the others are judged."""
    kind = engine.dialect.name
    facts = {"numbers": _NUMBERS[kind], "identifier": _IDENTIFIER[kind], "clock": _CLOCK[kind], "total": total}
    sizes = {"accounts": ACCOUNTS, "teams": TEAMS, "every": _EVERY_SECONDS, "waiting": _WAITING}
    with engine.begin() as connection:
        connection.execute(text(_SUBMISSIONS.format(**facts, **sizes)), {"first": 1, "last": total})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


@dataclass
class Asked:
    """The statements about submissions that an engine executes, with their parameters."""

    engine: Engine
    statements: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        event.listen(self.engine, "before_cursor_execute", self._note)

    def _note(self, _: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        is_one = statement.lstrip().startswith(("SELECT", "UPDATE"))
        if is_one and "submissions" in statement and "EXPLAIN" not in statement:
            self.statements[statement] = parameters

    def plans(self) -> list[list[str]]:
        """Return how the database goes about each statement since the last time, line by line."""
        asked, self.statements = self.statements, {}
        with self.engine.connect() as connection:
            return [_plan(connection, statement, parameters) for statement, parameters in asked.items()]


def _plan(connection: Connection, statement: str, parameters: Any) -> list[str]:
    is_sqlite = connection.dialect.name == "sqlite"
    rows = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{statement}", parameters)
    return [str(row[3 if is_sqlite else 0]).strip() for row in rows]
