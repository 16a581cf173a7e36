"""The service's figures for Prometheus, read from the database, so that every process tells the same.

None of them costs more to tell where more was ever judged: what is under way is
counted, what is over was counted when it ended.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api import counters
from api.models import Submission
from api.submissions import QUEUED, RUNNING, oldest_wait

if TYPE_CHECKING:
    from prometheus_client import Metric

_BY = ("problem", "verdict")
_TOTALS = (
    (counters.JUDGED, "Submissions that are done.", _BY),
    (counters.WAITING_SECONDS, "Seconds that they waited in the queue.", _BY),
    (counters.JUDGING_SECONDS, "Seconds from their start to their verdict.", _BY),
    (counters.SANDBOX_RESTARTS, "Sessions of the sandbox that died and were opened again.", ()),
)


def exposition(session: Session, refused: Counter[str]) -> tuple[bytes, str]:
    """Return the figures in Prometheus' text format, and its media type."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_LATEST

    class Collector:
        """Hands over what was read."""

        def collect(self) -> Iterable["Metric"]:
            return [*_of_now(session), *_of_ever(session), _of_this_process(refused)]

    registry = CollectorRegistry()
    registry.register(Collector())
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _of_now(session: Session) -> Iterator["Metric"]:
    from prometheus_client.core import GaugeMetricFamily

    states = (QUEUED, RUNNING)
    query = select(Submission.state, func.count()).where(Submission.state.in_(states)).group_by(Submission.state)
    counts = dict(session.execute(query).all())
    depth = GaugeMetricFamily("judge_submissions", "Submissions under way, by state.", labels=("state",))
    for state in states:
        depth.add_metric((state,), counts.get(state, 0))
    yield depth
    wait = oldest_wait(session)
    yield GaugeMetricFamily("judge_oldest_wait_seconds", "How long the oldest queued submission waits.", wait)


def _of_ever(session: Session) -> Iterator["Metric"]:
    from prometheus_client.core import CounterMetricFamily

    for name, text, labels in _TOTALS:
        family = CounterMetricFamily(f"judge_{name}", text, labels=labels)
        for problem, verdict, total in counters.totals(session, name):
            family.add_metric((problem, verdict)[: len(labels)], total)
        yield family


def _of_this_process(refused: Counter[str]) -> "Metric":
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily("judge_refusals", "Requests that this process refused.", labels=("reason",))
    for reason, count in refused.items():
        family.add_metric((reason,), count)
    return family
