"""Everything about one asset, in one answer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from keeproom.errors import AssetNotFoundError
from keeproom.library.inspecting import inspect_asset
from keeproom.library.opening import Library
from keeproom.model import BlobState, JobState, Stage
from tests.conftest import MakePicture
from tests.importing import Importer, work_through


def test_a_photo_is_known_by_its_bytes_and_its_places(library: Library, importer: Importer, corpus: Path) -> None:
    photo = corpus / "photos" / "cameras" / "DSCN0010.jpg"
    importer(photo)
    work_through(library)
    item = inspect_asset(library, 1)
    assert (item.format, item.camera, item.codecs) == ("jpeg", "NIKON COOLPIX P6000", ("JPEG",))
    assert item.blob_state is BlobState.OK
    assert item.thumbnailed
    assert item.details.stages[Stage.PICTURE].state is JobState.DONE
    (origin,) = item.origins
    assert (origin.path, origin.size_bytes) == (photo, photo.stat().st_size)
    assert abs(origin.modified_at.timestamp() - photo.stat().st_mtime) < 1


def test_the_same_bytes_elsewhere_are_named(library: Library, importer: Importer, make_picture: MakePicture) -> None:
    picture = make_picture()
    importer(picture)
    importer(picture, separate=True)
    assert inspect_asset(library, 1).twins == (2,)
    assert inspect_asset(library, 2).twins == (1,)


def test_places_keep_their_bytes(library: Library, importer: Importer, make_picture: MakePicture) -> None:
    picture = make_picture(b"caf\xe9.jpg")
    importer(picture)
    (origin,) = inspect_asset(library, 1).origins
    assert os.fsencode(origin.path) == os.fsencode(picture)


def test_what_is_gone_is_said_to_be(library: Library) -> None:
    with pytest.raises(AssetNotFoundError):
        inspect_asset(library, 4)
