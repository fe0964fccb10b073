"""The values that travel between the rooms: frozen, without behaviour that needs a room.

Moments are aware and in UTC. A capture time is the camera's wall time, with its offset where the file tells one.
Sizes are bytes, durations seconds, width and height as seen (orientation applied).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

THUMBNAIL_SIZES = (512, 256)
"""The longest sides of stored thumbnails, in pixels, largest first (shared measurements: 35 KiB at 512)."""


class Kind(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


class Status(StrEnum):
    """What a person is told of one asset."""

    IMPORTING = "importing"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"
    DAMAGED = "damaged"
    MISSING = "missing"


class Stage(StrEnum):
    """What is derived from a blob, in the order in which it is wanted."""

    PICTURE = "picture"
    METADATA = "metadata"


class ItemState(StrEnum):
    """What a person is told of a file of an import that is no asset of its own: not yet, or not at all."""

    WAITING = "waiting"
    COPYING = "copying"
    NOT_IMPORTED = "not-imported"
    SKIPPED = "skipped"
    ALREADY_HERE = "already-here"
    IN_TRASH = "in-trash"


class Grouping(StrEnum):
    """By what the grid is parted under headings."""

    NONE = "none"
    DAY = "day"
    MONTH = "month"
    IMPORT = "import"
    COLLECTION = "collection"


class Label(StrEnum):
    """The colour labels, in the order of their keys."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"


class Flag(StrEnum):
    PICK = "pick"
    REJECT = "reject"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class BlobState(StrEnum):
    """What the last look at a blob's bytes found."""

    OK = "ok"
    DAMAGED = "damaged"
    MISSING = "missing"


class Outcome(StrEnum):
    """What became of one file of an import."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    SKIPPED = "skipped"


class SortKey(StrEnum):
    CAPTURED = "captured"
    IMPORTED = "imported"
    NAME = "name"
    SIZE = "size"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not as hoped: a code for programs and a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class BlobRef:
    """The name of some bytes: their SHA-256 as 64 lower-case hex digits, and their size."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class CaptureTime:
    """When a picture was taken: the camera's wall clock, naive, and its offset from UTC where known."""

    wall: datetime
    offset_minutes: int | None = None

    def isoformat(self) -> str:
        """`2023-05-01T10:00:00`, or with the offset `2023-05-01T10:00:00+02:00`."""
        if self.offset_minutes is None:
            return self.wall.isoformat(timespec="seconds")
        zone = timezone(timedelta(minutes=self.offset_minutes))
        return self.wall.replace(tzinfo=zone).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file's content says it is.

    `format` names a row of the format registry; it is None where no reader knows the content and only the
    extension speaks for it.
    """

    kind: Kind
    mime: str
    format: str | None


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What one decode tells of a blob. Sides are as seen; `colour` is the average as 0xRRGGBB."""

    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    codecs: tuple[str, ...] = ()
    captured: CaptureTime | None = None
    camera: str | None = None
    colour: int | None = None
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The harvest of one decode: facts, and JPEG bytes by the longest side they were made for.

    A sound without cover art has no thumbnails, and that is no failure.
    """

    facts: PictureFacts
    thumbnails: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file states of itself as a person would; None, or no tag, where it says nothing.

    A rating of 0 is said: the file wants no stars. A `/` in a tag makes a hierarchy.
    """

    title: str | None = None
    description: str | None = None
    creator: str | None = None
    place: str | None = None
    rating: int | None = None
    label: str | None = None
    flag: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataFacts:
    """All tags of a file by `Group:Tag`, and what Keeproom understands of them.

    `position` is latitude and longitude in degrees, north and east positive.
    """

    tags: Mapping[str, object]
    captured: CaptureTime | None = None
    camera: str | None = None
    lens: str | None = None
    iso: int | None = None
    position: tuple[float, float] | None = None
    stated: Stated = Stated()
    tool: str = ""


