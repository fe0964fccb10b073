"""Imports keep their plan: what they were told to do, how far they are, and the files that still wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("roots", sa.LargeBinary(), nullable=False),
        sa.Column("move", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("separate", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("resumes", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=True),
        sa.Column("size_bytes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_import_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_import")),
    )
    op.execute(
        """
        INSERT INTO import (entry_id, roots, state, size_bytes)
        SELECT entry.id, x'', CASE WHEN entry.ended_at IS NULL THEN 'copying' ELSE 'ended' END,
               (SELECT coalesce(sum(size_bytes), 0) FROM import_item
                WHERE entry_id = entry.id AND outcome = 'imported')
        FROM entry WHERE entry.action = 'import'
        """
    )
    op.add_column("import_item", sa.Column("stamp", sa.String(), nullable=True))
    op.drop_index("ix_import_item_asset", table_name="import_item")
    op.create_index(
        "ix_import_item_asset",
        "import_item",
        ["asset_id"],
        unique=False,
        sqlite_where=sa.text("asset_id IS NOT NULL"),
    )
    op.drop_index("ix_asset_name", table_name="asset")
    op.create_index(
        "ix_asset_name",
        "asset",
        [sa.text("name COLLATE NOCASE"), "id"],
        unique=False,
        sqlite_where=sa.text("trashed_at IS NULL"),
    )
