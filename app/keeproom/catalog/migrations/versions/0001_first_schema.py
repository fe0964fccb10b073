"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import keeproom.catalog.types as kinds

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=True),
        sa.Column("state", sa.String(), server_default="ok", nullable=False),
        sa.Column("progress", sa.String(), server_default="processing", nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration_s", sa.Double(), nullable=True),
        sa.Column("codecs", sa.String(), nullable=True),
        sa.Column("camera", sa.String(), nullable=True),
        sa.Column("colour", sa.Integer(), nullable=True),
        sa.Column("thumbnailed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("captured", kinds.WallTime(), nullable=True),
        sa.Column("captured_offset", sa.Integer(), nullable=True),
        sa.Column("verified_at", kinds.Moment(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob")),
        sa.UniqueConstraint("sha256", name=op.f("uq_blob_sha256")),
    )
    op.create_index("ix_blob_revision", "blob", ["revision"], unique=False)
    op.create_index("ix_blob_size", "blob", ["size_bytes"], unique=False)
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("name", name=op.f("uq_collection_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_collection_uuid")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("at", kinds.Moment(), nullable=False),
        sa.Column("ended_at", kinds.Moment(), nullable=True),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["entry.id"], name=op.f("fk_entry_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("uuid", name=op.f("uq_entry_uuid")),
    )
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_state_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state")),
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("folded", name=op.f("uq_tag_folded")),
        sa.UniqueConstraint("uuid", name=op.f("uq_tag_uuid")),
    )
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
    )
    op.create_index("ix_tombstone_revision", "tombstone", ["revision"], unique=False)
    op.create_table(
        "asset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_bytes", sa.LargeBinary(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("rating", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("flag", sa.String(), nullable=True),
        sa.Column("captured", kinds.WallTime(), nullable=True),
        sa.Column("captured_offset", sa.Integer(), nullable=True),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("imported_at", kinds.Moment(), nullable=False),
        sa.Column("trashed_at", kinds.Moment(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["blob.id"], name=op.f("fk_asset_blob_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_asset_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
        sa.UniqueConstraint("uuid", name=op.f("uq_asset_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_asset_blob", "asset", ["blob_id"], unique=False)
    op.create_index(
        "ix_asset_captured", "asset", ["captured", "id"], unique=False, sqlite_where=sa.text("trashed_at IS NULL")
    )
    op.create_index("ix_asset_entry", "asset", ["entry_id"], unique=False)
    op.create_index("ix_asset_living", "asset", ["id"], unique=False, sqlite_where=sa.text("trashed_at IS NULL"))
    op.create_index("ix_asset_name", "asset", ["name", "id"], unique=False, sqlite_where=sa.text("trashed_at IS NULL"))
    op.create_index(
        "ix_asset_rating", "asset", ["rating", "id"], unique=False, sqlite_where=sa.text("trashed_at IS NULL")
    )
    op.create_index("ix_asset_revision", "asset", ["revision"], unique=False)
    op.create_table(
        "blob_metadata",
        sa.Column("blob_id", sa.Integer(), nullable=False),
        sa.Column("tags", kinds.PackedJson(), nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["blob.id"], name=op.f("fk_blob_metadata_blob_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("blob_id", name=op.f("pk_blob_metadata")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("object_kind", sa.String(), nullable=False),
        sa.Column("object", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", kinds.JsonText(), nullable=True),
        sa.Column("new", kinds.JsonText(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_change_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index("ix_change_entry", "change", ["entry_id"], unique=False)
    op.create_index("ix_change_object", "change", ["object", "id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("due_at", kinds.Moment(), nullable=False),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("leased_until", kinds.Moment(), nullable=True),
        sa.Column("tool", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["blob.id"], name=op.f("fk_job_blob_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("blob_id", "stage", name=op.f("uq_job_blob_id_stage")),
    )
    op.create_index("ix_job_failed", "job", ["id"], unique=False, sqlite_where=sa.text("state = 'failed'"))
    op.create_index(
        "ix_job_open", "job", ["stage", "due_at", "id"], unique=False, sqlite_where=sa.text("state = 'waiting'")
    )
    op.create_index("ix_job_running", "job", ["worker"], unique=False, sqlite_where=sa.text("state = 'running'"))
    op.create_table(
        "asset_tag",
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_asset_tag_asset_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_asset_tag_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("asset_id", "tag_id", name=op.f("pk_asset_tag")),
    )
    op.create_index("ix_asset_tag_tag", "asset_tag", ["tag_id", "asset_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_claim_asset_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_claim")),
    )
    op.create_index("ix_claim_asset", "claim", ["asset_id"], unique=False)
    op.create_table(
        "collection_asset",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["asset.id"], name=op.f("fk_collection_asset_asset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk_collection_asset_collection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collection_id", "asset_id", name=op.f("pk_collection_asset")),
    )
    op.create_index("ix_collection_asset_asset", "collection_asset", ["asset_id", "collection_id"], unique=False)
    op.create_table(
        "import_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("path_bytes", sa.LargeBinary(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_import_item_asset_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_import_item_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_item")),
    )
    op.create_index("ix_import_item_asset", "import_item", ["asset_id"], unique=False)
    op.create_index("ix_import_item_entry", "import_item", ["entry_id", "outcome"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("path_bytes", sa.LargeBinary(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("modified_ns", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_source_asset_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_source_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("asset_id", "path_bytes", name=op.f("uq_source_asset_id_path_bytes")),
    )
    op.create_table(
        "version",
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_version_asset_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["blob_id"], ["blob.id"], name=op.f("fk_version_blob_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_version_entry_id")),
        sa.PrimaryKeyConstraint("asset_id", "number", name=op.f("pk_version")),
    )
    op.create_index("ix_version_blob", "version", ["blob_id"], unique=False)
