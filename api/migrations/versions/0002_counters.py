"""Counters for the metrics, filled from what is there, and indexes for what is asked at every request."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "counters",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("problem", sa.String(64), primary_key=True),
        sa.Column("verdict", sa.String(16), primary_key=True),
        sa.Column("total", sa.Float, nullable=False),
    )
    for name, amount in (
        ("judged", "1"),
        ("waiting_seconds", "started_at - created_at"),
        ("judging_seconds", "finished_at - started_at"),
    ):
        op.execute(
            f"INSERT INTO counters SELECT '{name}', problem, verdict, sum({amount}) FROM submissions"  # noqa: S608 - our own words
            " WHERE state = 'done' GROUP BY problem, verdict"
        )
    op.create_index("ix_submissions_state", "submissions", ["account_id", "state", "seq"])
    op.create_index("ix_submissions_day", "submissions", ["account_id", "created_at"])
    op.create_index("ix_submissions_problem", "submissions", ["account_id", "problem", "seq"])
    op.create_index("ix_submissions_team_problem", "submissions", ["team_id", "problem", "seq"])
    op.create_index(
        "ix_submissions_best", "submissions", ["account_id", "problem", sa.text("score DESC"), "finished_at"]
    )
    op.create_index("ix_accounts_team", "accounts", ["team_id"])
