"""What may be shown is kept; files that are gone; where change numbers come from.

What may be shown of the records that are held is decided when the archive is opened (archive.visibility_writer)."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns that say of everything that it may not be shown, until that is decided; three tables."""
    op.add_column("record", sa.Column("visible", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("record", sa.Column("visible_body", sa.LargeBinary(), nullable=True))
    op.drop_index("record_by_kind", "record")
    op.create_index("record_by_kind", "record", ["municipality", "kind", "gone_at", "visible"], unique=False)
    op.add_column("file_owner", sa.Column("visible", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table("gone_file", sa.Column("id", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("id"))
    lineage = op.create_table(
        "lineage",
        sa.Column("opening", sa.String(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("opening"),
    )
    op.create_index("lineage_by_first_seq", "lineage", ["first_seq"], unique=False)
    op.bulk_insert(lineage, [{"opening": uuid.uuid4().hex, "first_seq": 0}])
    op.create_table(
        "about",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
