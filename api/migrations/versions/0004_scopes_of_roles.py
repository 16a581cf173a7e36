"""Tokens that allowed all that their role may do go on to do so, now that setters and admins may bring problems."""

from alembic import op

revision = "0004"
down_revision = "0003"

# By role, as tokens have them: in order.
_SCOPES = {
    "setter": ("", "submissions:read submissions:rejudge submissions:write"),
    "admin": ("admin ", "submissions:read submissions:rejudge submissions:write"),
}


def upgrade() -> None:
    """Add the scope; a token that was made for less keeps to that."""
    for role, (first, rest) in _SCOPES.items():
        op.execute(
            f"UPDATE tokens SET scopes = '{first}problems:write {rest}' WHERE scopes = '{first}{rest}'"  # noqa: S608 - our own words
            f" AND account_id IN (SELECT id FROM accounts WHERE role = '{role}')"
        )
