"""PDF through PDFium: the first page, on white paper. Its scripts are not run: this PDFium has no engine for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from keeproom.errors import UnreadableMediaError
from keeproom.media.formats import Format
from keeproom.media.readers.previews import Box, fitted, preview_of
from keeproom.media.readers.thumbnails import harvest
from keeproom.model import Picture, PictureFacts, Preview

TOOL = f"PDFium {pypdfium2.PDFIUM_INFO.build}"

FULL_DPI = 200
"""At which resolution a page is as large as it gets: letters of 6 points have a dozen pixels."""

_POINTS = 72


def read(path: Path, row: Format, sizes: Sequence[int]) -> Picture:
    """The first page's thumbnails; its sides are those at `FULL_DPI`.

    Raises:
        UnreadableMediaError: the file is locked with a password, is damaged, or has no page.
    """
    with _first_page(path) as page:
        full = _size(page)
        result = harvest(_rendered(page, full, fitted(full, (max(sizes), max(sizes)))), sizes)
    facts = PictureFacts(*full, codecs=(row.name.upper(),), colour=result.colour, tool=TOOL)
    return Picture(facts, result.thumbnails)


def preview(path: Path, _row: Format, box: Box) -> Preview:
    """The first page as it fits into a box.

    Raises:
        UnreadableMediaError: the file is locked with a password, is damaged, or has no page.
    """
    with _first_page(path) as page:
        full = _size(page)
        return preview_of(_rendered(page, full, fitted(full, box)), box, full=full)


@contextmanager
def _first_page(path: Path) -> Iterator[PdfPage]:
    try:
        with closing(PdfDocument(path)) as document:
            document.init_forms()
            if len(document) == 0:
                raise UnreadableMediaError("This PDF has no page.")
            with closing(document[0]) as page:
                yield page
    except PdfiumError as error:
        raise UnreadableMediaError(_why(str(error))) from error


def _why(text: str) -> str:
    lower = text.lower()
    if "password" in lower or "security" in lower:
        return "This PDF is locked with a password."
    return "This PDF is damaged: its first page cannot be read."


def _size(page: PdfPage) -> tuple[int, int]:
    """The page's sides in pixels at `FULL_DPI`."""
    width, height = page.get_size()
    return max(1, round(width * FULL_DPI / _POINTS)), max(1, round(height * FULL_DPI / _POINTS))


def _rendered(page: PdfPage, full: tuple[int, int], size: tuple[int, int]) -> Image.Image:
    scale = FULL_DPI / _POINTS * min(size[0] / full[0], size[1] / full[1])
    image = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True).to_pil()
    assert isinstance(image, Image.Image)
    return image.convert("RGB")
