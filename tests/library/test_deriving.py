"""From the queue through real readers to facts: what an asset knows when it is ready, and how it fails."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from keeproom.errors import BlobDamagedError, BlobMissingError, UnreadableMediaError
from keeproom.library.content import open_content, thumbnail
from keeproom.library.folding import AlteredFact, altered_facts
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.showing import show_asset
from keeproom.library.verifying import verify_blobs
from keeproom.model import THUMBNAIL_SIZES, BlobState, CaptureTime, JobState, Stage, Status
from tests.conftest import MakePicture
from tests.importing import Importer, work_through
from tests.library.test_importing import damage, only_asset


@pytest.fixture
def ready(importer: Importer, corpus: Path) -> Library:
    importer(corpus / "photos" / "cameras" / "Canon_40D.jpg")
    work_through(importer.library)
    return importer.library


def test_a_photo_is_ready_with_all_that_its_file_tells(ready: Library) -> None:
    asset = only_asset(ready)
    details = show_asset(ready, asset.id)
    assert asset.status is Status.READY
    assert (asset.width, asset.height) == (100, 68)
    assert asset.captured == CaptureTime(datetime(2008, 5, 30, 15, 56, 1))  # noqa: DTZ001 (a wall time)
    assert details.metadata["EXIF:Model"] == "Canon EOS 40D"
    assert {stage: status.state for stage, status in details.stages.items()} == dict.fromkeys(Stage, JobState.DONE)
    assert details.stages[Stage.METADATA].tool is not None


def test_thumbnails_are_stored_in_both_sizes(ready: Library) -> None:
    asset = only_asset(ready)
    for px in THUMBNAIL_SIZES:
        file = ready.layout.thumbnail(asset.sha256, px)
        with Image.open(file) as picture:
            assert max(picture.size) <= px
        assert thumbnail(ready, asset.id, px) == file.read_bytes()


@pytest.mark.parametrize("harm", ["gone", "empty", "cut"])
def test_a_thumbnail_that_is_gone_or_corrupt_is_made_again(ready: Library, harm: str) -> None:
    asset = only_asset(ready)
    file = ready.layout.thumbnail(asset.sha256, 256)
    good = file.read_bytes()
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(b"" if harm == "empty" else good[: len(good) // 2])
    assert thumbnail(ready, asset.id, 256) == good
    assert file.read_bytes() == good


def test_what_the_file_states_is_taken_over_under_the_import(ready: Library) -> None:
    assert list(altered_facts(ready)) == []
    with ready.catalog.write() as write:
        write.session.connection().exec_driver_sql("UPDATE asset SET captured = '1999-01-01T00:00:00', name = 'x.jpg'")
    asset = only_asset(ready)
    assert list(altered_facts(ready)) == [AlteredFact(asset.id, "name"), AlteredFact(asset.id, "captured")]


def test_damaged_and_missing_bytes_are_found_and_never_given_out(ready: Library) -> None:
    asset = only_asset(ready)
    damage(ready, asset.sha256)
    with pytest.raises(BlobDamagedError, match="damaged"), open_content(ready, asset.id):
        pass
    assert only_asset(ready).status is Status.DAMAGED
    (ready.layout.blobs / asset.sha256[:2] / asset.sha256[2:4] / asset.sha256).unlink()
    assert [(bad.sha256, bad.state) for bad in verify_blobs(ready)] == [(asset.sha256, BlobState.MISSING)]
    with pytest.raises(BlobMissingError, match="gone"), open_content(ready, asset.id):
        pass
    assert only_asset(ready).status is Status.MISSING


def test_a_file_that_no_reader_knows_fails_visibly(importer: Importer, tmp_path: Path) -> None:
    (tmp_path / "fake.jpg").write_bytes(b"this is a text, whatever its name says")
    importer(tmp_path / "fake.jpg")
    for _ in range(3):
        work_through(importer.library)
        rest_is_over(importer.library)
    asset = only_asset(importer.library)
    assert asset.status is Status.FAILED
    assert show_asset(importer.library, asset.id).stages[Stage.PICTURE].error == "No reader knows what is in this file."
    with pytest.raises(UnreadableMediaError, match="no thumbnail"):
        thumbnail(importer.library, asset.id)


def rest_is_over(library: Library) -> None:
    with library.catalog.write() as write:
        write.session.connection().exec_driver_sql("UPDATE job SET due_at = 0")


def test_a_blob_that_vanished_before_its_turn_is_missing_and_not_a_crash(
    importer: Importer, make_picture: MakePicture
) -> None:
    importer(make_picture())
    sha256 = only_asset(importer.library).sha256
    (importer.library.layout.blobs / sha256[:2] / sha256[2:4] / sha256).unlink()
    work_through(importer.library)
    assert only_asset(importer.library).status is Status.MISSING


def test_an_asset_of_bytes_that_were_read_already_knows_its_capture_time(ready: Library, corpus: Path) -> None:
    importer = Importer(ready)
    importer(corpus / "photos" / "cameras" / "Canon_40D.jpg", separate=True)
    first, second = list_assets(ready)
    assert first.captured == second.captured is not None
    assert first.status is second.status is Status.READY
    assert list(altered_facts(ready)) == []


def test_a_sound_without_a_cover_is_ready_and_has_no_picture(importer: Importer, corpus: Path) -> None:
    importer(corpus / "formats" / "audio" / "full.mp3")
    work_through(importer.library)
    asset = only_asset(importer.library)
    assert (asset.kind, asset.status) == ("audio", Status.READY)
    assert asset.duration_s == pytest.approx(1.0, abs=0.2)
    with pytest.raises(UnreadableMediaError, match="no picture"):
        thumbnail(importer.library, asset.id)
