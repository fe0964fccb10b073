"""Types by content."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from keeproom.media import sniffing
from keeproom.media.formats import EXTENSIONS, FORMATS, MEDIA_EXTENSIONS
from keeproom.media.sniffing import extension_of, identify
from keeproom.model import FileType, Kind

TRICKY = {
    "formats/audio/abbey.jpg": "jpeg",
    "formats/audio/only-magic-bytes.jpg": "jpeg",
    "formats/audio/unicode\u2019d.mp3": "mp3",
    "formats/audio/empty.wma": "wma",
    "formats/audio/full.alac.m4a": "m4a",
    "formats/audio/whitenoise.opus": "ogg",
    "formats/audio/empty.wv": "wavpack",
    "formats/audio/oldape.ape": "ape",
    "formats/avif/colors-animated-8bpc-alpha-exif-xmp.avif": "avif",
    "formats/avif/pyramid_pymd.avif": "avif",
    "formats/smallest/heif.heif": "heif",
    "formats/smallest/jpeg2.jp2": "jpeg2000",
    "formats/smallest/webm.webm": "webm",
    "formats/smallest/WindowsMediaVideo.wmv": "wmv",
    "formats/smallest/pbm.pbm": "pnm",
    "formats/smallest/pdf.pdf": "pdf",
    "formats/smallest/ico.ico": "ico",
    "formats/tiff/minisblack-1c-8b.pgm": "pnm",
    "hostile/tiff/sample-format-empty-vec.bin": "tiff",
    "hostile/png/x_ihdr_missing.png": "png",
    "photos/cameras/IMG_5195.HEIC": "heif",
    "videos/flower.webm": "webm",
    "videos/flower.mp4": "mp4",
}
READERLESS = {
    "formats/png/xs1n0g01.png": Kind.IMAGE,
    "formats/smallest/jxl.jxl": Kind.IMAGE,
    "formats/smallest/targa.tga": Kind.IMAGE,
}


@pytest.mark.parametrize("path", TRICKY)
@pytest.mark.parametrize("magic", [True, False], ids=["libmagic", "alone"])
def test_known_content(
    path: str, magic: bool, corpus: Path, type_of: Callable[[Path], FileType | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not magic:
        monkeypatch.setattr(sniffing, "_magic", lambda: None)
    row = FORMATS[TRICKY[path]]
    assert type_of(corpus / path) == FileType(row.kind, row.mime, row.name)


@pytest.mark.parametrize("path", READERLESS)
def test_content_that_no_reader_knows(path: str, corpus: Path, type_of: Callable[[Path], FileType | None]) -> None:
    found = type_of(corpus / path)
    assert found is not None
    assert (found.kind, found.format) == (READERLESS[path], None)


def test_of_the_smallest_files_only_media_is_taken(corpus: Path, type_of: Callable[[Path], FileType | None]) -> None:
    taken = {path.suffix for path in (corpus / "formats/smallest").iterdir() if type_of(path) is not None}
    assert taken == {
        ".avi", ".flv", ".mp4", ".wmv", ".bmp", ".bpg", ".gif", ".heif", ".ico", ".jpg", ".jp2", ".jxl", ".mp3", ".pbm",
        ".pdf", ".pgm", ".png", ".ppm", ".tga", ".tif", ".wav", ".webm", ".webp",
    }  # fmt: skip


def test_every_named_media_file_of_the_corpus_is_taken(
    corpus: Path, type_of: Callable[[Path], FileType | None]
) -> None:
    files = [path for path in corpus.rglob("*") if path.is_file() and "smallest" not in path.parts]
    others = {path.name for path in files if type_of(path) is None}
    assert others == {"README.md", "archive.7z", "archive.rar", "naughty-strings.json"}


def _ftyp(major: bytes, *compatible: bytes) -> bytes:
    return (16 + 4 * len(compatible)).to_bytes(4, "big") + b"ftyp" + major + b"\0\0\0\0" + b"".join(compatible)


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (_ftyp(b"mif1", b"mif1", b"avif"), "a", "avif"),
        (_ftyp(b"mif1", b"mif1", b"heic"), "a", "heif"),
        (_ftyp(b"avis", b"msf1"), "a", "avif"),
        (_ftyp(b"msf1", b"hevc"), "a", "heif"),
        (_ftyp(b"M4A ", b"isom"), "a.mp4", "m4a"),
        (_ftyp(b"isom", b"mp42"), "a.m4a", "m4a"),
        (_ftyp(b"isom", b"mp42"), "a.jpg", "mp4"),
        (_ftyp(b"qt  "), "a", "mov"),
        (_ftyp(b"3gp4"), "a", "3gp"),
        (_ftyp(b"3g2a"), "a", "3gp"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "a", "mov"),
        (b"II*\0\x08\0\0\0", "a.tif", "tiff"),
        (b"MM\0+\0\x08\0\0", "a", "tiff"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a.avi", "wav"),
        (b"RIFF\0\0\0\0AVI LIST", "a.wav", "avi"),
        (b"ID3\x04\0\0\0\0\0\x00" + b"fLaC", "a.mp3", "flac"),
        (b"ID3\x04\0\0\0\0\0\x00" + b"\xff\xf1", "a.mp3", "aac"),
        (b"ID3\x04\0\0\0\0\x40\x00" + bytes(99), "a", "mp3"),
        ((b"\xff\xfb\x90\x00" + bytes(413)) * 3, "a", "mp3"),
        (bytes(300) + (b"\xff\xfb\x90\x00" + bytes(413)) * 3, "a.mp3", "mp3"),
        ((b"G" + bytes(187)) * 6, "a.ts", "mpegts"),
        ((bytes(4) + b"G" + bytes(187)) * 6, "a.mts", "mpegts"),
        (b"\0\0\x01\xba\x44\0\x04", "a.txt", "mpeg"),
        (b"P6\n# made by hand\n2 2\n255\n" + bytes(12), "a", "pnm"),
    ],
)
def test_heads(head: bytes, name: str, expected: str) -> None:
    found = identify(head, name)
    assert found is not None
    assert found.format == expected


def _tiff(*entries: tuple[int, int], make: bytes = b"") -> bytes:
    """A directory of numbers; the maker's name behind it."""
    rows = [*entries, (271, 8 + 2 + 12 * (len(entries) + bool(make)) + 4)] if make else entries
    body = b"".join(
        struct.pack("<HHII", tag, 2 if tag == 271 else 4, len(make) if tag == 271 else 1, value)
        for tag, value in sorted(rows)
    )
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(rows)) + body + bytes(4) + make


