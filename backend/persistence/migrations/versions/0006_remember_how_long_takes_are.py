"""Remember how long takes are, so that they can be listed by length."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LENGTH = {
    "sqlite": "json_extract(song, '$.duration_seconds')",
    "postgresql": "CAST(song ->> 'duration_seconds' AS DOUBLE PRECISION)",
}


def upgrade() -> None:
    op.add_column("take", sa.Column("duration_seconds", sa.Float(), nullable=True))
    op.execute(f"UPDATE take SET duration_seconds = {LENGTH[op.get_bind().dialect.name]}")


def downgrade() -> None:
    op.drop_column("take", "duration_seconds")
