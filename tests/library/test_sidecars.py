"""Companion files: which ones are found, that they are kept and read, and that a bad one is told of."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from keeproom.catalog.tables import SidecarRow
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.showing import show_asset
from keeproom.library.sidecars import MOST_BYTES, Companions, Sidecar
from keeproom.model import FileReport, JobState, Reason, Stage, Status
from tests.conftest import MakePicture
from tests.describing import describe
from tests.importing import Importer, work_through
from tests.library.test_importing import only_asset

SAID = ("XMP-dc:Title=From beside", "XMP-xmp:Rating=3", "XMP-lr:HierarchicalSubject=places|rome")


def kept(library: Library) -> list[tuple[int, str, bytes]]:
    with library.catalog.read() as session:
        rows = session.scalars(select(SidecarRow).order_by(SidecarRow.asset_id)).all()
        return [(row.asset_id, os.path.basename(row.path), row.content) for row in rows]


@pytest.mark.parametrize("name", ["IMG.jpg.xmp", "IMG.xmp", "IMG.jpg.XMP", "IMG.Xmp", "IMG.xMP"])
def test_a_companion_is_read_with_its_file_and_kept_as_it_was(
    importer: Importer, make_picture: MakePicture, name: str
) -> None:
    photo = describe(make_picture("IMG.jpg"), "XMP-dc:Title=From inside", "XMP-dc:Description=Inside too")
    companion = describe(photo.with_name("beside.xmp"), *SAID).rename(photo.with_name(name))
    before = companion.read_bytes(), companion.stat().st_mtime_ns
    importer(photo)
    work_through(importer.library)
    asset = only_asset(importer.library)
    assert (asset.title, asset.description, asset.rating) == ("From beside", "Inside too", 3)
    assert asset.tags == ("places/rome",)
    assert asset.status is Status.READY
    assert kept(importer.library) == [(asset.id, name, before[0])]
    assert (companion.read_bytes(), companion.stat().st_mtime_ns) == before
    assert list(importer.library.process.incoming.iterdir()) == []


def test_the_companion_named_after_the_whole_name_counts_first(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture("IMG.jpg")
    describe(photo.with_name("IMG.xmp"), "XMP-dc:Title=short")
    describe(photo.with_name("IMG.jpg.xmp"), "XMP-dc:Title=whole")
    importer(photo)
    work_through(importer.library)
    assert only_asset(importer.library).title == "whole"


def test_files_of_one_stem_share_a_companion_and_others_have_none(
    importer: Importer, make_picture: MakePicture
) -> None:
    for number, name in enumerate(("IMG.jpg", "IMG.jpeg", "IMG2.jpg", "img.jpg")):
        make_picture(name, number)
    folder = make_picture("IMG.jpg").parent
    describe(folder / "IMG.xmp", *SAID)
    importer(folder)
    work_through(importer.library)
    said = {asset.name: asset.rating for asset in list_assets(importer.library)}
    assert said == {"IMG.jpg": 3, "IMG.jpeg": 3, "IMG2.jpg": 0, "img.jpg": 0}


def test_the_list_says_what_became_of_a_companion(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("IMG.jpg").parent
    make_picture("other.jpg", 1)
    for name in ("IMG.jpg.xmp", "other.XMP", "alone.xmp"):
        describe(folder / "made.xmp", *SAID).rename(folder / name)
    (folder / "notes.txt").write_text("no media")
    importer(folder)
    messages = {r.path.name: r.reason.message for r in importer.reports if r.reason}
    assert importer.outcomes["IMG.jpg.xmp"] == importer.outcomes["other.XMP"] == ("skipped", "not-media")
    assert messages["IMG.jpg.xmp"] == "This is the companion file of IMG.jpg, and is read together with it."
    assert messages["other.XMP"] == "This is the companion file of other.jpg, and is read together with it."
    assert messages["alone.xmp"] == messages["notes.txt"] == "This is no photo, video or sound that Keeproom knows."


def test_a_rehearsal_says_the_same(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("IMG.jpg").parent
    describe(folder / "IMG.xmp", *SAID)
    reports: list[FileReport] = []
    run = Import(importer.library, Control(), on_reports=reports.extend)
    run.plan([folder])
    run.rehearse()
    assert ["companion" in r.reason.message for r in reports if r.reason] == [True]


BAD: list[tuple[Callable[[Path], object], str]] = [
    (lambda path: path.symlink_to(path.with_name("real")), "Too many levels of symbolic links"),
    (lambda path: os.mkfifo(path), "no regular file"),
    (lambda path: path.mkdir(), "Is a directory"),
    (lambda path: path.write_bytes(b"<" * (MOST_BYTES + 1)), "larger than 1 MB"),
]


@pytest.mark.parametrize(("make", "why"), BAD, ids=["link", "pipe", "folder", "large"])
def test_a_companion_that_cannot_be_opened_is_told_and_the_photo_comes_in(
    importer: Importer, make_picture: MakePicture, make: Callable[[Path], object], why: str
) -> None:
    photo = describe(make_picture("IMG.jpg"), "XMP-dc:Title=From inside")
    photo.with_name("real").write_bytes(b"")
    make(photo.with_name("IMG.xmp"))
    importer(photo)
    work_through(importer.library)
    (report,) = importer.reports
    assert report.outcome == "imported"
    assert report.reason is not None
    assert report.reason.code == "companion"
    assert why in report.reason.message
    assert only_asset(importer.library).title == "From inside"
    assert kept(importer.library) == []


BROKEN = {
    "text": b"no XML at all",
    "cut": b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF',
    "random": bytes(range(256)),
    "page": b'<?xml version="1.0"?><html><body>hi</body></html>',
    "bomb": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x:xmpmeta>&b;',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_companion_fails_visibly_and_takes_nothing_away(
    importer: Importer, make_picture: MakePicture, content: bytes
) -> None:
    photo = describe(make_picture("IMG.jpg"), "XMP-dc:Title=From inside", "EXIF:Model=Camera")
    photo.with_name("IMG.jpg.xmp").write_bytes(content)
    good = describe(make_picture("good.jpg", 1), "XMP-dc:Title=Good")
    describe(good.with_name("good.xmp"), "XMP-xmp:Rating=5")
    importer(photo, good)
    work_through(importer.library)
    assets = {asset.name: asset for asset in list_assets(importer.library)}
    details = show_asset(importer.library, assets["IMG.jpg"].id)
    assert (details.asset.title, details.asset.status) == ("From inside", Status.FAILED)
    assert details.metadata["EXIF:Model"] == "Camera"
    stage = details.stages[Stage.METADATA]
    assert (stage.state, stage.attempts) == (JobState.FAILED, 1)
    assert (stage.error or "").startswith("The companion file IMG.jpg.xmp cannot be read: ")
    assert (assets["good.jpg"].title, assets["good.jpg"].rating) == ("Good", 5)
    assert assets["good.jpg"].status is Status.READY


def test_a_companion_counts_although_its_file_cannot_be_read(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture("IMG.jpg")
    describe(photo.with_name("IMG.xmp"), *SAID)
    importer(photo)
    sha256 = only_asset(importer.library).sha256
    (importer.library.layout.blobs / sha256[:2] / sha256[2:4] / sha256).unlink()
    work_through(importer.library)
    asset = only_asset(importer.library)
    assert (asset.title, asset.tags, asset.status) == ("From beside", ("places/rome",), Status.MISSING)
    error = show_asset(importer.library, asset.id).stages[Stage.METADATA].error
    assert error is not None
    assert "companion" not in error


def test_an_empty_companion_says_nothing(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture("IMG.jpg")
    photo.with_name("IMG.xmp").write_bytes(b"")
    importer(photo)
    work_through(importer.library)
    assert only_asset(importer.library).status is Status.READY
    assert kept(importer.library) == []


def test_a_companion_of_what_is_here_already_is_not_taken_over(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture("IMG.jpg")
    importer(photo)
    describe(photo.with_name("IMG.xmp"), *SAID)
    importer(photo)
    work_through(importer.library)
    assert only_asset(importer.library).rating == 0
    assert kept(importer.library) == []


def test_a_separate_asset_of_known_bytes_has_its_companion_read(importer: Importer, make_picture: MakePicture) -> None:
    photo = describe(make_picture("IMG.jpg"), "XMP-dc:Title=From inside")
    importer(photo)
    work_through(importer.library)
    describe(photo.with_name("IMG.xmp"), *SAID)
    importer(photo, separate=True)
    (second,) = importer.assets()
    assert show_asset(importer.library, second).asset.status is Status.PROCESSING
    work_through(importer.library)
    titles = {asset.id: (asset.title, asset.rating, asset.status) for asset in list_assets(importer.library)}
    assert titles.pop(second) == ("From beside", 3, Status.READY)
    assert list(titles.values()) == [("From inside", 0, Status.READY)]


def test_a_date_that_only_the_companion_tells_is_taken_over(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture("IMG.jpg")
    describe(photo.with_name("IMG.xmp"), "XMP-exif:DateTimeOriginal=2001:02:03 04:05:06")
    importer(photo)
    work_through(importer.library)
    captured = only_asset(importer.library).captured
    assert captured is not None
    assert captured.isoformat() == "2001-02-03T04:05:06"


NAMES = [b"new\nline.jpg", b"not-utf8-\xff.jpg", "😀 ’.jpg".encode(), b"-config.jpg", b"a.b.jpg"]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_name_of_a_companion_reaches_exiftool(importer: Importer, make_picture: MakePicture, name: bytes) -> None:
    photo = make_picture(name)
    made = describe(photo.parent / "made.xmp", *SAID)
    os.rename(os.fsencode(made), os.fsencode(photo) + b".xmp")
    importer(photo)
    work_through(importer.library)
    assert (only_asset(importer.library).rating, only_asset(importer.library).status) == (3, Status.READY)


def test_folders_are_listed_once_and_may_be_gone(tmp_path: Path) -> None:
    companions = Companions()
    (tmp_path / "a.jpg.xmp").write_bytes(b"<x/>")
    found = companions.find(str(tmp_path / "a.jpg"))
    assert found == Sidecar(str(tmp_path / "a.jpg.xmp"), b"<x/>")
    (tmp_path / "a.jpg.xmp").unlink()
    assert isinstance(companions.find(str(tmp_path / "a.jpg")), Reason)
    assert companions.find(str(tmp_path / ".jpg")) is None
    assert companions.find(str(tmp_path / "gone" / "a.jpg")) is None
    assert companions.accompanied(str(tmp_path / ".xmp")) is None
