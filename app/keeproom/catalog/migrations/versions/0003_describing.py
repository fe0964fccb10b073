"""Describing, organising and finding: what a person states, folders, stacks, companion files, and the search index."""

from __future__ import annotations

import json
import math
import os
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

from keeproom.catalog.collation import name_key

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None

_TEXTS = ("name", "title", "description", "tags", "folders", "dates", "details")
_PAGE = 5_000


def upgrade() -> None:
    _make_tables()
    _add_columns()
    _make_search_index()
    _fill_names()
    _fill_folders()
    _fill_details()
    op.create_index("ix_asset_name", "asset", ["name_key", "id"], sqlite_where=sa.text("trashed_at IS NULL"))
    op.create_index("ix_asset_stack", "asset", ["stack_id"], sqlite_where=sa.text("stack_id IS NOT NULL"))
    op.create_index("ix_blob_camera", "blob", ["camera"], sqlite_where=sa.text("camera IS NOT NULL"))
    op.create_index("ix_blob_lens", "blob", ["lens"], sqlite_where=sa.text("lens IS NOT NULL"))
    op.create_index("ix_source_folder", "source", ["folder_id", "asset_id"])


def _make_tables() -> None:
    op.create_table(
        "folder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path_bytes", sa.LargeBinary(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder")),
        sa.UniqueConstraint("path_bytes", name=op.f("uq_folder_path_bytes")),
    )
    op.create_table(
        "stack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stack")),
        sa.UniqueConstraint("uuid", name=op.f("uq_stack_uuid")),
    )
    op.create_table(
        "sidecar",
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("path_bytes", sa.LargeBinary(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_sidecar_asset_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("asset_id", name=op.f("pk_sidecar")),
    )
    # No program before this one wrote a collection.
    op.drop_table("collection_asset")
    op.drop_table("collection")
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("folded", name=op.f("uq_collection_folded")),
        sa.UniqueConstraint("uuid", name=op.f("uq_collection_uuid")),
    )
    op.create_table(
        "collection_asset",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["asset.id"], name=op.f("fk_collection_asset_asset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk_collection_asset_collection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collection_id", "asset_id", name=op.f("pk_collection_asset")),
    )
    op.create_index("ix_collection_asset_asset", "collection_asset", ["asset_id", "collection_id"])


def _add_columns() -> None:
    op.add_column("state", sa.Column("words_version", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("blob", sa.Column("lens", sa.String(), nullable=True))
    op.add_column("blob", sa.Column("iso", sa.Integer(), nullable=True))
    op.add_column("blob", sa.Column("latitude", sa.Double(), nullable=True))
    op.add_column("blob", sa.Column("longitude", sa.Double(), nullable=True))
    op.add_column("asset", sa.Column("name_key", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("asset", sa.Column("rotation", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("asset", sa.Column("stack_place", sa.Integer(), server_default=sa.text("0"), nullable=False))
    # SQLite adds a column that refers to a table only in its own words; copying the table would take minutes.
    op.execute("ALTER TABLE asset ADD COLUMN stack_id INTEGER CONSTRAINT fk_asset_stack_id REFERENCES stack (id)")
    op.execute("ALTER TABLE source ADD COLUMN folder_id INTEGER CONSTRAINT fk_source_folder_id REFERENCES folder (id)")
    op.drop_index("ix_asset_name", table_name="asset")


def _make_search_index() -> None:
    op.create_table(
        "asset_text",
        sa.Column("asset_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), server_default=sa.text("''"), nullable=False) for name in _TEXTS),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_asset_text_asset_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("asset_id", name=op.f("pk_asset_text")),
    )
    columns = ", ".join(_TEXTS)
    # detail=column and prefix indexes: as measured (shared measurements, "Catalog, search, grid").
    op.execute(
        f"CREATE VIRTUAL TABLE asset_words USING fts5({columns}, content='asset_text', content_rowid='asset_id',"
        " tokenize='unicode61 remove_diacritics 2', detail=column, prefix='1 2 3')"
    )
    old, new = (", ".join(f"{row}.{name}" for name in _TEXTS) for row in ("old", "new"))
    add = f"INSERT INTO asset_words (rowid, {columns}) VALUES (new.asset_id, {new});"
    drop = f"INSERT INTO asset_words (asset_words, rowid, {columns}) VALUES ('delete', old.asset_id, {old});"
    op.execute(f"CREATE TRIGGER asset_text_added AFTER INSERT ON asset_text BEGIN {add} END")
    op.execute(f"CREATE TRIGGER asset_text_changed AFTER UPDATE ON asset_text BEGIN {drop} {add} END")
    op.execute(f"CREATE TRIGGER asset_text_removed AFTER DELETE ON asset_text BEGIN {drop} END")


def _fill_names() -> None:
    for rows in _pages("SELECT id, name FROM asset WHERE id > :after ORDER BY id LIMIT :limit"):
        op.get_bind().execute(
            sa.text("UPDATE asset SET name_key = :key WHERE id = :id"),
            [{"id": row.id, "key": name_key(row.name)} for row in rows],
        )


def _fill_folders() -> None:
    bind = op.get_bind()
    known: dict[bytes, int] = {}
    for rows in _pages("SELECT id, path_bytes FROM source WHERE id > :after ORDER BY id LIMIT :limit"):
        changes = []
        for row in rows:
            folder = os.path.dirname(row.path_bytes)
            if folder not in known:
                made = sa.text("INSERT INTO folder (path_bytes, path) VALUES (:bytes, :text) RETURNING id")
                values = {"bytes": folder, "text": folder.decode("utf-8", "replace")}
                known[folder] = bind.execute(made, values).scalar_one()
            changes.append({"id": row.id, "folder": known[folder]})
        bind.execute(sa.text("UPDATE source SET folder_id = :folder WHERE id = :id"), changes)


def _fill_details() -> None:
    query = "SELECT blob_id AS id, tags FROM blob_metadata WHERE blob_id > :after ORDER BY blob_id LIMIT :limit"
    for rows in _pages(query):
        changes = [{"id": row.id, **_details(json.loads(zlib.decompress(row.tags)))} for row in rows]
        op.get_bind().execute(
            sa.text(
                "UPDATE blob SET lens = :lens, iso = :iso, latitude = :latitude, longitude = :longitude WHERE id = :id"
            ),
            changes,
        )


def _details(tags: dict[str, Any]) -> dict[str, Any]:
    lenses = (tags.get(name) for name in ("Composite:LensID", "EXIF:LensModel", "XMP:Lens", "XMP:LensModel"))
    lens = next((text for text in lenses if isinstance(text, str) and text.strip()), None)
    iso = tags.get("EXIF:ISO")
    latitude, longitude = _degrees(tags, "Latitude", 90), _degrees(tags, "Longitude", 180)
    known = latitude is not None and longitude is not None
    return {
        "lens": lens.strip() if lens else None,
        "iso": iso if isinstance(iso, int) and 0 < iso < 2**31 else None,
        "latitude": latitude if known else None,
        "longitude": longitude if known else None,
    }


def _degrees(tags: dict[str, Any], what: str, most: int) -> float | None:
    value = tags.get(f"Composite:GPS{what}")
    if isinstance(value, int | float) and math.isfinite(value) and abs(value) <= most:
        return float(value)
    return None


def _pages(query: str) -> Any:
    """Pages of rows by ascending id."""
    after = 0
    while rows := op.get_bind().execute(sa.text(query), {"after": after, "limit": _PAGE}).all():
        yield rows
        after = rows[-1].id
