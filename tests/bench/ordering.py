"""Writes into a catalog how its invented assets are organised, and the words by which they are found."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

import numpy as np

from keeproom.catalog.collation import folded
from keeproom.catalog.words import index_text
from keeproom.library.wording import date_words
from tests.bench.invented import Blobs, Stated
from tests.bench.organised import SMART, Ints, Organised


def fill_order(catalog: sqlite3.Connection, organised: Organised) -> None:
    """What assets refer to: folders and stacks, and which asset lies where (for this connection alone)."""
    catalog.executemany(
        "INSERT INTO folder (path_bytes, path) VALUES (?, ?)", ((os.fsencode(path), path) for path in organised.folders)
    )
    stacks = np.unique(organised.stack[organised.stack > 0]).tolist()
    catalog.executemany(
        "INSERT INTO stack (id, uuid, revision) VALUES (?, ?, 1)", ((number, _uuid(3, number)) for number in stacks)
    )
    catalog.execute("CREATE TEMP TABLE lies (id INTEGER PRIMARY KEY, folder_id INTEGER)")
    catalog.executemany("INSERT INTO lies VALUES (?, ?)", enumerate((organised.folder + 1).tolist(), start=1))


def fill_pairs(catalog: sqlite3.Connection, organised: Organised) -> None:
    """Tags and collections, and which assets have them."""
    _name(catalog, "tag", 1, organised.tags, repeat(None))
    _name(catalog, "collection", 2, organised.collections, repeat(None))
    smart = [(name, query) for name, query in SMART if name not in organised.collections]
    _name(catalog, "collection", 2, *zip(*smart, strict=True))
    assets, tags = organised.tagged
    catalog.executemany("INSERT INTO asset_tag (asset_id, tag_id) VALUES (?, ?)", _rows(assets + 1, tags + 1))
    members, collections, places = organised.collected
    catalog.executemany(
        "INSERT INTO collection_asset (asset_id, collection_id, position) VALUES (?, ?, ?)",
        zip((members + 1).tolist(), (collections + 1).tolist(), places.tolist(), strict=True),
    )


def _name(
    catalog: sqlite3.Connection, table: str, sort: int, names: Sequence[str], queries: Iterable[str | None]
) -> None:
    (last,) = catalog.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
    each = enumerate(zip(names, queries, strict=False), start=last + 1)
    rows = [(id_, _uuid(sort, id_), name, folded(name), query) for id_, (name, query) in each]
    if table == "collection":
        catalog.executemany(
            "INSERT INTO collection (id, uuid, name, folded, query, revision) VALUES (?, ?, ?, ?, ?, 1)", rows
        )
    else:
        plain = [row[:-1] for row in rows]
        catalog.executemany(f"INSERT INTO {table} (id, uuid, name, folded, revision) VALUES (?, ?, ?, ?, 1)", plain)


def _uuid(sort: int, number: int) -> str:
    return f"{sort:08x}{number:024x}"


def _rows(*columns: Ints) -> Iterator[tuple[int, ...]]:
    return zip(*(column.tolist() for column in columns), strict=True)


def fill_words(catalog: sqlite3.Connection, blobs: Blobs, stated: Stated, organised: Organised) -> None:
    """The texts of the search index, as `library.wording` makes them."""
    catalog.executemany(
        "INSERT INTO asset_text (asset_id, name, title, description, tags, folders, dates, details)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        _words(blobs, stated, organised),
    )


def _words(blobs: Blobs, stated: Stated, organised: Organised) -> Iterator[tuple[object, ...]]:
    tags = _tag_words(organised, len(stated.name))
    of_folder = [_folder_words(path) for path in organised.folders]
    columns = zip(
        stated.name,
        stated.title,
        stated.description,
        tags,
        organised.folder.tolist(),
        blobs.captured,
        zip(blobs.camera, blobs.lens, stated.creator, stated.place, strict=True),
        strict=True,
    )
    for id_, (name, title, description, of_tags, folder, captured, told) in enumerate(columns, start=1):
        dates = date_words(int(captured[:4]), int(captured[5:7])) if captured else ""
        texts = (index_text(text) if text else "" for text in (name, title, description))
        yield (id_, *texts, of_tags, of_folder[folder], dates, index_text(" ".join(filter(None, told))))


def _tag_words(organised: Organised, count: int) -> list[str]:
    words = [index_text(name.replace("/", " ")) for name in organised.tags]
    texts = [""] * count
    assets, tags = organised.tagged
    for asset, tag in _rows(assets, tags):
        texts[asset] = f"{texts[asset]} {words[tag]}" if texts[asset] else words[tag]
    return texts


def _folder_words(path: str) -> str:
    return " ".join(dict.fromkeys(index_text(part) for part in path.split("/") if part))
