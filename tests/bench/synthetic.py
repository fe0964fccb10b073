"""A library of any size for the benchmarks: a real one, made by Keeproom, its catalog filled in bulk.

Every asset has its blob, version, claim, source, jobs, words and its line in the list of an import; many have tags,
and are in collections and stacks. There are no stored files, no log of changes and no metadata: nothing that a view
reads. The newest assets have stored thumbnails, each a
hard link to one of some hundred real JPEGs; the others say that none was made.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from keeproom.catalog.collation import name_key
from keeproom.catalog.schema import HEAD
from keeproom.library.layout import Layout, thumbnail_file
from keeproom.library.opening import open_library
from keeproom.library.wording import WORDS_VERSION
from keeproom.model import THUMBNAIL_SIZES
from tests.bench.invented import ASPECTS, STYLES, Blobs, Stated, invent, kind_and_mime
from tests.bench.ordering import fill_order, fill_pairs, fill_words
from tests.bench.organised import Organised
from tests.bench.workload import bench_folder

RECIPE = 2
"""Counted up when another library is made, so that no old folder is taken for a new one."""

THUMBNAILED = 6_000
PICTURES_AN_ASPECT = 40
SLICE = 50_000
_FIRST_IMPORT_US = 1_420_070_400_000_000  # 2015
_LAST_IMPORT_US = 1_793_491_200_000_000  # November 2026

_REST = (
    "INSERT INTO version (asset_id, number, entry_id, blob_id) SELECT id, 1, entry_id, blob_id FROM asset",
    "INSERT INTO claim (sha256, asset_id) SELECT sha256, asset.id FROM asset JOIN blob ON blob.id = blob_id"
    " ORDER BY sha256",
    "INSERT INTO source (asset_id, entry_id, path_bytes, path, folder_id, size_bytes, modified_ns)"
    " SELECT id, entry_id, CAST(place AS BLOB), place, folder_id, size_bytes, (1400000000 + id) * 1000000000"
    " FROM {placed}",
    "INSERT INTO import_item (entry_id, path_bytes, path, outcome, asset_id, sha256, size_bytes)"
    " SELECT entry_id, CAST(place AS BLOB), place, 'imported', id, sha256, size_bytes FROM {placed}",
    "INSERT INTO import (entry_id, roots, state, size_bytes)"
    " SELECT entry_id, CAST('/home/someone/Pictures' AS BLOB), 'ended', sum(size_bytes) FROM import_item"
    " GROUP BY entry_id",
    "INSERT INTO job (blob_id, stage, state, attempts, due_at, tool, error, revision)"
    " SELECT blob.id, stage.column1, CASE WHEN {fails} THEN 'failed' ELSE 'done' END, 1, {due}, 'Pillow 13',"
    " CASE WHEN {fails} THEN 'The file ends too early.' END, revision"
    " FROM blob, (VALUES ('picture'), ('metadata')) AS stage",
)
_PLACED = (
    "(SELECT asset.id, asset.entry_id, sha256, size_bytes, folder_id, folder.path || '/' || asset.name AS place"
    " FROM asset JOIN blob ON blob.id = blob_id JOIN lies ON lies.id = asset.id JOIN folder ON folder.id = folder_id"
    " ORDER BY asset.id)"
)
_FAILS = "progress = 'failed' AND stage.column1 = 'picture'"


def synthetic_library(count: int, within: Path | None = None) -> Path:
    """The folder of a library with so many assets, made in `within` (the bench folder) unless it is there already."""
    place = within or bench_folder()
    home = place / f"library-{RECIPE}-{HEAD}-{count}"
    if not home.exists():
        for old in place.glob(f"library-*-{count}"):
            shutil.rmtree(old)
        print(f"Making a library of {count:,} assets in {home} (once)", file=sys.stderr, flush=True)
        draft = place / f"{home.name}.{os.getpid()}"
        try:
            draft.mkdir()
            make_library(draft / "library", count)
            draft.rename(home)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return home / "library"


def make_library(folder: Path, count: int, seed: int = 1, thumbnailed: int = THUMBNAILED) -> None:
    """A new library of so many assets, the newest of them with thumbnails; the same ones for the same seed."""
    open_library(folder).close()
    chance = np.random.default_rng(seed)
    blobs, stated, organised = invent(count, chance)
    thumbnailed = min(count, thumbnailed)
    with closing(sqlite3.connect(Layout(folder).catalog, isolation_level=None)) as catalog:
        catalog.execute("PRAGMA synchronous = OFF")
        catalog.execute("PRAGMA cache_size = -400000")
        with _without_indexes(catalog):
            fill_order(catalog, organised)
            _fill(catalog, blobs, stated, organised, thumbnailed)
            fill_pairs(catalog, organised)
            fill_words(catalog, blobs, stated, organised)
        catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if thumbnailed:
        _store_thumbnails(folder, blobs, range(count - thumbnailed, count), chance)


@contextmanager
def _without_indexes(catalog: sqlite3.Connection) -> Iterator[None]:
    """Rows come in faster without the indexes and the triggers of the search index, which are made again at the end;
    all in one transaction."""
    chosen = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    made = catalog.execute(chosen).fetchall()
    catalog.execute("BEGIN IMMEDIATE")
    for sort, name, _ in made:
        catalog.execute(f"DROP {sort} {name}")
    yield
    for _, _, sql in made:
        catalog.execute(sql)
    catalog.execute("INSERT INTO asset_words (asset_words) VALUES ('rebuild')")
    catalog.execute("COMMIT")


def _fill(catalog: sqlite3.Connection, blobs: Blobs, stated: Stated, organised: Organised, thumbnailed: int) -> None:
    entries = int(stated.entry[-1])
    moments = np.linspace(_FIRST_IMPORT_US, _LAST_IMPORT_US, entries + 1, dtype=np.int64)
    (device,) = catalog.execute("SELECT device FROM state").fetchone()
    catalog.executemany(
        "INSERT INTO entry (id, uuid, at, ended_at, device, sequence, action) VALUES (?, ?, ?, ?, ?, ?, 'import')",
        (
            (n, f"{n:032x}", int(moments[n]), int(moments[n]) + 60_000_000, device, n)
            for n in range(1, entries + 1)
        ),
    )  # fmt: skip
    for start in range(0, len(stated.name), SLICE):
        rows = slice(start, start + SLICE)
        catalog.executemany(
            "INSERT INTO blob (id, sha256, size_bytes, kind, mime, format, state, progress, width, height, duration_s,"
            " camera, lens, iso, latitude, longitude, colour, thumbnailed, captured, revision)"
            f" VALUES ({', '.join('?' * 20)})",
            _blob_rows(blobs, stated, rows, len(stated.name) - thumbnailed),
        )
        catalog.executemany(
            "INSERT INTO asset (id, uuid, blob_id, entry_id, name, name_key, title, description, creator, place,"
            " rating, label, flag, captured, imported_at, trashed_at, stack_id, stack_place, revision)"
            f" VALUES ({', '.join('?' * 19)})",
            _asset_rows(blobs, stated, organised, rows, moments),
        )
    for statement in _REST:
        catalog.execute(statement.format(placed=_PLACED, fails=_FAILS, due=_FIRST_IMPORT_US))
    state = (entries, entries, WORDS_VERSION)
    catalog.execute("UPDATE state SET revision = ?, sequence = ?, words_version = ?", state)


def _blob_rows(blobs: Blobs, stated: Stated, rows: slice, plain: int) -> Iterator[tuple[object, ...]]:
    """Rows as the table wants them; the first `plain` of all have no thumbnail."""
    described = [(*kind_and_mime(style), style.format) for style in STYLES]
    columns = zip(
        blobs.sha256[rows],
        blobs.size_bytes[rows].tolist(),
        blobs.style[rows].tolist(),
        blobs.state[rows],
        blobs.progress[rows],
        blobs.width[rows].tolist(),
        blobs.height[rows].tolist(),
        blobs.duration_s[rows].tolist(),
        blobs.camera[rows],
        blobs.lens[rows],
        blobs.iso[rows],
        blobs.latitude[rows],
        blobs.longitude[rows],
        blobs.colour[rows].tolist(),
        blobs.captured[rows],
        stated.entry[rows].tolist(),
        strict=True,
    )
    for id_, row in enumerate(columns, start=rows.start + 1):
        sha256, size, style, state, progress, width, height, seconds, *seen, colour, captured, revision = row
        is_seen = progress == "ready" and id_ > plain
        facts = (width, height, seconds or None, *seen, colour, is_seen, captured, revision)
        yield (id_, sha256, size, *described[style], state, progress, *facts)


def _asset_rows(
    blobs: Blobs, stated: Stated, organised: Organised, rows: slice, moments: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> Iterator[tuple[object, ...]]:
    at = moments[stated.entry[rows]]
    columns = zip(
        stated.uuid[rows],
        stated.entry[rows].tolist(),
        stated.name[rows],
        map(name_key, stated.name[rows]),
        stated.title[rows],
        stated.description[rows],
        stated.creator[rows],
        stated.place[rows],
        stated.rating[rows].tolist(),
        stated.label[rows],
        stated.flag[rows],
        blobs.captured[rows],
        at.tolist(),
        np.where(stated.trashed[rows], _LAST_IMPORT_US, None).tolist(),
        [number or None for number in organised.stack[rows].tolist()],
        organised.stack_place[rows].tolist(),
        strict=True,
    )
    for id_, (uuid, entry, *facts) in enumerate(columns, start=rows.start + 1):
        yield (id_, uuid, id_, entry, *facts, entry)


def _store_thumbnails(folder: Path, blobs: Blobs, chosen: range, chance: np.random.Generator) -> None:
    """Link each blob of these places to thumbnails of its proportions."""
    pictures = folder.with_name("pictures")
    pictures.mkdir(exist_ok=True)
    an_aspect = min(PICTURES_AN_ASPECT, len(chosen) // 50 + 1)
    for aspect in range(len(ASPECTS)):
        for number in range(an_aspect):
            _make_picture(pictures, aspect, number, chance)
    for place in chosen:
        if blobs.progress[place] != "ready":
            continue
        for px in THUMBNAIL_SIZES:
            file = thumbnail_file(folder, blobs.sha256[place], px)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.hardlink_to(pictures / f"{blobs.aspect[place]}-{place % an_aspect}-{px}.jpg")


def _make_picture(folder: Path, aspect: int, number: int, chance: np.random.Generator) -> None:
    """One picture in each size of a thumbnail, as rich in detail as those of photos are (some 35 KiB at 512)."""
    across, down = (round(side * 512 / max(ASPECTS[aspect])) for side in ASPECTS[aspect])
    coarse = Image.fromarray(chance.integers(0, 256, (5, 6, 3), dtype=np.uint8)).resize((across, down), 3)
    fine = Image.fromarray(chance.integers(0, 256, (down // 3, across // 3, 3), dtype=np.uint8)).resize(
        (across, down), 3
    )
    picture = Image.blend(coarse, fine, 0.25)
    for px in THUMBNAIL_SIZES:
        picture.thumbnail((px, px))
        stream = BytesIO()
        picture.save(stream, "JPEG", quality=80)
        (folder / f"{aspect}-{number}-{px}.jpg").write_bytes(stream.getvalue())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("within", type=Path, nargs="?")
    asked = parser.parse_args()
    began = time.monotonic()
    print(synthetic_library(asked.count, asked.within))
    print(f"{time.monotonic() - began:.1f} s", file=sys.stderr)
