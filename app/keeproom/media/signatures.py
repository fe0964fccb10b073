"""Our own signatures: what the first bytes of a file say, the same on every system and without libmagic.

`certain` decides alone. `likely` matches too short a pattern to overrule libmagic; it speaks where libmagic knows
nothing, or is not there. Both answer a name of the format registry.

Sources: ISO/IEC 14496-12 §4.3 (brands), MPEG-1/2 audio frame headers (ISO/IEC 11172-3 §2.4.2.3), RFC 3533 and RFC 7845
(Ogg, Opus), RFC 9559 (Matroska), the ASF specification 1.20.3 (GUIDs), ISO/IEC 13818-1 (transport and program streams).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from keeproom.media import raw_signatures

Judge = Callable[[bytes, str], str | None]


@dataclass(frozen=True, slots=True)
class Signature:
    """`pattern` stands at `offset`; the answer is a format's name, or a judge that looks closer.

    A judge gets the head and the extension, which chooses only among formats of the same container.
    """

    offset: int
    pattern: bytes
    answer: str | Judge


def certain(head: bytes, extension: str) -> str | None:
    """The format that these bytes are beyond doubt, else None."""
    return _first(CERTAIN, head, extension)


def likely(head: bytes, extension: str) -> str | None:
    """The format that these bytes look like, else None."""
    return _first(LIKELY, head, extension)


def _first(table: tuple[Signature, ...], head: bytes, extension: str) -> str | None:
    for row in table:
        if head.startswith(row.pattern, row.offset):
            answer = row.answer if isinstance(row.answer, str) else row.answer(head, extension)
            if answer is not None:
                return answer
    return None


_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_MP4_BRANDS = re.compile(rb"iso[0-9a-m]|mp4[12]|avc1|M4V.|MSNV|dash|NDS[CHMPSX]|f4v |F4V |mmp4|XAVC|CAEP")


def _isobmff(head: bytes, extension: str) -> str | None:
    """An ISO base media file by its brands; the major brand speaks first, then the compatible ones."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    major = head[8:12]
    brands = {major, *(head[at : at + 4] for at in range(16, size - 3, 4))}
    if major in _AVIF_BRANDS or (major in _HEIF_BRANDS and brands & _AVIF_BRANDS):
        return "avif"
    if major in _HEIF_BRANDS:
        return "heif"
    if major == b"crx ":
        return "cr3"
    if major in {b"M4A ", b"M4B ", b"M4P "}:
        return "m4a"
    if major[:2] == b"3g":
        return "3gp"
    if major == b"qt  ":
        return "mov"
    if _MP4_BRANDS.match(major) or any(map(_MP4_BRANDS.match, brands)):
        return "m4a" if extension in {"m4a", "m4b", "m4p"} else "mp4"
    return None


def _riff(head: bytes, _extension: str) -> str | None:
    return {b"WAVE": "wav", b"AVI ": "avi", b"WEBP": "webp"}.get(head[8:12])


def _iff(head: bytes, _extension: str) -> str | None:
    return "aiff" if head[8:12] in {b"AIFF", b"AIFC"} else None


def _ebml(head: bytes, extension: str) -> str | None:
    """Matroska or WebM by the DocType; sound alone where no codec of the head is one of video."""
    doctype = re.search(rb"\x42\x82[\x81-\x88\x40-\x4f].{0,7}?(webm|matroska)", head[:128], re.DOTALL)
    if doctype is None:
        return None
    if b"\x86" in head and re.search(rb"\x86.A_[A-Z]", head, re.DOTALL) and not re.search(rb"\x86.V_", head, re.DOTALL):
        return "mka" if extension in {"mka", "weba", "webm"} else doctype[1].decode()
    return doctype[1].decode()


def _ogg(head: bytes, _extension: str) -> str:
    return "ogv" if re.search(rb"\x80theora|\x01video\0|BBCD\0|OVP80", head) else "ogg"


_ASF_VIDEO = bytes.fromhex("c0ef19bc4d5bcf11a8fd00805f5c442b")
_ASF_AUDIO = bytes.fromhex("409e69f84d5bcf11a8fd00805f5c442b")


def _asf(head: bytes, extension: str) -> str:
    if _ASF_VIDEO in head:
        return "wmv"
    return "wma" if _ASF_AUDIO in head or extension == "wma" else "wmv"


def _id3(head: bytes, extension: str) -> str:
    """What follows the ID3 tag, where the head reaches that far; its length is four 7-bit bytes (ID3v2.4 §3.1)."""
    size = head[6:10]
    start = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(size, (21, 14, 7, 0), strict=False))
    follows = head[start : start + 4]
    if follows.startswith(b"fLaC"):
        return "flac"
    if follows.startswith(b"TTA1"):
        return "tta"
    if follows.startswith(b"MAC "):
        return "ape"
    adts = len(follows) > 1 and follows[0] == 0xFF and follows[1] & 0xF6 == 0xF0
    return "aac" if adts or (len(follows) < 4 and extension == "aac") else "mp3"


def _bmp(head: bytes, _extension: str) -> str | None:
    return "bmp" if int.from_bytes(head[14:18], "little") in {12, 16, 40, 52, 56, 64, 108, 124} else None


def _pdf(head: bytes, extension: str) -> str | None:
    """Readers take a PDF that begins anywhere in the first 1,024 bytes (ISO 32000-1 annex H.3, note 13)."""
    return "pdf" if extension == "pdf" and b"%PDF-" in head[:1024] else None


