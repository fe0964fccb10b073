"""Pictures for the viewer from stored bytes, and what is learned on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import update

from keeproom.catalog.tables import BlobRow
from keeproom.errors import (
    AssetNotFoundError,
    BlobDamagedError,
    BlobMissingError,
    UnreadableMediaError,
)
from keeproom.library.opening import Library
from keeproom.library.previewing import Previewer
from keeproom.library.queue import retry_assets
from keeproom.model import Kind, Status
from tests.conftest import MakePicture
from tests.importing import Importer, work_through
from tests.library.test_importing import only_asset


@pytest.fixture
def previewer(library: Library) -> Iterator[Previewer]:
    with Previewer(library) as shown:
        yield shown


def blob_of(library: Library, sha256: str) -> Path:
    return library.layout.blobs / sha256[:2] / sha256[2:4] / sha256


def forget_format(library: Library, kind: Kind = Kind.DOCUMENT) -> None:
    """As an older Keeproom recorded what it had no reader for."""
    with library.catalog.write() as write:
        write.session.execute(update(BlobRow).values(format=None, kind=kind, mime="application/octet-stream"))


def test_a_picture_is_shown_before_its_stages_ended(
    importer: Importer, previewer: Previewer, make_picture: MakePicture
) -> None:
    importer(make_picture())
    shown = previewer.preview(only_asset(importer.library).sha256, (32, 32))
    assert (shown.width, shown.height, shown.full_width, shown.full_height) == (32, 24, 64, 48)


def test_what_was_purged_is_told_as_gone(previewer: Previewer) -> None:
    with pytest.raises(AssetNotFoundError, match="not in the library any more"):
        previewer.preview("0" * 64, (0, 0))


def test_missing_bytes_are_told_and_noted(importer: Importer, previewer: Previewer, make_picture: MakePicture) -> None:
    importer(make_picture())
    asset = only_asset(importer.library)
    blob_of(importer.library, asset.sha256).unlink()
    with pytest.raises(BlobMissingError, match="stored file is gone") as caught:
        previewer.preview(asset.sha256, (0, 0))
    assert asset.sha256 not in str(caught.value)
    assert only_asset(importer.library).status is Status.MISSING


def test_bytes_that_changed_on_disk_are_told_apart_from_a_file_that_never_could_be_read(
    importer: Importer, previewer: Previewer, make_picture: MakePicture, tmp_path: Path
) -> None:
    importer(make_picture())
    work_through(importer.library)
    asset = only_asset(importer.library)
    blob = blob_of(importer.library, asset.sha256)
    blob.chmod(0o600)
    blob.write_bytes(blob.read_bytes()[:300])
    with pytest.raises(BlobDamagedError, match="changed on disk"):
        previewer.preview(asset.sha256, (0, 0))
    assert only_asset(importer.library).status is Status.DAMAGED


def test_a_file_that_never_could_be_read_says_so(
    importer: Importer, previewer: Previewer, make_picture: MakePicture
) -> None:
    path = make_picture()
    path.write_bytes(path.read_bytes()[:300])
    importer(path)
    work_through(importer.library)
    asset = only_asset(importer.library)
    with pytest.raises(UnreadableMediaError):
        previewer.preview(asset.sha256, (0, 0))
    assert only_asset(importer.library).status is not Status.DAMAGED


def test_a_file_without_a_reader_gives_the_stage_s_reason(
    importer: Importer, previewer: Previewer, tmp_path: Path
) -> None:
    (tmp_path / "text.jpg").write_bytes(b"a text, whatever its name says")
    importer(tmp_path / "text.jpg")
    with pytest.raises(UnreadableMediaError, match="No reader knows"):
        previewer.preview(only_asset(importer.library).sha256, (0, 0))


def test_a_sound_without_a_cover_says_so(importer: Importer, previewer: Previewer, corpus: Path) -> None:
    importer(corpus / "formats" / "audio" / "full.mp3")
    work_through(importer.library)
    with pytest.raises(UnreadableMediaError, match="no cover picture"):
        previewer.preview(only_asset(importer.library).sha256, (0, 0))


def test_an_animation_comes_as_frames(importer: Importer, previewer: Previewer, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (60, 40), (90 * number, 0, 0)) for number in range(3)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=50)
    importer(tmp_path / "a.gif")
    assert len(previewer.animation(only_asset(importer.library).sha256, (30, 30))) == 3


@pytest.mark.parametrize("retry", [False, True], ids=["shown", "retried"])
def test_what_no_reader_knew_once_is_known_now(
    retry: bool, importer: Importer, previewer: Previewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PDF that came in when there was no reader for it: it is shown at once, and a retry makes it whole."""
    Image.new("RGB", (300, 400), (200, 30, 30)).save(tmp_path / "a.pdf", resolution=100)
    importer(tmp_path / "a.pdf")
    library = importer.library
    forget_format(library, Kind.IMAGE)
    with monkeypatch.context() as older:
        older.setattr("keeproom.library.deriving.identify_blob", lambda *_: None)
        for _ in range(3):
            work_through(library)
            with library.catalog.write() as write:
                write.session.connection().exec_driver_sql("UPDATE job SET due_at = 0")
    asset = only_asset(library)
    assert asset.status is Status.FAILED
    if not retry:
        assert previewer.preview(asset.sha256, (100, 100)).height == 100
        return
    assert retry_assets(library, [asset.id]) == 1
    work_through(library)
    asset = only_asset(library)
    assert (asset.status, asset.kind, asset.mime) == (Status.READY, Kind.DOCUMENT, "application/pdf")
    assert (asset.width, asset.height) == (600, 800)
    assert library.layout.thumbnail(asset.sha256, 256).exists()
