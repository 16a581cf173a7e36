"""Runs migrations on the connection that `api.database.upgrade` hands over."""

from alembic import context

from api.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
