"""The first page of a PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from keeproom.errors import ReaderFailedError, UnreadableMediaError
from keeproom.media.pictures import PictureReader
from keeproom.media.previews import PreviewReader

Scene = Callable[..., Image.Image]


@pytest.fixture
def document(scene: Scene, tmp_path: Path) -> Path:
    """Two pages of 7.2 × 3.6 points and other sizes: the scene, and a grey one."""
    path = tmp_path / "a.pdf"
    grey = Image.new("RGB", (50, 80), (90, 90, 90))
    scene(720, 360).save(path, save_all=True, append_images=[grey], resolution=100, quality=95)
    return path


def test_the_first_page_is_what_is_seen(document: Path, pictures: PictureReader, previews: PreviewReader) -> None:
    picture = pictures.read(document, "pdf")
    assert (picture.facts.width, picture.facts.height) == (1440, 720)  # at 200 dots per inch
    assert picture.facts.tool.startswith("PDFium ")
    with Image.open(io.BytesIO(picture.thumbnails[512])) as image:
        assert image.size == (512, 256)
        red, green, blue = image.getpixel((128, 64))
        assert red > 180
        assert max(green, blue) < 60
    shown = previews.read(document, "pdf", (300, 300))
    assert (shown.width, shown.height, shown.full_width, shown.full_height) == (300, 150, 1440, 720)
    assert shown.pixels[4 * (38 * 300 + 225) :][1] > 180


def _pdf(page: bytes, trailer: bytes = b"") -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%bendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    return (
        body
        + b"xref\n0 4\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 4/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF" % (trailer, start)
    )


LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%b>/U<%b>>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_pdf(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>", LOCKED), "locked with a password"),
        (b"%PDF-1.4\n" + b"no objects at all" * 9, "damaged"),
        (_pdf(b"").replace(b"[3 0 R]/Count 1", b"[]/Count 0"), "no page|damaged"),
    ],
    ids=["locked", "broken", "empty"],
)
def test_what_cannot_be_shown_says_why(
    data: bytes, why: str, pictures: PictureReader, previews: PreviewReader, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    for read in (lambda: pictures.read(path, "pdf"), lambda: previews.read(path, "pdf", (100, 100))):
        with pytest.raises(UnreadableMediaError, match=why) as caught:
            read()
        assert not isinstance(caught.value, ReaderFailedError)


def test_a_page_as_large_as_a_house_is_shown_small(previews: PreviewReader, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_pdf(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]>>"))
    shown = previews.read(path, "pdf", (0, 0))
    assert (shown.full_width, shown.full_height) == (40000, 40000)
    assert shown.width == shown.height == 8000