SMALL_ONE_OF_ANOTHER = (254, 1), (330, 4096)
SENSOR = (262, 32803)

RAW_HEADS = [
    (b"II*\0\x10\0\0\0CR\x02\0", "cr2"),
    (_ftyp(b"crx ", b"crx ", b"isom"), "cr3"),
    (b"II\x1a\0\0\0HEAPCCDR", "crw"),
    (_tiff((50706, 0x101)), "dng"),
    (_tiff(*SMALL_ONE_OF_ANOTHER, make=b"NIKON CORPORATION\0"), "nef"),
    (_tiff(*SMALL_ONE_OF_ANOTHER, make=b"SONY\0"), "arw"),
    (_tiff(SENSOR, make=b"PENTAX Corporation\0"), "pef"),
    (_tiff(SENSOR, make=b"SAMSUNG\0"), "srw"),
    (_tiff(SENSOR, make=b"Hasselblad\0"), "3fr"),
    (_tiff(SENSOR, make=b"Somebody\0"), "raw"),
    (b"II*\0\x08\0\0\0IIII", "iiq"),
    (b"IIRO\x08\0\0\0", "orf"),
    (b"MMOR\0\0\0\x08", "orf"),
    (b"IIU\0\x18\0\0\0", "rw2"),
    (b"FUJIFILMCCD-RAW 0201", "raf"),
    (b"FOVb\0\0\x02\0", "x3f"),
    (b"\0MRM\0\0\0\0", "mrw"),
]


