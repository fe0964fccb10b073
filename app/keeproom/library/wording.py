"""The words by which assets are found: the rows behind the search index, written with every change of what they say.

A row holds what its asset states, where it came from, when it was taken, and what its file tells of itself. A row that
would say the same is not written: the index costs more than everything else here. What a file's metadata says is read
when it comes, not with every edit, for unpacking it takes as long as the rest of a row: it stands in `details` behind
a line break, and is left there.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    AssetTextRow,
    BlobMetadataRow,
    BlobRow,
    FolderRow,
    SourceRow,
    StateRow,
    TagRow,
)
from keeproom.catalog.wordrows import change_texts, merging_later, put_texts
from keeproom.catalog.words import COLUMNS, index_text
from keeproom.library.opening import Library
from keeproom.media.stated import words_of

WORDS_VERSION = 1
"""The recipe of the texts. A catalog whose texts were made by an older one gets new ones (`bring_up_to_date`)."""

MONTHS = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec",
)

_PAGE = 500
"""So many assets are worded in one statement, and in one transaction of those that bring a library up to date."""

Row = Any


def write_texts(
    write: Write, asset_ids: Iterable[int], *, metadata_too: bool = False, columns: Collection[str] = COLUMNS
) -> None:
    """Bring the texts of these assets up to date with the rows they are made of, as this transaction has them.

    `metadata_too` says that what the files tell may be news: their metadata came, or their assets got other bytes.
    Where it is known what changed, `columns` are those of the texts that say it.
    """
    chosen = tuple(column for column in COLUMNS if column in columns)
    if chosen:
        for page in _pages(list(dict.fromkeys(asset_ids))):
            _write_page(write.session, page, metadata_too, chosen)


@contextmanager
def wording_many(write: Write, count: int) -> Iterator[None]:
    """Within the block texts of so many assets are written, of which the index is told where they are many."""
    with merging_later(write.session) if count > _PAGE else nullcontext():
        yield


def bring_up_to_date(library: Library, should_stop: Callable[[], bool]) -> bool:
    """Make the texts that an older program left out, page by page, until none is missing or it is to stop.

    It goes on where it, or another process that is at it too, has come to. Whether all texts are there; asking costs
    next to nothing where they are.
    """
    last, version = 0, _version(library)
    while version < WORDS_VERSION:
        if should_stop():
            return False
        with library.catalog.write() as write:
            ids = write.session.scalars(_next(last, only_missing=version == 0)).all()
            if ids:
                write_texts(write, ids, metadata_too=True)
                last = ids[-1]
            else:
                write.session.execute(update(StateRow).values(words_version=WORDS_VERSION))
                return True
    return True


def _version(library: Library) -> int:
    with library.catalog.read() as session:
        return session.scalar(select(StateRow.words_version)) or 0


def _next(last: int, *, only_missing: bool) -> Any:
    """The assets of the next page. A program that knew no texts made none, so that those that are there are right."""
    after = select(AssetRow.id).where(AssetRow.id > last).order_by(AssetRow.id).limit(_PAGE)
    if not only_missing:
        return after
    return after.outerjoin(AssetTextRow, AssetTextRow.asset_id == AssetRow.id).where(AssetTextRow.asset_id.is_(None))


def _pages(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _PAGE):
        yield ids[start : start + _PAGE]


def _write_page(session: Session, ids: Sequence[int], metadata_too: bool, columns: Sequence[str]) -> None:
    """Write those rows of a page that differ: statements for all of them, not for each."""
    there = _texts(session, ids, columns)
    missing = [id_ for id_ in ids if id_ not in there]
    is_whole = columns == COLUMNS
    if missing and not is_whole:
        _write_page(session, missing, metadata_too, COLUMNS)
        ids = [id_ for id_ in ids if id_ in there]
        missing = []
    told = _told(session, ids if metadata_too else missing) if "details" in columns else {}
    tags = _tags(session, ids) if "tags" in columns else {}
    folders = _folders(session, ids) if "folders" in columns else {}
    differing: list[tuple[int | str, ...]] = []
    for row in session.execute(_stated(ids, columns)):
        old = there.get(row.id)
        behind = told.get(row.id, "") if metadata_too or old is None else old[-1].partition("\n")[2]
        said = _Said(row, tags.get(row.id, ()), folders.get(row.id, ()), behind)
        texts = tuple([_WORDS[column](said) for column in columns])
        if texts != old:
            differing.append((row.id, *texts))
    if is_whole:
        put_texts(session, differing)
    else:
        change_texts(session, columns, differing)


def _stated(ids: Sequence[int], columns: Collection[str]) -> Any:
    facts = [fact for column in columns for fact in _FACTS.get(column, ())]
    stated = select(AssetRow.id, *facts).where(AssetRow.id.in_(values_of(ids)))
    return stated.join(BlobRow, BlobRow.id == AssetRow.blob_id) if "details" in columns else stated


_FACTS: Mapping[str, tuple[Any, ...]] = {
    "name": (AssetRow.name,),
    "title": (AssetRow.title,),
    "description": (AssetRow.description,),
    "dates": (AssetRow.captured,),
    "details": (AssetRow.creator, AssetRow.place, BlobRow.camera, BlobRow.lens),
}
"""What is read of an asset's rows for each of the texts; tags and folders are read by themselves."""


