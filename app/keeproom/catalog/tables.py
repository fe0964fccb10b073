"""The tables of the catalog. Names, types and rules are those of the migrations; a test compares the two."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from keeproom.catalog.types import JsonText, Moment, PackedJson, WallTime


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class StateRow(Base):
    """The one row of what counts for the whole catalog.

    `revision` is the number of the last write transaction; `device` and `sequence` name entries of the log past this
    machine; `paused` stops every worker of every process. `words_version` is the recipe by which the texts of the
    search index were made (`library.wording`); where it is not the newest, they are made again.
    """

    __tablename__ = "state"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    device: Mapped[UUID]
    sequence: Mapped[int]
    paused: Mapped[bool] = mapped_column(server_default=text("0"))
    words_version: Mapped[int] = mapped_column(server_default=text("0"))


class BlobRow(Base):
    """Facts of some bytes, computed once however many assets share them.

    `state` is what the last look at the bytes found, `progress` sums up the stages: processing, ready or failed.
    `latitude` and `longitude` are degrees, north and east positive.
    """

    __tablename__ = "blob"
    __table_args__ = (
        Index("ix_blob_size", "size_bytes"),
        Index("ix_blob_camera", "camera", sqlite_where=text("camera IS NOT NULL")),
        Index("ix_blob_lens", "lens", sqlite_where=text("lens IS NOT NULL")),
        Index("ix_blob_revision", "revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size_bytes: Mapped[int]
    kind: Mapped[str]
    mime: Mapped[str]
    format: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="ok")
    progress: Mapped[str] = mapped_column(server_default="processing")
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_s: Mapped[float | None]
    codecs: Mapped[str | None]
    camera: Mapped[str | None]
    lens: Mapped[str | None]
    iso: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    colour: Mapped[int | None]
    thumbnailed: Mapped[bool] = mapped_column(server_default=text("0"))
    captured: Mapped[datetime | None] = mapped_column(WallTime)
    captured_offset: Mapped[int | None]
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    revision: Mapped[int]


class BlobMetadataRow(Base):
    """All tags of some bytes as exiftool names them, `Group:Tag` to value."""

    __tablename__ = "blob_metadata"

    blob_id: Mapped[int] = mapped_column(ForeignKey("blob.id", ondelete="CASCADE"), primary_key=True)
    tags: Mapped[Any] = mapped_column(PackedJson)


class EntryRow(Base):
    """One thing that was done. An import is one entry that grows group by group; `ended_at` closes it."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    device: Mapped[UUID]
    sequence: Mapped[int]
    action: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))


