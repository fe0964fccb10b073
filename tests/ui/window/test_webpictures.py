from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QImage

from keeproom.ui.window.webpictures import WebPicture, has_picture, links, read_picture

NOW = datetime(2026, 11, 21, 4, 5, 6, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n and more"


def mime_of(**parts: bytes) -> QMimeData:
    mime = QMimeData()
    for kind, data in parts.items():
        mime.setData(kind.replace("__", "-").replace("_", "/"), QByteArray(data))
    return mime


def test_image_data_with_the_name_of_its_address() -> None:
    mime = mime_of(image_png=PNG, text_uri__list=b"https://example.org/a/Rome%20at%20night.jpeg?w=800\r\n")
    assert has_picture(mime)
    assert read_picture(mime, NOW) == WebPicture("Rome at night", ".png", PNG)


def test_the_address_may_be_in_a_piece_of_a_page() -> None:
    page = b'<meta charset="utf-8"><a href="x"><img alt="" src="https://example.org/i/tiber.webp?a=1&amp;b=2"></a>'
    mime = mime_of(image_jpeg=b"\xff\xd8\xff", text_html=page)
    picture = read_picture(mime, NOW)
    assert picture == WebPicture("tiber", ".jpg", b"\xff\xd8\xff")
    assert links(mime) == ["https://example.org/i/tiber.webp?a=1&b=2"]


def test_mozillas_address_and_title() -> None:
    mime = mime_of(image_png=PNG, text_x__moz__url="https://example.org/p/view\nA title".encode("utf-16-le"))
    picture = read_picture(mime, NOW)
    assert picture is not None
    assert picture.name == "view"


def test_png_is_preferred_and_empty_data_passed_over() -> None:
    picture = read_picture(mime_of(image_bmp=b"BM", image_jpeg=b"\xff\xd8\xff", image_png=b""), NOW)
    assert picture is not None
    assert picture.ending == ".jpg"


def test_pixels_become_a_png() -> None:
    mime = QMimeData()
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(0x123456)
    mime.setImageData(image)
    assert has_picture(mime)
    picture = read_picture(mime, NOW)
    assert picture is not None
    assert picture.name == "Picture 2026-11-21 04.05.06"
    back = QImage.fromData(picture.content())
    assert (back.width(), back.height(), back.pixelColor(1, 1).name()) == (4, 3, "#123456")


@pytest.mark.parametrize(
    "link",
    [
        b"data:image/png;base64," + base64.b64encode(PNG),
        b"data:image/png;charset=utf-8;base64," + base64.b64encode(PNG).replace(b"=", b"%3D"),
    ],
)
def test_a_picture_inside_its_address(link: bytes) -> None:
    mime = mime_of(text_html=b"<IMG SRC='" + link + b"'>")
    assert has_picture(mime)
    picture = read_picture(mime, NOW)
    assert picture is not None
    assert (picture.data, picture.ending) == (PNG, ".png")


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"text_plain": b"image/png"},
        {"text_uri__list": b"https://example.org/a.jpg"},
        {"text_html": b"<img src=file:///etc/passwd>"},
        {"text_html": b"<img src='data:image/png;base64,%%%'>"},
        {"text_html": b"<img src='data:text/html;base64,AAAA'>"},
        {"text_html": b"<img src='data:image/svg+xml,<svg/>'>"},
        {"image_svg+xml": b"<svg/>"},
    ],
)
def test_no_picture(parts: dict[str, bytes]) -> None:
    assert read_picture(mime_of(**parts), NOW) is None


def test_a_large_page_without_an_end_is_read_at_once() -> None:
    mime = mime_of(text_html=b"<img " * 300_000)
    assert links(mime) == []
