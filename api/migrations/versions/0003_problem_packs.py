"""Private problem packs, and which one a submission is judged by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "problem_packs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("team_id", sa.Integer, sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("starter", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("defects", sa.Text),
        sa.Column("created_by", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("put_at", sa.Float, nullable=False),
        sa.Column("withdrawn_at", sa.Float),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("heartbeat_at", sa.Float),
        sa.UniqueConstraint("team_id", "slug", "version"),
    )
    op.create_index("ix_problem_packs_state", "problem_packs", ["state", "put_at"])
    pack = sa.Column("pack_id", sa.Integer, sa.ForeignKey("problem_packs.id"))
    op.add_column("submissions", pack, inline_references=True)
