"""The service's figures for Prometheus, read from the database, so that every process tells the same."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.models import Clock, Submission
from api.submissions import DONE, QUEUED, STATES


def exposition(session: Session, refused: Counter[str]) -> tuple[bytes, str]:
    """Return the figures in Prometheus' text format, and its media type."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_LATEST

    registry = CollectorRegistry()

    def gauge(name: str, text: str, labels: tuple[str, ...] = ()) -> Gauge:
        return Gauge(f"judge_{name}", text, labels, registry=registry)

    counts = dict(session.execute(select(Submission.state, func.count()).group_by(Submission.state)).all())
    depth = gauge("submissions", "Submissions by state.", ("state",))
    for state in STATES:
        depth.labels(state).set(counts.get(state, 0))
    oldest = session.scalar(select(func.min(Submission.created_at)).where(Submission.state == QUEUED))
    now = session.scalar(select(Clock())) or 0.0
    gauge("oldest_wait_seconds", "How long the oldest queued submission waits.").set(now - oldest if oldest else 0.0)
    judged = gauge("judged", "Submissions that are done, by problem and verdict.", ("problem", "verdict"))
    seconds = gauge("judging_seconds", "Seconds spent on them.", ("problem", "verdict"))
    spent = func.sum(Submission.finished_at - Submission.started_at)
    query = select(Submission.problem, Submission.verdict, func.count(), spent).where(Submission.state == DONE)
    for problem, verdict, count, total in session.execute(query.group_by(Submission.problem, Submission.verdict)):
        judged.labels(problem, verdict).set(count)
        seconds.labels(problem, verdict).set(total or 0.0)
    refusals = gauge("refusals", "Requests that this process refused, by reason.", ("reason",))
    for reason, count in refused.items():
        refusals.labels(reason).set(count)
    return generate_latest(registry), CONTENT_TYPE_LATEST
