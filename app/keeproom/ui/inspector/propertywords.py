"""Properties: everything to copy, exact and in the notations that other programs read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from keeproom.model import Status
from keeproom.ui.inspector.fact import Row, facts_of
from keeproom.ui.inspector.sumwords import TOP_CAMERAS
from keeproom.ui.inspector.tags import Group, Tag
from keeproom.ui.status import KINDS
from keeproom.ui.texts import plural, printable, tr
from keeproom.ui.window.errortext import STORED

if TYPE_CHECKING:
    from keeproom.library.inspecting import Inspection, Origin
    from keeproom.library.summing import SelectionSummary

T = TypeVar("T")


def iso(at: datetime) -> str:
    """An aware moment in UTC as ISO 8601, with `Z`."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _sides(width: int | None, height: int | None) -> str | None:
    return f"{width} × {height} px" if width and height else None


def _seconds(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f} s"


def _bytes(value: int) -> str:
    return plural(value, "%n byte", "%n bytes")


_ITEM: tuple[Row[Inspection], ...] = (
    Row("Name", lambda item: printable(item.details.asset.name)),
    Row("ID", lambda item: str(item.details.asset.id)),
    Row("UUID", lambda item: str(item.uuid)),
    Row("Title", lambda item: item.details.asset.title),
    Row("Description", lambda item: item.details.asset.description),
    Row("Rating", lambda item: str(rating) if (rating := item.details.asset.rating) else None),
    Row("Label", lambda item: item.details.asset.label),
    Row("Flag", lambda item: item.details.asset.flag),
    Row("Tags", lambda item: ", ".join(item.details.asset.tags)),
    Row("Collections", lambda item: ", ".join(item.details.collections)),
    Row("Creator", lambda item: item.details.creator),
    Row("Place", lambda item: item.details.place),
    Row("Taken", lambda item: at.isoformat() if (at := item.details.asset.captured) else None),
    Row("Imported", lambda item: iso(item.details.asset.imported_at)),
    Row("In trash since", lambda item: iso(at) if (at := item.details.asset.trashed_at) else None),
    Row("Version", lambda item: str(item.details.asset.version)),
)
_CONTENTS: tuple[Row[Inspection], ...] = (
    Row("Kind", lambda item: tr(KINDS[item.details.asset.kind].one)),
    Row("Type", lambda item: item.details.asset.mime),
    Row("Format", lambda item: item.format),
    Row("Size", lambda item: _bytes(item.details.asset.size_bytes)),
    Row("Dimensions", lambda item: _sides(item.details.asset.width, item.details.asset.height)),
    Row("Length", lambda item: _seconds(item.details.asset.duration_s)),
    Row("Coded with", lambda item: ", ".join(item.codecs)),
    Row("Camera", lambda item: item.camera),
    Row("Checksum (SHA-256)", lambda item: item.details.asset.sha256),
    Row("Stored file", lambda item: tr(STORED[item.blob_state])),
    Row("Last finding", lambda item: iso(item.verified_at) if item.verified_at else None),
    Row("Same bytes as", lambda item: ", ".join(f"#{twin}" for twin in item.twins)),
)
_SUM: tuple[Row[SelectionSummary], ...] = (
    Row("Items", lambda each: str(each.count)),
    Row("No longer there", lambda each: str(each.asked - each.count) if each.asked > each.count else None),
    Row("Size", lambda each: _bytes(each.bytes)),
    Row("Length", lambda each: _seconds(each.duration_s) if each.timed else None),
    Row("First taken", lambda each: each.earliest.isoformat() if each.earliest else None),
    Row("Last taken", lambda each: each.latest.isoformat() if each.latest else None),
    Row("Without a date", lambda each: str(each.count - each.dated) if each.dated < each.count else None),
    Row("Smallest", lambda each: _sides(*each.smallest) if each.smallest else None),
    Row("Largest", lambda each: _sides(*each.largest) if each.largest else None),
    Row("Came from below", lambda each: str(each.folder) if each.folder else None),
)


def item_properties(item: Inspection) -> list[Group]:
    return [
        _group("Item", _ITEM, item),
        _group("File contents", _CONTENTS, item),
        *(_origin(origin) for origin in item.origins),
    ]


def sum_properties(summary: SelectionSummary) -> list[Group]:
    kinds = Group(tr("Kinds"), tuple(Tag(tr(KINDS[kind].many), str(n)) for kind, n in summary.kinds.items()))
    trouble = (status for status in (Status.FAILED, Status.DAMAGED, Status.MISSING) if summary.statuses.get(status))
    problems = tuple(Tag(tr(_TROUBLE[status]), str(summary.statuses[status])) for status in trouble)
    cameras = tuple(Tag(camera, str(count)) for camera, count in summary.cameras[: TOP_CAMERAS * 10])
    groups = (_group("Sum", _SUM, summary), kinds, Group(tr("Problems"), problems), Group(tr("Cameras"), cameras))
    return [group for group in groups if group.tags]


_TROUBLE: Mapping[Status, str] = {
    Status.FAILED: "Not every step could be done",
    Status.DAMAGED: "Bytes changed on disk",
    Status.MISSING: "File is gone",
}


def _group(title: str, rows: tuple[Row[T], ...], thing: T) -> Group:
    return Group(tr(title), tuple(Tag(tr(fact.label), fact.text) for fact in facts_of(rows, thing)))


def _origin(origin: Origin) -> Group:
    path = printable(str(origin.path))
    facts = (("Path", path), ("Size", _bytes(origin.size_bytes)), ("Changed there", iso(origin.modified_at)))
    return Group(tr("Came from"), tuple(Tag(tr(name), value) for name, value in facts))
