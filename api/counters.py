"""Totals that only grow, kept by the database, so that every process tells the same and telling costs nothing."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from api.models import Counter

JUDGED, WAITING_SECONDS, JUDGING_SECONDS, SANDBOX_RESTARTS = (
    "judged",
    "waiting_seconds",
    "judging_seconds",
    "sandbox_restarts",
)


def add(session: Session, name: str, amount: float, problem: str = "", verdict: str = "") -> None:
    """Add to a counter, which begins with nothing."""
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    made = dialect.insert(Counter).values(name=name, problem=problem, verdict=verdict, total=amount)
    key = (Counter.name, Counter.problem, Counter.verdict)
    session.execute(made.on_conflict_do_update(index_elements=key, set_={"total": Counter.total + amount}))


def totals(session: Session, name: str) -> list[tuple[str, str, float]]:
    """Return a counter's totals with their problem and verdict."""
    query = select(Counter.problem, Counter.verdict, Counter.total).where(Counter.name == name)
    return [(problem, verdict, total) for problem, verdict, total in session.execute(query)]
