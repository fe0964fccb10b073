"""Pictures that come as data and not as files: dragged out of a browser, or copied in another program."""

from __future__ import annotations

import base64
import binascii
import html
import re
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from keeproom.ui.pictures import packed

ENDINGS = {
    "image/png": ".png",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
}
"""The formats that are taken, the best first: of what other programs offer beside their own, PNG loses nothing."""

_QT_IMAGE = "application/x-qt-image"
_LINKS = ("text/uri-list", "text/x-moz-url")
_HTML = "text/html"
_MOST_HTML = 20_000_000
_MOST_TAGS = 20
_TAG = re.compile(rb"<img\b", re.IGNORECASE)
_SOURCE = re.compile(rb"[^>]{0,2000}?\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
"""After the tag's name; bounded, for the piece of a page may be anybody's."""

_DATA = re.compile(r"data:(image/[a-z0-9.+-]+)((?:;[^,;]*)*),(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class WebPicture:
    """A picture as it came: the bytes of a file, or pixels; `name` has no ending. `ending` is that of its format."""

    name: str
    ending: str
    data: bytes | QImage

    def content(self) -> bytes:
        """The bytes of a file; pixels are packed as PNG, which takes a while."""
        if isinstance(self.data, bytes):
            return self.data
        return bytes(packed(self.data).data())


def has_picture(mime: QMimeData) -> bool:
    """Whether there is a picture in it, as data. Nothing is fetched but small texts."""
    formats = set(mime.formats())
    return bool(formats & {*ENDINGS, _QT_IMAGE}) or any(_DATA.match(link) for link in links(mime))


def read_picture(mime: QMimeData, now: datetime) -> WebPicture | None:
    """The picture in it; None where there is none that can be used."""
    found = links(mime)
    name = _name(found) or f"Picture {now:%Y-%m-%d %H.%M.%S}"
    formats = mime.formats()
    for kind in ENDINGS:
        if kind in formats:
            data = bytes(mime.data(kind).data())
            if data:
                return WebPicture(name, ENDINGS[kind], data)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return WebPicture(name, ".png", image)
    return next((picture for link in found if (picture := _of_data_link(link, name)) is not None), None)


def links(mime: QMimeData) -> list[str]:
    """The addresses in it, also those of the pictures in a piece of a page; local files are not among them."""
    found: list[str] = []
    for kind in _LINKS:
        if mime.hasFormat(kind):
            lines = _text(bytes(mime.data(kind).data())).replace("\r", "\n").split("\n")
            found += [line.strip() for line in lines if ":" in line and not line.startswith("#")]
    if mime.hasFormat(_HTML):
        found += _sources(bytes(mime.data(_HTML).data())[:_MOST_HTML].replace(b"\0", b""))
    return [link for link in dict.fromkeys(found) if not link.lower().startswith("file:")]


def _sources(page: bytes) -> list[str]:
    """The addresses of the first pictures in a piece of a page."""
    tags = islice(_TAG.finditer(page), _MOST_TAGS)
    matches = [_SOURCE.match(page, tag.end()) for tag in tags]
    return [html.unescape(_text(b"".join(match.groups(b"")))) for match in matches if match is not None]


def _text(raw: bytes) -> str:
    """Text of another program: UTF-8, or UTF-16 as Mozilla sends it."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    if len(raw) > 1 and raw[1] == 0:
        return raw.decode("utf-16-le", "replace")
    return raw.decode("utf-8", "replace")


def _name(found: list[str]) -> str:
    """The name that the picture has where it comes from, without its ending; empty where it has none worth keeping."""
    for link in found:
        if not link.lower().startswith(("http:", "https:")):
            continue
        last = unquote(urlsplit(link).path.rstrip("/").rpartition("/")[2])
        stem, dot, ending = last.rpartition(".")
        name = stem if dot and 1 <= len(ending) <= 5 else last
        if name.strip("._- "):
            return name
    return ""


def _of_data_link(link: str, name: str) -> WebPicture | None:
    """The picture inside a `data:` address (RFC 2397)."""
    match = _DATA.match(link)
    kind = match[1].lower() if match else ""
    if match is None or kind not in ENDINGS:
        return None
    data = unquote_to_bytes(match[3])
    if ";base64" in match[2].lower():
        try:
            data = base64.b64decode(data)
        except binascii.Error:
            return None
    return WebPicture(name, ENDINGS[kind], data) if data else None
