"""Remember how far each track is while it is played, so that its row can fill."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stage", sa.Column("tracks", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("stage", "tracks")