@dataclass(frozen=True, slots=True)
class StageStatus:
    state: JobState
    attempts: int
    tool: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Asset:
    """One kept thing as lists show it."""

    id: int
    name: str
    kind: Kind
    mime: str
    sha256: str
    size_bytes: int
    status: Status
    width: int | None
    height: int | None
    duration_s: float | None
    captured: CaptureTime | None
    imported_at: datetime
    rating: int
    label: str | None
    flag: str | None
    title: str | None
    description: str | None
    tags: tuple[str, ...]
    version: int
    trashed_at: datetime | None
    sources: tuple[Path, ...]
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class AssetDetails:
    asset: Asset
    metadata: Mapping[str, object]
    stages: Mapping[Stage, StageStatus]
    collections: tuple[str, ...]
    creator: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What the grid paints of one asset. `colour` (0xRRGGBB) stands in until the thumbnail is there.

    `thumbnailed` says that a thumbnail was made; without it there is nothing to load. A file of an import that is no
    asset of its own has a negative id, the number of its line in the import's list, and `asset` is the asset that has
    its bytes, where one does. `captured` is wall time. `rotation` is how many quarter turns clockwise the thumbnail is
    to be turned; `width` and `height` are those of the file. `stack` is the id of the group it belongs to, `stack_size`
    how many living assets that has.
    """

    id: int
    name: str
    kind: Kind
    sha256: str
    status: Status | ItemState
    thumbnailed: bool
    colour: int | None
    width: int | None
    height: int | None
    duration_s: float | None
    rating: int
    label: str | None
    flag: str | None
    version: int
    mime: str = ""
    format: str | None = None
    size_bytes: int = 0
    captured: datetime | None = None
    imported_at: datetime | None = None
    camera: str | None = None
    title: str | None = None
    asset: int | None = None
    reason: str | None = None
    rotation: int = 0
    stack: int | None = None
    stack_size: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The cells from `start` that stand under one heading, `count` of them. `key` is a day (`2023-05-14`), a month
    (`2023-05`), an import's entry or a collection's id as digits, or empty for what has none of these."""

    key: str
    start: int
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A decoded picture for the viewer, upright and in sRGB.

    `pixels` are rows of 32-bit BGRX, or premultiplied BGRA where `has_alpha`, without padding. `full_width` and
    `full_height` are the sides of the whole picture as seen; the preview is that, or smaller.
    """

    width: int
    height: int
    has_alpha: bool
    pixels: bytes
    full_width: int
    full_height: int


@dataclass(frozen=True, slots=True)
class PreviewFrame:
    """One picture of an animation, and for how long it is shown."""

    preview: Preview
    duration_ms: int


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one planned file; a failed or skipped file has a reason.

    `item` is the number of its line in the import's list, where there is one.
    """

    path: Path
    outcome: Outcome
    asset: int | None = None
    sha256: str | None = None
    size_bytes: int = 0
    reason: Reason | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """The balance of one import. `entry` is its number in the log, None for a rehearsal."""

    entry: int | None
    found: int
    imported: int
    duplicates: int
    failed: int
    skipped: int
    stages_failed: int
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Job:
    """One stage of one blob in the queue, named by the first asset that shows the blob."""

    id: int
    stage: Stage
    asset: int | None
    state: JobState
    attempts: int
    error: str | None
    worker: str | None


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """The queue at one moment."""

    waiting: int
    running: int
    failed: int
    paused: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """Which assets differ from what was known before. `organised` tells that tags, collections or stacks
    themselves came, changed or went."""

    revision: int
    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    organised: bool = False


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is; sizes are bytes.

    `phase` is `counting`, `copying`, `done`, `cancelled`, `interrupted` (the window closes) or `no-space` (what is left
    waits for room). `needed_bytes` is the space that the files still to be copied take at the most, as far as that is
    known. `in_hand` names the files at work, by the number of their line in the import's list, with the fraction of
    their bytes that is done.
    """

    phase: str
    found: int = 0
    bytes_found: int = 0
    finished: int = 0
    bytes_finished: int = 0
    free_bytes: int = 0
    current: Path | None = None
    seconds: float = 0.0
    entry: int | None = None
    needed_bytes: int = 0
    in_hand: tuple[tuple[int, float], ...] = ()

    @property
    def lacks_space(self) -> bool:
        """Whether not all that is left will find room."""
        return self.needed_bytes > self.free_bytes


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one asset that was to be written to a folder: the file's path, or the reason why there is none."""

    asset: int
    path: Path | None = None
    size_bytes: int = 0
    reason: Reason | None = None
