"""The values of fields that a library has, for completion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, func, select, type_coerce
from sqlalchemy.orm import Session

from keeproom.catalog.collation import folded
from keeproom.catalog.matching import each_value
from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    BlobRow,
    CollectionAssetRow,
    CollectionRow,
    EntryRow,
    FolderRow,
    ImportRow,
    TagRow,
)
from keeproom.catalog.words import matches_anything, one_word, words_beginning, words_of
from keeproom.media.formats import FORMATS

MOST_COUNTED = 10_000
_MOST = 20
_MOST_NAMES = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """A value of a field. `written` is how it is put in where that is not the value in quotes."""

    value: str
    shown: str
    detail: str = ""
    written: str | None = None


def ranked(offers: Iterable[Offer], typed: str) -> list[Offer]:
    """Those that have what is typed: at their beginning, at that of one of their parts, then anywhere."""
    wanted = folded(typed)
    found = [(_rank(folded(offer.shown), wanted), offer) for offer in offers]
    return [offer for rank, offer in sorted(found, key=lambda each: each[0]) if rank < _NOT_IN]


_NOT_IN = 3


def _rank(name: str, wanted: str) -> int:
    if name.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for part in name.split("/") for word in (part, *words_of(part))):
        return 1
    return 2 if wanted in name else _NOT_IN


def _counted(session: Session, column: Any, value: object) -> int:
    """How many rows have a value, counted no further than `MOST_COUNTED`."""
    rows = select(column).where(column == value).limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def _count_text(count: int) -> str:
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}"


def _with_counts(session: Session, names: Sequence[tuple[str, Any]], column: Any, typed: str) -> list[Offer]:
    """Names with how often their value comes in a column, those that many have first."""
    values = dict(names)
    first = ranked([Offer(name, name) for name in values], typed)[:_MOST_NAMES]
    counted = [
        (_rank(folded(each.shown), folded(typed)), -_counted(session, column, values[each.value]), each)
        for each in first
    ]
    ordered = sorted(counted, key=lambda each: each[:2])[:_MOST]
    return [Offer(offer.value, offer.shown, _count_text(-count)) for _, count, offer in ordered]


def offer_tags(session: Session, typed: str) -> list[Offer]:
    names = session.execute(select(TagRow.name, TagRow.id).where(_has(TagRow.folded, typed)).order_by(TagRow.folded))
    return _with_counts(session, [(row.name, row.id) for row in names], AssetTagRow.tag_id, typed)


def _has(column: Any, typed: str) -> ColumnElement[bool]:
    """Whether a folded name has what is typed somewhere."""
    return func.instr(column, folded(typed)) > 0 if typed else column.is_not(None)


def _collections(session: Session, typed: str) -> list[Offer]:
    asked = select(CollectionRow.name, CollectionRow.id, CollectionRow.query).where(_has(CollectionRow.folded, typed))
    rows = session.execute(asked.order_by(CollectionRow.folded)).all()
    plain = [(row.name, row.id) for row in rows if row.query is None]
    smart = [Offer(row.name, row.name, row.query) for row in rows if row.query is not None]
    return [*_with_counts(session, plain, CollectionAssetRow.collection_id, typed), *ranked(smart, typed)[:_MOST]]


def _folders(session: Session, typed: str) -> list[Offer]:
    """Paths, those of few names first."""
    like = typed.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    asked = select(FolderRow.path).where(FolderRow.path.like(f"%{like}%", escape="\\"))
    paths = session.scalars(asked.order_by(func.length(FolderRow.path)).limit(_MOST)).all()
    return [Offer(path, path.rsplit("/", 1)[-1] or path, path) for path in paths]


def _texts_of(column: Any) -> Callable[[Session, str], list[Offer]]:
    """The texts of a column of blobs that has an index."""

    def offer(session: Session, typed: str) -> list[Offer]:
        names = session.scalars(each_value(column)).all()
        return _with_counts(session, [(name, name) for name in names if name], column, typed)

    return offer


def _extensions(session: Session, typed: str) -> list[Offer]:
    """Endings of the formats that we know, as far as names have them."""
    known = sorted({ending for row in FORMATS.values() for ending in row.extensions})
    offers = ranked([Offer(ending.lstrip("."), ending.lstrip(".")) for ending in known], typed.removeprefix("."))
    in_names = (
        offer
        for offer in offers
        if matches_anything(session, one_word(offer.value, is_prefix=False, columns=("name",)))
    )
    return list(in_names)[:_MOST]


def _types(_: Session, typed: str) -> list[Offer]:
    known = sorted({row.mime for row in FORMATS.values()})
    halves = [f"{half}/*" for half in dict.fromkeys(mime.partition("/")[0] for mime in known)]
    return [Offer(each.value, each.shown, written=each.value) for each in ranked(map(_plain, [*halves, *known]), typed)]


def _plain(text: str) -> Offer:
    return Offer(text, text)


def _dates(session: Session, typed: str) -> list[Offer]:
    """Years in which something was taken, or the months of the year that is typed; the newest first."""
    low, between, last = typed.rpartition("..")
    year = last[:4] if len(last) >= 4 and last[:4].isdigit() else None
    values = _periods(session, 7, f"{year}-", f"{year}-99") if year else _periods(session, 4, "", "9999-99")
    return [Offer(value, value, written=low + between + value) for value in reversed(values) if value.startswith(last)]


def _periods(session: Session, width: int, low: str, high: str) -> list[str]:
    """The years (4 letters) or months (7) in which something was taken, by steps through the index."""
    kept = type_coerce(AssetRow.captured, String)
    found: list[str] = []
    while True:
        asked = select(func.min(kept)).where(AssetRow.trashed_at.is_(None), kept > low, kept < high)
        first = session.scalar(asked)
        if first is None:
            return found
        found.append(first[:width])
        low = first[:width] + "~"


def _imports(session: Session, typed: str) -> list[Offer]:
    newest = select(EntryRow.id, EntryRow.at).join(ImportRow, ImportRow.entry_id == EntryRow.id)
    rows = session.execute(newest.order_by(EntryRow.id.desc()).limit(_MOST)).all()
    return [_import(row.id, row.at) for row in rows if str(row.id).startswith(typed)]


def _import(number: int, at: datetime) -> Offer:
    return Offer(str(number), str(number), f"{at.astimezone():%Y-%m-%d %H:%M}", written=str(number))


def _words_in(session: Session, typed: str) -> list[Offer]:
    parts = words_of(typed)
    if len(parts) != 1:
        return []
    found = sorted(words_beginning(session, parts[0], _MOST_NAMES), key=lambda each: -each[1])
    return [Offer(word, word, _count_text(count)) for word, count in found]


OFFERS: Mapping[str, Callable[[Session, str], list[Offer]]] = {
    "tag": offer_tags,
    "collection": _collections,
    "folder": _folders,
    "camera": _texts_of(BlobRow.camera),
    "lens": _texts_of(BlobRow.lens),
    "ext": _extensions,
    "mime": _types,
    "date": _dates,
    "import": _imports,
    "name": _words_in,
    "title": _words_in,
    "description": _words_in,
    "creator": _words_in,
    "place": _words_in,
}
"""What a library offers for a field, the likeliest first."""
