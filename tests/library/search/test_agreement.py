"""SQLite and the columns in memory give the same answers, whatever is asked of whatever assets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from keeproom.catalog.collation import folded, name_key
from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    AssetTextRow,
    BlobRow,
    EntryRow,
    FolderRow,
    SourceRow,
    StackRow,
    TagRow,
)
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.search import SearchError, needs, parse, rows_matching

COUNT = 60
WORDS = ("rome", "Rom", "über", "sun", "東京", "a-b", "x")
TAGS = ("places", "places/rome", "Places/Paris", "zoo", "none", "places2")
FOLDERS = ("/home/anna/Rome", "/home/anna/Rome/2023", "/srv/Rom", "/")


@pytest.fixture(scope="module")
def keeper(invented: Library) -> SnapshotKeeper:
    return SnapshotKeeper(invented)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory, empty_library: Path) -> Iterator[Library]:
    """Assets without files, with every fact there is in many combinations."""
    folder = tmp_path_factory.mktemp("invented") / "Library"
    shutil.copytree(empty_library, folder)
    with open_library(folder) as library:
        with library.catalog.write() as write:
            for table, rows in _rows().items():
                write.session.execute(insert(table), rows)
        yield library


def _rows() -> dict[Any, list[dict[str, Any]]]:
    moment, wall = datetime(2024, 1, 1, tzinfo=UTC), datetime(2023, 5, 1)  # noqa: DTZ001
    device = UUID(int=1)
    entries = [
        {"id": n, "uuid": UUID(int=n), "at": moment, "device": device, "sequence": n, "action": "import"}
        for n in (1, 2, 3)
    ]
    numbers = range(1, COUNT + 1)
    return {
        EntryRow: entries,
        StackRow: [{"id": n, "uuid": UUID(int=n), "revision": 1} for n in (1, 2)],
        TagRow: [
            {"id": n, "uuid": UUID(int=n), "name": tag, "folded": folded(tag), "revision": 1}
            for n, tag in enumerate(TAGS, 1)
        ],
        FolderRow: [{"id": n, "path_bytes": path.encode(), "path": path} for n, path in enumerate(FOLDERS, 1)],
        BlobRow: [
            {
                "id": n,
                "sha256": f"{n:064x}",
                "size_bytes": n * n * 1000,
                "kind": ("image", "video", "audio", "document")[n % 4],
                "mime": ("image/jpeg", "video/mp4", "audio/flac", "application/pdf")[n % 4],
                "format": ("jpeg", "mp4", "flac", "pdf")[n % 4],
                "state": ("ok", "ok", "ok", "damaged", "missing")[n % 5],
                "progress": ("ready", "failed", "processing")[n % 3],
                "width": None if n % 3 == 0 else n * 10,
                "height": None if n % 3 == 0 else 300,
                "duration_s": None if n % 2 else n / 7,
                "codecs": ("h264, aac", "h264", None)[n % 3],
                "camera": (None, "Canon EOS 5D", "Canon EOS 5D Mark III", "Ünï")[n % 4],
                "lens": (None, "50mm f/1.8", "24-70mm")[n % 3],
                "iso": None if n % 4 == 0 else n * 20,
                "latitude": None if n % 3 else 40 + n / 100,
                "longitude": None if n % 3 else 10 + n / 100,
                "revision": 1,
            }
            for n in numbers
        ],
        AssetRow: [
            {
                "id": n,
                "uuid": UUID(int=n),
                "blob_id": n if n % 10 else n - 1,
                "entry_id": n % 3 + 1,
                "name": (name := f"{WORDS[n % 7]}_{n}{('.JPG', '.jpg', '', '.tar.gz', '.')[n % 5]}"),
                "name_key": name_key(name),
                "title": (None, "", "Rome by night", "über Rom")[n % 4],
                "creator": (None, "Anna Berg", "")[n % 3],
                "rating": n % 6,
                "label": (None, "red", "blue")[n % 3],
                "flag": (None, "pick", "reject", None)[n % 4],
                "captured": None if n % 5 == 0 else wall + timedelta(days=n * 9, seconds=n),
                "rotation": n % 4,
                "stack_id": (None, None, 1, 2)[n % 4],
                "stack_place": n,
                "imported_at": moment + timedelta(days=n, microseconds=n),
                "trashed_at": moment if n % 13 == 0 else None,
                "version": 1 + n % 2,
                "revision": 1,
            }
            for n in numbers
        ],
        AssetTagRow: [
            {"asset_id": n, "tag_id": tag} for n in numbers for tag in range(1, len(TAGS) + 1) if n % (tag + 2) == 0
        ],
        SourceRow: [
            {"asset_id": n, "entry_id": 1, "path_bytes": b"/%d" % n, "path": f"/{n}", "size_bytes": n,
             "modified_ns": n, "folder_id": (None, 1, 2, 3, 4)[n % 5]}
            for n in numbers
        ],
        AssetTextRow: [
            {"asset_id": n, "name": WORDS[n % 7], "title": ("", "", "Rome by night", "über Rom")[n % 4],
             "details": ("", "Anna Berg", "by night")[n % 3]}
            for n in numbers
        ],
    }  # fmt: skip


COMPARED = st.sampled_from(["", ">", ">=", "<", "<=", "="])
NUMBER = st.integers(0, 1300).map(str)


def compared(name: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    ranges = st.tuples(values, values).map("..".join)
    return st.one_of(st.tuples(COMPARED, values).map("".join), ranges).map(lambda value: f"{name}:{value}")


def chosen(name: str, *values: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2).map(lambda each: f"{name}:{','.join(each)}")


DAYS = st.integers(0, 600).map(lambda n: f"{datetime(2023, 4, 25) + timedelta(days=n):%Y-%m-%d}")  # noqa: DTZ001
LEAVES = st.one_of(
    compared("size", NUMBER.map(lambda number: f"{number}kB")),
    compared("width", NUMBER),
    compared("iso", NUMBER),
    compared("id", NUMBER),
    compared("import", st.sampled_from("123")),
    compared("stack", st.sampled_from("123")),
    compared("rating", st.sampled_from("012345")),
    compared("duration", st.integers(0, 90).map(lambda number: f"{number / 10}s")),
    compared("date", DAYS),
    compared("date", st.sampled_from(["2023", "2024-02", "1y", "500d"])),
    compared("imported", DAYS),
    chosen("kind", "image", "video", "audio", "document"),
    chosen("label", "red", "blue", "green", "none", "any"),
    chosen("flag", "pick", "reject", "none", "any"),
    chosen("camera", "canon", '"canon eos 5d"', '="Canon EOS 5D"', "*mark*", "uni", "none", "any", "eos iii"),
    chosen("lens", "50mm", "70", "*mm", "none"),
    chosen("ext", "jpg", "gz", "tar.gz", "j?g", "none", "any"),
    chosen("mime", "image/*", "mp4", "application/pdf", "none"),
    chosen("tag", "places", "places/rome", "=places", "*rome*", "zoo", '"none"', "none", "any", "PLACES/PARIS", "pl"),
    chosen("folder", "rome", "/home/anna", "rome/2023", "/srv", "/", "*2023", "none", "any"),
    chosen("title", "rom", '"by night"', '="über Rom"', "rome*", "none", "any"),
    chosen("creator", "anna", '"Anna Berg"', "=anna", "anna*", "none"),
    chosen("near", "40.1,10.1,20km", "none", "any"),
    chosen("is", "problem", "untagged", "stacked", "cover", "duplicate", "landscape", "unrated", "undated", "located"),
    chosen("has", "gps", "audio", "tags", "title", "lens", "camera", "date"),
    chosen("sha256", "0", "00"),
    st.sampled_from(["rome", "ro", "東", "京東", '"rome by night"', '"by rome"', "a-b", "☃", "sun"]),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda query: f"-({query})"),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: f"({' OR '.join(f'({query})' for query in each)})"),
    ),
    max_leaves=5,
)


@given(QUERIES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_ways_find_the_same(invented: Library, keeper: SnapshotKeeper, text: str) -> None:
    try:
        query = parse(text)
    except SearchError:
        return  # as a range that begins behind its end
    with keeper.reading(columns=needs(query)) as (session, snapshot):
        mask = rows_matching(session, snapshot, query)
        in_memory = snapshot.ids[mask & (snapshot.columns["trashed"] == 0)].tolist()
    assert in_memory == [asset.id for asset in list_assets(invented, query, sort="imported")]


@given(LEAVES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_left_out_is_all_the_rest(invented: Library, text: str) -> None:
    try:
        query = parse(text)
    except SearchError:
        return
    found = {asset.id for asset in list_assets(invented, query)}
    rest = {asset.id for asset in list_assets(invented, f"-({text})")}
    assert not found & rest
    assert found | rest == {asset.id for asset in list_assets(invented)}