@pytest.mark.parametrize(("head", "expected"), RAW_HEADS)
@pytest.mark.parametrize("name", ["blob", "photo.tif", "photo.raw"])
def test_a_camera_raw_file_is_known_by_its_content_alone(head: bytes, expected: str, name: str) -> None:
    row = FORMATS[expected]
    assert identify(head + bytes(100), name) == FileType(Kind.IMAGE, row.mime, row.name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("photo.nef", "nef"), ("PHOTO.DNG", "dng"), ("a.b.ARW", "arw"), ("a.kdc", "kdc"), ("a.tif", "tiff")],
)
def test_a_camera_raw_file_does_not_pass_for_the_tiff_that_it_is_outside(name: str, expected: str) -> None:
    found = identify(b"II*\0\x08\0\0\0" + bytes(100), name)
    assert found is not None
    assert (found.kind, found.format) == (Kind.IMAGE, expected)


@pytest.mark.parametrize(
    "head",
    [
        _tiff((254, 1), (262, 2), make=b"NIKON CORPORATION\0"),
        _tiff((254, 0), (330, 4096), make=b"SONY\0"),
        _tiff((330, 0xFFFFFFF0), (262, 2)),
        b"II*\0\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff",
    ],
)
def test_a_tiff_of_a_camera_maker_s_program_is_a_tiff(head: bytes) -> None:
    found = identify(head, "scan.tif")
    assert found is not None
    assert found.format == "tiff"


def test_a_pdf_may_begin_late_if_its_name_says_so() -> None:
    late = bytes(500) + b"%PDF-1.4\n"
    found = identify(late, "a.pdf")
    assert found is not None
    assert (found.kind, found.mime, found.format) == (Kind.DOCUMENT, "application/pdf", "pdf")
    assert identify(late, "a.bin") is None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xff\xfbjunk that starts like a frame", "blob"),
        (b"BMW is a car", "notes.txt"),
        (b"import x from 'y'\n", "index.ts"),
        (b"export {}\n", "index.d.mts"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "list.m3u8"),
        (b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\n", "a.sdp"),
        (b"P1 and P2 are people 3 4 ", "notes.txt"),
        (b"\0\0\x01\0" + bytes(268), "dolphin.dol"),
        (b"G" * 40, "gggg"),
        (b"", "empty"),
        (b"", ".jpg"),
    ],
)
def test_no_media(head: bytes, name: str) -> None:
    assert identify(head, name) is None


@pytest.mark.parametrize("name", ["lies.jpg", "lies.MP4", "x.mp3", "a\nb.jpg", "\udcff.jpg"])
def test_a_media_name_on_other_content_is_taken_without_a_format(name: str) -> None:
    found = identify(b"PK\x03\x04" + bytes(100), name)
    assert found is not None
    assert found.format is None
    assert found.kind is EXTENSIONS[extension_of(name)]


def test_libmagic_belongs_to_one_thread() -> None:
    seen = [sniffing._magic()]
    thread = threading.Thread(target=lambda: seen.append(sniffing._magic()))
    thread.start()
    thread.join()
    assert seen[0] is sniffing._magic()
    assert seen[0] is not seen[1] or seen[0] is None


def test_the_tables_agree() -> None:
    assert not set(MEDIA_EXTENSIONS) & {ext for row in FORMATS.values() for ext in row.extensions}
    assert not {"svg", "m3u", "m3u8", "html", "sdp", "pls"} & set(EXTENSIONS)
    mimes = [mime for row in FORMATS.values() for mime in row.mimes]
    assert len(mimes) == len(set(mimes))
    assert all(ext == ext.lower().strip(".") for ext in EXTENSIONS)
