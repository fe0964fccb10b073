"""Runs migrations inside the transaction of the connection that the caller gives."""

from alembic import context

from keeproom.catalog.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
