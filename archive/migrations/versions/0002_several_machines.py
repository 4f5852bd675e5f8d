"""What an installation on several machines shares: bytes that wait, and the plan."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables; on SQLite they stay empty, since the folder and the file in the home are used."""
    op.create_table(
        "waiting_bytes",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number"),
    )
    op.create_table(
        "planned",
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("next_visit", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality"),
    )
    if op.get_bind().dialect.name == "postgresql":  # documents are compressed already: do not try again
        op.execute("ALTER TABLE waiting_bytes ALTER COLUMN content SET STORAGE EXTERNAL")
