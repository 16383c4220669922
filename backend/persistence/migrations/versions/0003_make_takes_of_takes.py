"""Make takes of takes, and share songs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("working_take_id", sa.String(length=36), nullable=True))
    op.execute(
        "UPDATE project SET working_take_id = current_take_id WHERE status IN ('queued', 'running')"
    )
    op.add_column("project_event", sa.Column("take_id", sa.String(length=36), nullable=True))
    op.execute(
        "UPDATE project_event SET take_id = (SELECT current_take_id FROM project"
        " WHERE project.id = project_event.project_id)"
    )
    op.add_column("take", sa.Column("change", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("take", sa.Column("idempotency_key", sa.String(length=200), nullable=True))
    op.add_column(
        "take", sa.Column("request_hash", sa.String(length=64), nullable=False, server_default="")
    )
    op.create_index(
        "ix_take_idempotency", "take", ["project_id", "idempotency_key"], unique=True
    )
    op.create_table(
        "share_link",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_share_link_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_share_link")),
        sa.UniqueConstraint("token", name=op.f("uq_share_link_token")),
    )


def downgrade() -> None:
    op.drop_table("share_link")
    op.drop_index("ix_take_idempotency", table_name="take")
    op.drop_column("take", "request_hash")
    op.drop_column("take", "idempotency_key")
    op.drop_column("take", "change")
    op.drop_column("project_event", "take_id")
    op.drop_column("project", "working_take_id")
