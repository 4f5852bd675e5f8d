"""What papers' titles mean, as numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, empty: the indexer fills it in the background."""
    op.create_table(
        "title_vector",
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("title_hash", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("record_id"),
    )
    op.create_index("title_vector_by_title", "title_vector", ["title_hash"], unique=False)