@lru_cache(maxsize=4096)
def date_words(year: int, month: int) -> str:
    """Year and month in figures and in English words: `2023 may 05 2023-05`."""
    return f"{year:04} {MONTHS[month - 1]} {month:02} {year:04}-{month:02}"


@lru_cache(maxsize=4096)
def _tag_words(name: str) -> str:
    """A tag with all that it stands below: the parts of its name."""
    return index_text(name.replace("/", " "))


@lru_cache(maxsize=4096)
def _details_words(text: str) -> str:
    return index_text(text.replace("\n", " "))


@lru_cache(maxsize=4096)
def _folder_words(path: bytes) -> tuple[str, ...]:
    """The names of a folder and of those that it lies in."""
    return tuple(index_text(part.decode("utf-8", "replace")) for part in path.split(os.fsencode(os.sep)) if part)


class _Said(NamedTuple):
    """What an asset's texts are made of."""

    row: Row
    tags: Sequence[str]
    folders: Sequence[bytes]
    told: str


def _details(said: _Said) -> str:
    row = said.row
    own = _details_words(" ".join(filter(None, (row.camera, row.lens, row.creator, row.place))))
    return f"{own}\n{said.told}" if said.told else own


_WORDS: Mapping[str, Callable[[_Said], str]] = {
    "name": lambda said: index_text(said.row.name),
    "title": lambda said: index_text(said.row.title or ""),
    "description": lambda said: index_text(said.row.description or ""),
    "tags": lambda said: " ".join(map(_tag_words, said.tags)),
    "folders": lambda said: " ".join(dict.fromkeys(word for each in said.folders for word in _folder_words(each))),
    "dates": lambda said: date_words(said.row.captured.year, said.row.captured.month) if said.row.captured else "",
    "details": _details,
}


def _texts(session: Session, ids: Sequence[int], columns: Iterable[str]) -> dict[int, tuple[str, ...]]:
    chosen = (getattr(AssetTextRow, column) for column in columns)
    rows = session.execute(select(AssetTextRow.asset_id, *chosen).where(AssetTextRow.asset_id.in_(values_of(ids))))
    return {row[0]: tuple(row[1:]) for row in rows}


def _told(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """What the metadata of these assets' files says in words."""
    if not ids:
        return {}
    metadata = (
        select(AssetRow.id, BlobMetadataRow.tags)
        .join(BlobMetadataRow, BlobMetadataRow.blob_id == AssetRow.blob_id)
        .where(AssetRow.id.in_(values_of(ids)))
    )
    return {asset: index_text(words_of(tags)) for asset, tags in session.execute(metadata)}


def _tags(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    named = (
        select(AssetTagRow.asset_id, TagRow.name)
        .join(TagRow, TagRow.id == AssetTagRow.tag_id)
        .where(AssetTagRow.asset_id.in_(values_of(ids)))
        .order_by(AssetTagRow.asset_id, AssetTagRow.tag_id)
    )
    return _gathered(session.execute(named))


def _folders(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[bytes]]:
    named = (
        select(SourceRow.asset_id, FolderRow.path_bytes)
        .join(FolderRow, FolderRow.id == SourceRow.folder_id)
        .where(SourceRow.asset_id.in_(values_of(ids)))
        .order_by(SourceRow.id)
    )
    return _gathered(session.execute(named))


def _gathered(pairs: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for asset, value in pairs:
        found[asset].append(value)
    return found