class AssetRow(Base):
    """One kept thing: what a person states about it, and the blob of its current version.

    `name` is the text to show; `name_bytes` is there only where the file system's name was not UTF-8, and no person has
    named it since. `name_key` is what names are sorted by (`catalog.collation`). `rotation` is how many quarter turns
    clockwise a person turned what the file shows. `place` is a text, not a point.
    """

    __tablename__ = "asset"
    __table_args__ = (
        Index("ix_asset_captured", "captured", "id", sqlite_where=text("trashed_at IS NULL")),
        Index("ix_asset_name", "name_key", "id", sqlite_where=text("trashed_at IS NULL")),
        Index("ix_asset_rating", "rating", "id", sqlite_where=text("trashed_at IS NULL")),
        Index("ix_asset_living", "id", sqlite_where=text("trashed_at IS NULL")),
        Index("ix_asset_blob", "blob_id"),
        Index("ix_asset_entry", "entry_id"),
        Index("ix_asset_stack", "stack_id", sqlite_where=text("stack_id IS NOT NULL")),
        Index("ix_asset_revision", "revision"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True)
    blob_id: Mapped[int] = mapped_column(ForeignKey("blob.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    name: Mapped[str]
    name_bytes: Mapped[bytes | None]
    name_key: Mapped[str] = mapped_column(server_default=text("''"))
    title: Mapped[str | None]
    description: Mapped[str | None]
    rating: Mapped[int] = mapped_column(server_default=text("0"))
    label: Mapped[str | None]
    flag: Mapped[str | None]
    captured: Mapped[datetime | None] = mapped_column(WallTime)
    captured_offset: Mapped[int | None]
    creator: Mapped[str | None]
    place: Mapped[str | None]
    rotation: Mapped[int] = mapped_column(server_default=text("0"))
    stack_id: Mapped[int | None] = mapped_column(ForeignKey("stack.id"))
    stack_place: Mapped[int] = mapped_column(server_default=text("0"))
    imported_at: Mapped[datetime] = mapped_column(Moment)
    trashed_at: Mapped[datetime | None] = mapped_column(Moment)
    revision: Mapped[int]


class VersionRow(Base):
    """One version of an asset: its number, the entry that made it, and its bytes."""

    __tablename__ = "version"
    __table_args__ = (Index("ix_version_blob", "blob_id"),)

    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    blob_id: Mapped[int] = mapped_column(ForeignKey("blob.id"))


class ClaimRow(Base):
    """Which asset a checksum belongs to: the one that a duplicate is told of."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_asset", "asset_id"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"))


class FolderRow(Base):
    """A folder that files came from, once however many did."""

    __tablename__ = "folder"

    id: Mapped[int] = mapped_column(primary_key=True)
    path_bytes: Mapped[bytes] = mapped_column(unique=True)
    path: Mapped[str]


class SourceRow(Base):
    """Where an asset came from: each path as bytes and as text, with the file's size and time there."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("asset_id", "path_bytes"), Index("ix_source_folder", "folder_id", "asset_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    path_bytes: Mapped[bytes]
    path: Mapped[str]
    folder_id: Mapped[int | None] = mapped_column(ForeignKey("folder.id"))
    size_bytes: Mapped[int]
    modified_ns: Mapped[int]


class SidecarRow(Base):
    """The companion file (XMP) that lay beside an asset's file when it was imported, kept as it was."""

    __tablename__ = "sidecar"

    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True)
    path_bytes: Mapped[bytes]
    path: Mapped[str]
    content: Mapped[bytes]


class ChangeRow(Base):
    """One change of one field of one object, with what stood before and what stands after."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_object", "object", "id"), Index("ix_change_entry", "entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    object_kind: Mapped[str]
    object: Mapped[UUID]
    field: Mapped[str]
    old: Mapped[Any | None] = mapped_column(JsonText)
    new: Mapped[Any | None] = mapped_column(JsonText)


class ImportRow(Base):
    """What an import was told to do, and how far it is; its lines are rows of `import_item`.

    `roots` are the paths it was given, as bytes with a NUL between them. `state` is counting, copying, no-space (the
    rest waits for room), cancelled or ended; `process` is the one that is at it, and where that is dead, or there is
    none, an open import is interrupted. A window continues an interrupted one by itself where it `resumes`.
    `size_bytes` is what the imported files have so far.
    """

    __tablename__ = "import"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    roots: Mapped[bytes]
    move: Mapped[bool] = mapped_column(server_default=text("0"))
    separate: Mapped[bool] = mapped_column(server_default=text("0"))
    resumes: Mapped[bool] = mapped_column(server_default=text("0"))
    state: Mapped[str]
    process: Mapped[str | None]
    size_bytes: Mapped[int] = mapped_column(server_default=text("0"))


class ImportItemRow(Base):
    """One file of an import, those that are not kept included; ids are in the order of the plan.

    `outcome` is `waiting` until the file's turn has come. `stamp` is by what the file is known to be still the one
    that was read.
    """

    __tablename__ = "import_item"
    __table_args__ = (
        Index("ix_import_item_entry", "entry_id", "outcome"),
        Index("ix_import_item_asset", "asset_id", sqlite_where=text("asset_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    path_bytes: Mapped[bytes]
    path: Mapped[str]
    outcome: Mapped[str]
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id", ondelete="SET NULL"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size_bytes: Mapped[int]
    reason_code: Mapped[str | None]
    reason: Mapped[str | None]
    stamp: Mapped[str | None]


class JobRow(Base):
    """One stage of one blob, and its place in the queue.

    A running job belongs to `worker` until `leased_until`, or until that worker's process is dead. It is not begun
    before `due_at`.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("blob_id", "stage"),
        Index("ix_job_open", "stage", "due_at", "id", sqlite_where=text("state = 'waiting'")),
        Index("ix_job_running", "worker", sqlite_where=text("state = 'running'")),
        Index("ix_job_failed", "id", sqlite_where=text("state = 'failed'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    blob_id: Mapped[int] = mapped_column(ForeignKey("blob.id", ondelete="CASCADE"))
    stage: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime] = mapped_column(Moment)
    worker: Mapped[str | None]
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    tool: Mapped[str | None]
    error: Mapped[str | None]
    revision: Mapped[int]


class TagRow(Base):
    """A tag; `/` in its name makes a hierarchy. `folded` is the name as it is compared."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int]


class AssetTagRow(Base):
    __tablename__ = "asset_tag"
    __table_args__ = (Index("ix_asset_tag_tag", "tag_id", "asset_id"),)

    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)


class CollectionRow(Base):
    """A named set of assets in an order of its own; with a `query` it is a smart one and has no members.

    `/` in its name makes a hierarchy, and `folded` is the name as it is compared, both as with tags.
    """

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    query: Mapped[str | None]
    revision: Mapped[int]


class CollectionAssetRow(Base):
    """A member of a collection. Positions ascend and have gaps, so that moving one member touches one row."""

    __tablename__ = "collection_asset"
    __table_args__ = (Index("ix_collection_asset_asset", "asset_id", "collection_id"),)

    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[float]


class StackRow(Base):
    """Assets that are shown as one. Its members name it, each with its place; the one with the lowest is shown."""

    __tablename__ = "stack"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True)
    revision: Mapped[int]


class AssetTextRow(Base):
    """The words by which an asset is found, as the search index has them: triggers carry every change of a row over
    into `asset_words` (FTS5, `catalog.words`)."""

    __tablename__ = "asset_text"

    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(server_default=text("''"))
    title: Mapped[str] = mapped_column(server_default=text("''"))
    description: Mapped[str] = mapped_column(server_default=text("''"))
    tags: Mapped[str] = mapped_column(server_default=text("''"))
    folders: Mapped[str] = mapped_column(server_default=text("''"))
    dates: Mapped[str] = mapped_column(server_default=text("''"))
    details: Mapped[str] = mapped_column(server_default=text("''"))


class TombstoneRow(Base):
    """A row that is gone, so that who knew it learns of it."""

    __tablename__ = "tombstone"
    __table_args__ = (Index("ix_tombstone_revision", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    table: Mapped[str]
    row_id: Mapped[int]
    revision: Mapped[int]
