"""Camera raw files by their first bytes: most are TIFF outside, and must not pass for the small picture in it.

Sources: TIFF 6.0 §2 (directories), DNG 1.7 (tags 50706 and 330, photometric interpretations 32803 and 34892), and the
file types that ExifTool and LibRaw document for each maker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from keeproom.media.formats import RAW_EXTENSIONS

_NEW_SUBFILE_TYPE, _PHOTOMETRIC, _MAKE, _SUB_IFDS, _DNG_VERSION = 254, 262, 271, 330, 50706
_SENSOR = {32803, 34892}
"""Photometric interpretations of a sensor's values: a colour filter array, and linear raw."""

_REDUCED = 1
"""The subfile type of a picture that is a smaller version of another one in the file."""

_MAKERS: Mapping[bytes, str] = {
    b"nikon": "nef",
    b"sony": "arw",
    b"pentax": "pef",
    b"ricoh": "pef",
    b"samsung": "srw",
    b"hasselblad": "3fr",
    b"phase one": "iiq",
    b"mamiya": "mef",
    b"leaf": "mos",
    b"epson": "erf",
    b"seiko epson": "erf",
    b"kodak": "kdc",
    b"eastman kodak": "kdc",
}

_Order = Literal["little", "big"]
_Ifd = dict[int, tuple[int, int]]
"""A directory: the number of values, and the value or where the values are, by tag."""


def tiff(head: bytes, extension: str) -> str:
    """What a TIFF is: the raw format of a camera, or `tiff`.

    The content decides where the head reaches far enough; a raw file's extension is believed, for its directory may
    lie anywhere. `.raw` and the like name no maker: the content does.
    """
    if head[8:11] == b"CR\x02":
        return "cr2"
    if head[8:12] in (b"IIII", b"MMMM"):
        return "iiq"
    order = _order(head)
    first = _ifd(head, _number(head, 4, 4, order), order)
    if _DNG_VERSION in first:
        return "dng"
    named = RAW_EXTENSIONS.get(extension)
    if named is not None and named.name != "raw":
        return named.name
    maker = _maker(head, first)
    if named is not None or _has_sensor(head, first, order) or (maker and _is_reduced(first)):
        return maker or "raw"
    return "tiff"


def panasonic(_head: bytes, extension: str) -> str:
    """Leica's cameras that Panasonic builds write the same."""
    return "rwl" if extension == "rwl" else "rw2"


def _order(head: bytes) -> _Order:
    return "little" if head.startswith(b"II") else "big"


def _number(head: bytes, at: int, size: int, order: _Order) -> int:
    return int.from_bytes(head[at : at + size], order)


def _ifd(head: bytes, at: int, order: _Order) -> _Ifd:
    """The directory at `at`, as far as the head reaches."""
    found: _Ifd = {}
    if 8 <= at <= len(head) - 2:
        for entry in range(at + 2, min(at + 2 + 12 * _number(head, at, 2, order), len(head) - 11), 12):
            tag, kind, count = (_number(head, entry + step, size, order) for step, size in ((0, 2), (2, 2), (4, 4)))
            found[tag] = count, _number(head, entry + 8, 2 if kind == 3 and count == 1 else 4, order)
    return found


def _value(ifd: _Ifd, tag: int) -> int:
    return ifd.get(tag, (0, 0))[1]


def _sub_ifds(head: bytes, ifd: _Ifd, order: _Order) -> Iterator[_Ifd]:
    count, at = ifd.get(_SUB_IFDS, (0, 0))
    places = [at] if count == 1 else [_number(head, at + 4 * number, 4, order) for number in range(min(count, 8))]
    return (_ifd(head, place, order) for place in places)


def _has_sensor(head: bytes, first: _Ifd, order: _Order) -> bool:
    return any(_value(ifd, _PHOTOMETRIC) in _SENSOR for ifd in (first, *_sub_ifds(head, first, order)))


def _is_reduced(first: _Ifd) -> bool:
    """Whether the first picture says that it is the small one of another, which lies in a directory below."""
    return _value(first, _NEW_SUBFILE_TYPE) == _REDUCED and _SUB_IFDS in first


def _maker(head: bytes, first: _Ifd) -> str | None:
    count, at = first.get(_MAKE, (0, 0))
    make = head[at : at + count].lower() if count > 4 else b""
    return next((name for start, name in _MAKERS.items() if make.startswith(start)), None)
