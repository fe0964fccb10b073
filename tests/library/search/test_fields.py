"""Every field of the language on real files: what it finds, by SQLite and from the columns in memory alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.search import FIELDS, expanded, needs, parse, rows_matching
from keeproom.library.search.states import HAS, IS

Names = Callable[[str], set[str]]

AREZZO = {"DSCN0010.jpg", "DSCN0012.jpg"}
HDR = {"canon_hdr_NO.jpg", "canon_hdr_YES.jpg"}
CANON = {"Canon_40D.jpg", *HDR}
VIDEOS = {"flower.mp4", "stream-of-water.mp4"}
TAGGED = {"beacon_xmp.gif", *AREZZO, "IMG_5195.HEIC", "balloon.jpg", "fish.png", "BlueSquare.jpg"}

FOUND = {
    "tag:places": {*AREZZO, "IMG_5195.HEIC"},
    "tag:PLACES/Italy": AREZZO,
    "tag:places/italy/": AREZZO,
    "tag:=places/italy": set(),
    "tag:place": set(),
    "tag:*italy*": AREZZO,
    'tag:"summer house"': {"balloon.jpg"},
    "tag:summer*": {"balloon.jpg"},
    "tag:cafe\u0301": {"balloon.jpg"},
    'tag:"none"': {"fish.png"},
    'tag:"50% off_now"': {"fish.png"},
    "tag:any": TAGGED,
    "tag:piazza,places/usa": {*AREZZO, "IMG_5195.HEIC"},
    "collection:trips": {*AREZZO, "IMG_5195.HEIC"},
    "collection:=Trips": {"IMG_5195.HEIC"},
    "collection:Trips/Italy": AREZZO,
    "collection:Best": {*AREZZO, "IMG_5195.HEIC"},
    "collection:Moving": {*VIDEOS, "t-rex-roar.mp3"},
    "collection:any": {*AREZZO, "IMG_5195.HEIC"},
    "folder:videos": VIDEOS,
    "folder:corpus/videos": VIDEOS,
    "folder:video": set(),
    "folder:*/videos": VIDEOS,
    "folder:/videos": set(),
    "kind:video": VIDEOS,
    "kind:movies,sound": {*VIDEOS, "t-rex-roar.mp3"},
    "kind:document": set(),
    "date:2008-10": AREZZO,
    "date:2008-10-22": AREZZO,
    "date:2008-10-22T16:28": {"DSCN0010.jpg"},
    "date:2005..2008-03": {"BlueSquare.jpg", "Nikon_D70.jpg"},
    "date:>2019 kind:image": {"IMG_5195.HEIC"},
    "date:>=2015 kind:image -ext:dng": {"IMG_5195.HEIC", *HDR},
    "date:<2005": set(),
    "date:<=2005": {"BlueSquare.jpg"},
    "date:<1y": set(),
    "imported:today ext:png": {"fish.png"},
    "imported:<1h fish": {"fish.png"},
    "imported:>1h": set(),
    "imported:2010": set(),
    "rating:>=4": {*AREZZO, "IMG_5195.HEIC"},
    "rating>4": {"IMG_5195.HEIC"},
    "rating:1..2": {"fish.png", "Nikon_D70.jpg"},
    "rating:5,1": {"IMG_5195.HEIC", "fish.png"},
    "label:red": {"IMG_5195.HEIC"},
    "label:RED,blue": {"IMG_5195.HEIC", "flower.mp4"},
    "label:any -ext:dng": {"IMG_5195.HEIC", "flower.mp4"},
    "flag:pick": {"IMG_5195.HEIC"},
    "flag:rejected": {"fish.png"},
    "flag:any": {"IMG_5195.HEIC", "fish.png"},
    "camera:canon": CANON,
    "camera:CANON,pentax": {*CANON, "Pentax_K10D.jpg"},
    'camera:"canon eos"': {"Canon_40D.jpg"},
    'camera:"eos canon"': set(),
    'camera:="Canon EOS 40D"': {"Canon_40D.jpg"},
    "camera:=canon": set(),
    "camera:*D70": {"Nikon_D70.jpg"},
    "lens:100": {"Nikon_D70.jpg"},
    "lens:back": {"IMG_5195.HEIC"},
    "lens:00": set(),
    "lens:any": {"Nikon_D70.jpg", "IMG_5195.HEIC"},
    "iso:64": AREZZO,
    "iso:>=200": {"Nikon_D70.jpg", "Pentax_K10D.jpg", *HDR},
    "near:43.4674,11.8851,100m": AREZZO,
    "near:39.05,-94.29": {"IMG_5195.HEIC"},
    'near:"43, 12, 60km"': AREZZO,
    "near:any": {*AREZZO, "IMG_5195.HEIC"},
    "name:dscn": AREZZO,
    "name:DSCN0010": {"DSCN0010.jpg"},
    "name:DSCN001?.jpg": AREZZO,
    "name:*water*": {"stream-of-water.mp4"},
    "name:stream-of": {"stream-of-water.mp4"},
    'name:"of water"': {"stream-of-water.mp4"},
    'name:"stream water"': set(),
    "name:=moon.JPG": {"moon.jpg"},
    "ext:png": {"fish.png"},
    "ext:.PNG,heic": {"fish.png", "IMG_5195.HEIC"},
    "ext:mp?": {*VIDEOS, "t-rex-roar.mp3"},
    "mime:image/png": {"fish.png"},
    "mime:video/*": VIDEOS,
    "mime:video,heif": {*VIDEOS, "IMG_5195.HEIC"},
    "size:7969": {"moon.jpg"},
    "size:>1MB kind:video": {"flower.mp4"},
    "size:800kB..900kB": {"IMG_5195.HEIC"},
    "size:1.1MB": {"flower.mp4"},
    "width:640 camera:nikon": AREZZO,
    "width:>=960px kind:video": {"flower.mp4"},
    "height:540": {"flower.mp4"},
    "height:..70 camera:any -ext:dng": {"Canon_40D.jpg", "Nikon_D70.jpg"},
    "duration:>4s": {"flower.mp4"},
    "duration:3s..1min": VIDEOS,
    "duration:5s": {"flower.mp4"},
    "duration:0:02": {"t-rex-roar.mp3"},
    "title:good": {"balloon.jpg", "flower.mp4"},
    'title:"a good day"': {"balloon.jpg"},
    'title:="a GOOD day"': {"balloon.jpg"},
    "title:day*": {"flower.mp4"},
    "title:タワー": {"fish.png"},
    "title:ワタ": set(),
    "description:wolken": {"balloon.jpg"},
    "description:uber": {"balloon.jpg"},
    'description:"day not"': set(),
    "creator:anna": {"IMG_5195.HEIC", "flower.mp4"},
    'creator:"Anna Berg"': {"IMG_5195.HEIC"},
    "creator:anna-lena*": {"flower.mp4"},
    "place:arezzo": AREZZO,
    'place:"arezzo toscana"': AREZZO,
    "place:toscana -name:DSCN0010": {"DSCN0012.jpg"},
    "import:1 kind:image camera:canon": CANON,
    "import:>=3": {"moon.jpg", "broken.jpg", "sensor.dng"},
    "stack:any": HDR,
    "stack:1": HDR,
    "id:1": {"Canon_40D.jpg"},
    "id:1..2,4": {"Canon_40D.jpg", "DSCN0010.jpg", "Nikon_D70.jpg"},
    "is:problem": {"broken.jpg"},
    "is:failed": {"broken.jpg"},
    "is:damaged": set(),
    "is:missing": set(),
    "is:processing": set(),
    "is:importing": set(),
    "is:ready name:fish": {"fish.png"},
    "is:rated": {*AREZZO, "IMG_5195.HEIC", "fish.png", "Nikon_D70.jpg"},
    "is:unrated camera:canon": CANON,
    "is:labelled -ext:dng": {"IMG_5195.HEIC", "flower.mp4"},
    "is:unlabelled kind:video": {"stream-of-water.mp4"},
    "is:flagged": {"IMG_5195.HEIC", "fish.png"},
    "is:unflagged ext:png,heic": set(),
    "is:picked": {"IMG_5195.HEIC"},
    "is:rejected": {"fish.png"},
    "is:tagged": TAGGED,
    "is:untagged kind:video": VIDEOS,
    "is:collected": {*AREZZO, "IMG_5195.HEIC"},
    "is:uncollected rating:>=1": {"fish.png", "Nikon_D70.jpg"},
    "is:dated kind:image import:1": {
        *CANON,
        *AREZZO,
        "Nikon_D70.jpg",
        "IMG_5195.HEIC",
        "BlueSquare.jpg",
        "Pentax_K10D.jpg",
    },
    "is:undated ext:png": {"fish.png"},
    "is:located": {*AREZZO, "IMG_5195.HEIC"},
    "is:unlocated rating:>=1": {"fish.png", "Nikon_D70.jpg"},
    "is:stacked": HDR,
    "is:unstacked camera:canon": {"Canon_40D.jpg"},
    "is:cover": {"canon_hdr_YES.jpg"},
    "is:duplicate": {"moon.jpg"},
    "is:edited tag:none": {"flower.mp4", "Nikon_D70.jpg", *HDR},
    "is:rotated": {"Nikon_D70.jpg"},
    "is:raw": {"sensor.dng"},
    "is:landscape camera:nikon": AREZZO,
    "is:portrait camera:nikon": {"Nikon_D70.jpg"},
    "is:square kind:image name:moon": {"moon.jpg"},
    "has:gps": {*AREZZO, "IMG_5195.HEIC"},
    "has:audio": {*VIDEOS, "t-rex-roar.mp3"},
    "has:tags": TAGGED,
    "has:title -ext:jpg": {"fish.png", "flower.mp4"},
    "has:description rating:none ext:jpg -name:blue": {"balloon.jpg"},
    "has:creator -name:pentax": {"IMG_5195.HEIC", "flower.mp4"},
    "has:place": AREZZO,
    "has:date ext:png": set(),
    "has:rating label:red": {"IMG_5195.HEIC"},
    "has:label -ext:dng": {"IMG_5195.HEIC", "flower.mp4"},
    "has:flag": {"IMG_5195.HEIC", "fish.png"},
    "has:camera kind:video": set(),
    "has:lens": {"Nikon_D70.jpg", "IMG_5195.HEIC"},
    "has:collection": {*AREZZO, "IMG_5195.HEIC"},
    "has:stack": HDR,
    "has:sidecar": {"sensor.dng"},
    "has:preview kind:video": VIDEOS,
    "has:versions kind:video": {"flower.mp4"},
}


@pytest.mark.parametrize("query", FOUND)
def test_a_field_finds_what_it_says(names: Callable[[str], set[str]], query: str) -> None:
    assert names(query) == FOUND[query]


LACKING = [row.name for row in FIELDS.values() if row.lacks]


FAR = ("size:9223372TB", "size:9223372036854775807", "duration:9223372036854775807s", "duration:>9223372036854775806")


@pytest.mark.parametrize("query", [*FAR, *(f"-{query}" for query in FAR), "duration:..9223372036854775807"])
def test_numbers_at_the_end_of_what_can_be_counted(described: Library, query: str) -> None:
    found = [asset.id for asset in list_assets(described, query, sort="imported")]
    with SnapshotKeeper(described).reading(columns=needs(parse(query))) as (session, snapshot):
        chosen = rows_matching(session, snapshot, parse(query)) & (snapshot.columns["trashed"] == 0)
    assert snapshot.ids[chosen].tolist() == found
    assert bool(found) == (query not in FAR)


@pytest.mark.parametrize("name", LACKING)
def test_none_is_what_any_is_not(names: Callable[[str], set[str]], name: str) -> None:
    everything = names("")
    assert names(f"{name}:none OR {name}:any") == everything
    assert names(f"{name}:none {name}:any") <= {"moon.jpg"}  # there are two of that name
    assert names(f"-{name}:any") == names(f"{name}:none")
    assert names(f"{name}:any")


def test_there_is_a_query_for_every_field_and_every_choice() -> None:
    asked = " ".join(FOUND)
    assert [name for name in FIELDS if f"{name}:" not in asked and name != "sha256"] == []
    assert [name for name in IS if f"is:{name}" not in asked] == []
    assert [name for name in HAS if f"has:{name}" not in asked] == []


def test_a_checksum_is_found_by_its_beginning(described: Library, names: Callable[[str], set[str]]) -> None:
    (asset,) = list_assets(described, "fish")
    assert names(f"sha256:{asset.sha256[:12].upper()}") == {"fish.png"}
    assert names(f"sha256:{asset.sha256}") == {"fish.png"}


QUERIES = [*FOUND, *(f"-{query}" for query in FOUND if " " not in query), *(f"{name}:none" for name in LACKING)]


def test_the_columns_in_memory_answer_as_sqlite_does(described: Library) -> None:
    keeper = SnapshotKeeper(described)
    for query in map(parse, QUERIES):
        with keeper.reading(columns=needs(query)) as (session, snapshot):
            mask = rows_matching(session, snapshot, query) & (snapshot.columns["trashed"] == 0)
        assert snapshot.ids[mask].tolist() == [asset.id for asset in list_assets(described, query, sort="imported")]


def test_without_the_columns_sqlite_answers_the_window_too(described: Library) -> None:
    for text in ("tag:places", "camera:canon", "iso:>=64", "near:43,12,60km", "collection:Best", "imported:today"):
        query = parse(text)
        with SnapshotKeeper(described).reading() as (session, snapshot):
            assert needs(query) - snapshot.columns.keys() or text.startswith(("camera", "collection"))
            mask = rows_matching(session, snapshot, query) & (snapshot.columns["trashed"] == 0)
            assert expanded(session, query).root is not None
        assert snapshot.ids[mask].tolist() == [asset.id for asset in list_assets(described, query, sort="imported")]
