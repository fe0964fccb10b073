"""What `is:` and `has:` can say of an asset. A further thing to say is a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from sqlalchemy import and_, exists, func, not_, or_, select, true

from keeproom.catalog.columns import FLAGS, STATUSES
from keeproom.catalog.packing import NO_DATE
from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    BlobRow,
    CollectionAssetRow,
    SidecarRow,
    VersionRow,
)
from keeproom.library.search.answers import Clause, Mask, State
from keeproom.library.snapshot import Snapshot
from keeproom.media.formats import FORMATS
from keeproom.model import BlobState, Flag, Kind, Status

PROBLEMS = (Status.FAILED, Status.DAMAGED, Status.MISSING)


def _status(*statuses: Status) -> tuple[Callable[[], Clause], Callable[[Snapshot], Mask], frozenset[str]]:
    """One of what a person is told of an asset: what its bytes are comes first."""
    codes = [STATUSES.index(status) for status in statuses]

    def clause() -> Clause:
        bad = [BlobRow.state == status.value for status in statuses if status.value in tuple(BlobState)]
        well = [BlobRow.progress == status.value for status in statuses if status.value not in tuple(BlobState)]
        parts = [*bad, *([and_(BlobRow.state == BlobState.OK, or_(*well))] if well else [])]
        return or_(*parts)

    return clause, lambda snapshot: np.isin(snapshot.columns["status"], codes), frozenset({"status"})


def _is_status(help_: str, *statuses: Status) -> State:
    clause, mask, needs = _status(*statuses)
    return State(clause, help_, mask, needs)


def _differs(name: str, column: Any, none: Any, help_: str, missing: bool) -> State:
    """Whether a column has a value; the snapshot has `none` where there is none."""

    def mask(snapshot: Snapshot) -> Mask:
        is_missing: Mask = snapshot.columns[name] == none
        return is_missing if missing else ~is_missing

    def clause() -> Clause:
        has = func.coalesce(column, "") != "" if none == 0 and name != "rating" else column.is_not(None)
        has = column != 0 if name == "rating" else has
        return not_(has) if missing else has

    return State(clause, help_, mask, frozenset({name}))


def _chosen(name: str, column: Any, value: str, values: tuple[str, ...], help_: str) -> State:
    place = values.index(value)
    return State(lambda: column == value, help_, lambda snapshot: snapshot.columns[name] == place, frozenset({name}))


def _paired(name: str, pairs: Any, help_: str, missing: bool) -> State:
    """Whether there are any tags, or any collections."""

    def mask(snapshot: Snapshot) -> Mask:
        has = snapshot.pairs[name].any(len(snapshot))
        return ~has if missing else has

    def clause() -> Clause:
        known = select(pairs.asset_id)
        return AssetRow.id.not_in(known) if missing else AssetRow.id.in_(known)

    return State(clause, help_, mask, frozenset({name}))


def _text(column: Any, help_: str) -> State:
    return State(lambda: func.coalesce(column, "") != "", help_)


def _sides(compare: Callable[[Any, Any], Any], help_: str) -> State:
    """How the sides as seen stand to each other; a person can have turned the picture."""

    def clause() -> Clause:
        turned = AssetRow.rotation % 2 == 1
        across, down = BlobRow.width, BlobRow.height
        return or_(and_(turned, compare(down, across)), and_(not_(turned), compare(across, down)))

    return State(clause, help_)


def _shares_blob() -> Clause:
    """Another asset that is not in the trash has the same bytes."""
    assets, other = AssetRow.__table__.alias(), AssetRow.__table__.alias()
    shared = select(AssetRow.blob_id).group_by(AssetRow.blob_id).having(func.count() > 1)
    living = exists().where(
        other.c.blob_id == AssetRow.blob_id, other.c.id != AssetRow.id, other.c.trashed_at.is_(None)
    )
    return and_(AssetRow.id.in_(select(assets.c.id).where(assets.c.blob_id.in_(shared))), living)


def _is_cover() -> Clause:
    other = AssetRow.__table__.alias()
    before = exists().where(
        other.c.stack_id == AssetRow.stack_id,
        other.c.trashed_at.is_(None),
        or_(
            other.c.stack_place < AssetRow.stack_place,
            and_(other.c.stack_place == AssetRow.stack_place, other.c.id < AssetRow.id),
        ),
    )
    return and_(AssetRow.stack_id.is_not(None), not_(before))


def _is_raw() -> Clause:
    return BlobRow.format.in_([name for name, row in FORMATS.items() if row.is_raw])


def _has_sound() -> Clause:
    """A sound, or a video with more than the codec of its pictures."""
    return or_(
        BlobRow.kind == Kind.AUDIO, and_(BlobRow.kind == Kind.VIDEO, func.coalesce(BlobRow.codecs, "").contains(","))
    )


def _has_row(table: Any) -> Callable[[], Clause]:
    return lambda: AssetRow.id.in_(select(table.asset_id))


def _has_versions() -> Clause:
    return AssetRow.id.in_(select(VersionRow.asset_id).group_by(VersionRow.asset_id).having(func.count() > 1))


def _has_point() -> Clause:
    return and_(BlobRow.latitude.is_not(None), BlobRow.longitude.is_not(None))


def _point_mask(snapshot: Snapshot) -> Mask:
    points = snapshot.columns
    known: Mask = ~(np.isnan(points["latitude"]) | np.isnan(points["longitude"]))
    return known


_POINT = frozenset({"latitude", "longitude"})
_STACK = AssetRow.stack_id

IS: Mapping[str, State] = {
    "problem": _is_status("kept, but incomplete or at risk", *PROBLEMS),
    "failed": _is_status("a step failed", Status.FAILED),
    "damaged": _is_status("its bytes changed on disk", Status.DAMAGED),
    "missing": _is_status("its bytes are gone", Status.MISSING),
    "processing": _is_status("steps are still to be done", Status.PROCESSING),
    "importing": _is_status("not yet safe", Status.IMPORTING),
    "ready": _is_status("all steps are done", Status.READY),
    "rated": _differs("rating", AssetRow.rating, 0, "has stars", False),
    "unrated": _differs("rating", AssetRow.rating, 0, "has no stars", True),
    "labelled": _differs("label", AssetRow.label, 0, "has a colour label", False),
    "unlabelled": _differs("label", AssetRow.label, 0, "has no colour label", True),
    "flagged": _differs("flag", AssetRow.flag, 0, "is picked or rejected", False),
    "unflagged": _differs("flag", AssetRow.flag, 0, "is neither picked nor rejected", True),
    "picked": _chosen("flag", AssetRow.flag, Flag.PICK, FLAGS, "is a pick"),
    "rejected": _chosen("flag", AssetRow.flag, Flag.REJECT, FLAGS, "is a reject"),
    "tagged": _paired("tag", AssetTagRow, "has tags", False),
    "untagged": _paired("tag", AssetTagRow, "has no tags", True),
    "collected": _paired("collection", CollectionAssetRow, "is in a collection", False),
    "uncollected": _paired("collection", CollectionAssetRow, "is in no collection", True),
    "dated": _differs("captured", AssetRow.captured, NO_DATE, "it is known when it was taken", False),
    "undated": _differs("captured", AssetRow.captured, NO_DATE, "it is not known when it was taken", True),
    "located": State(_has_point, "has a place on the map", _point_mask, _POINT),
    "unlocated": State(
        lambda: not_(func.coalesce(_has_point(), False)), "has no place on the map", lambda s: ~_point_mask(s), _POINT
    ),
    "stacked": State(
        lambda: _STACK.is_not(None), "is one of a group", lambda s: s.columns["stack"] != 0, frozenset({"stack"})
    ),
    "unstacked": State(
        lambda: _STACK.is_(None), "is in no group", lambda s: s.columns["stack"] == 0, frozenset({"stack"})
    ),
    "cover": State(_is_cover, "is what its group is shown by"),
    "duplicate": State(_shares_blob, "another item has the same bytes"),
    "edited": State(lambda: AssetRow.version > 1, "something was changed since it was imported"),
    "rotated": State(lambda: AssetRow.rotation != 0, "was turned"),
    "raw": State(_is_raw, "is a camera's raw file"),
    "landscape": _sides(lambda across, down: across > down, "is wider than high"),
    "portrait": _sides(lambda across, down: across < down, "is higher than wide"),
    "square": _sides(lambda across, down: across == down, "is as wide as high"),
}
"""`is:`, by name."""

HAS: Mapping[str, State] = {
    "gps": IS["located"],
    "audio": State(_has_sound, "can be heard"),
    "tags": IS["tagged"],
    "title": _text(AssetRow.title, "has a title"),
    "description": _text(AssetRow.description, "has a description"),
    "creator": _text(AssetRow.creator, "has a creator"),
    "place": _text(AssetRow.place, "has a place in words"),
    "date": IS["dated"],
    "rating": IS["rated"],
    "label": IS["labelled"],
    "flag": IS["flagged"],
    "camera": _differs("camera", BlobRow.camera, 0, "the camera is known", False),
    "lens": _differs("lens", BlobRow.lens, 0, "the lens is known", False),
    "collection": IS["collected"],
    "stack": IS["stacked"],
    "sidecar": State(_has_row(SidecarRow), "came with a companion file (.xmp)"),
    "preview": State(lambda: BlobRow.thumbnailed == true(), "has a preview"),
    "versions": State(_has_versions, "has earlier versions"),
}
"""`has:`, by name."""