def _transport(step: int) -> Judge:
    def judge(head: bytes, _extension: str) -> str | None:
        marks = head[step - 188 :: step][:5]
        return "mpegts" if len(marks) > 2 and not marks.strip(b"G") else None

    return judge


_MP3_RATES = {  # kbit/s by (MPEG-1?, layer), for the indices 1 to 14
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MP3_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _mp3_frame(head: bytes, at: int) -> int | None:
    """The length of the MPEG audio frame that starts at `at`, None where none does."""
    if at + 4 > len(head) or head[at] != 0xFF or head[at + 1] & 0xE0 != 0xE0:
        return None
    version, layer = head[at + 1] >> 3 & 3, 4 - (head[at + 1] >> 1 & 3)
    rate, hertz, padding = head[at + 2] >> 4, head[at + 2] >> 2 & 3, head[at + 2] >> 1 & 1
    if version == 1 or layer not in (2, 3) or rate in (0, 15) or hertz == 3:
        return None
    samples = 72 if version != 3 and layer == 3 else 144
    return samples * _MP3_RATES[version == 3, layer][rate - 1] * 1000 // _MP3_HERTZ[version][hertz] + padding


def _mp3(head: bytes, extension: str) -> str | None:
    """Two frames, each where the one before ends; in a file named .mp3 anywhere in the head: padding is common."""
    starts = range(len(head) - 4) if extension == "mp3" else range(1)
    for start in starts:
        first = _mp3_frame(head, start)
        if first and (_mp3_frame(head, start + first) or start + first == len(head)):
            return "mp3"
    return None


def _adts(head: bytes, _extension: str) -> str | None:
    if len(head) < 7 or head[1] & 0xF6 != 0xF0:
        return None
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return "aac" if length > 7 and head[length : length + 1] in (b"\xff", b"") else None


def _pnm(head: bytes, _extension: str) -> str | None:
    return "pnm" if re.match(rb"P[1-6]\s+(#[^\n]*\n\s*)*\d+\s+\d+\s", head) else None


def _ico(head: bytes, _extension: str) -> str | None:
    """An icon whose first picture is described sensibly and lies behind the directory."""
    count, planes, bits = (int.from_bytes(head[at : at + 2], "little") for at in (4, 10, 12))
    offset = int.from_bytes(head[18:22], "little")
    sane = 0 < count < 256 and planes < 2 and bits in {0, 1, 4, 8, 16, 24, 32}
    return "ico" if sane and head[9:10] == b"\0" and 6 + 16 * count <= offset < 1 << 24 else None


CERTAIN = (
    Signature(0, b"\xff\xd8\xff", "jpeg"),
    Signature(0, b"\x89PNG\r\n\x1a\n", "png"),
    Signature(0, b"GIF87a", "gif"),
    Signature(0, b"GIF89a", "gif"),
    Signature(0, b"RIFF", _riff),
    Signature(0, b"RF64", _riff),
    Signature(4, b"ftyp", _isobmff),
    Signature(4, b"jP  \r\n\x87\n", "jpeg2000"),
    Signature(0, b"\xff\x4f\xff\x51", "jpeg2000"),
    Signature(0, b"II*\0", raw_signatures.tiff),
    Signature(0, b"MM\0*", raw_signatures.tiff),
    Signature(0, b"II+\0", "tiff"),
    Signature(0, b"MM\0+", "tiff"),
    Signature(0, b"IIRO", "orf"),
    Signature(0, b"IIRS", "orf"),
    Signature(0, b"MMOR", "orf"),
    Signature(0, b"IIU\0", raw_signatures.panasonic),
    Signature(0, b"FUJIFILMCCD-RAW ", "raf"),
    Signature(0, b"FOVb", "x3f"),
    Signature(0, b"\0MRM", "mrw"),
    Signature(0, b"II\x1a\0\0\0HEAPCCDR", "crw"),
    Signature(0, b"%PDF-", "pdf"),
    Signature(0, b"", _pdf),
    Signature(0, b"BM", _bmp),
    Signature(0, b"\x1a\x45\xdf\xa3", _ebml),
    Signature(4, b"moov", "mov"),
    Signature(4, b"wide", "mov"),
    Signature(4, b"mdat", "mov"),
    Signature(0, b"FLV\x01", "flv"),
    Signature(0, bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), _asf),
    Signature(0, b"OggS", _ogg),
    Signature(0, b"fLaC", "flac"),
    Signature(0, b"ID3", _id3),
    Signature(0, b"FORM", _iff),
    Signature(0, b"MAC ", "ape"),
    Signature(0, b"wvpk", "wavpack"),
    Signature(0, b"MPCK", "musepack"),
    Signature(0, b"MP+", "musepack"),
    Signature(0, b"DSD ", "dsf"),
    Signature(0, b"TTA1", "tta"),
    Signature(0, b"#!AMR", "amr"),
    Signature(0, b"caff\0\x01", "caf"),
    Signature(0, b"\0\0\x01\xba", "mpeg"),
    Signature(0, b"\0\0\x01\xb3", "mpeg"),
    Signature(0, b"G", _transport(188)),
    Signature(4, b"G", _transport(192)),
)

LIKELY = (
    Signature(0, b"\xff", _adts),
    Signature(0, b"", _mp3),
    Signature(0, b"P", _pnm),
    Signature(0, b"\0\0\x01\0", _ico),
)
