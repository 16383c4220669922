"""What Alembic runs: the migrations, on the connection that ``migrate`` opened."""

from alembic import context
from sqlalchemy import Connection, text

from backend.models import metadata

MIGRATION_LOCK = 0x6D_69_67
"""Any number that no other advisory lock of the product uses."""


def migrate(connection: Connection) -> None:
    """Run them in one transaction; other processes that start now wait for its end."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,  # SQLite's is, too, where transactions are begun by us
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:lock)")
            connection.execute(lock, {"lock": MIGRATION_LOCK})
        context.run_migrations()


migrate(context.config.attributes["connection"])
