"""An index for a team's submissions in one state."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create it."""
    op.create_index("ix_submissions_team_state", "submissions", ["team_id", "state", "seq"])
