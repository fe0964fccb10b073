"""The registry of formats: one row each. A new format is one row, and one reader module where none fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from keeproom.model import Kind

IMAGE_READER = "keeproom.media.readers.image"
HEIF_READER = "keeproom.media.readers.heif"
VIDEO_READER = "keeproom.media.readers.video"
AUDIO_READER = "keeproom.media.readers.audio"
RAW_READER = "keeproom.media.readers.raw"
PDF_READER = "keeproom.media.readers.pdf"


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    `mimes` starts with the name we give it; the others are what libmagic has called it. `decoders` is what the reader
    may use and nothing else: Pillow's format names for images, FFmpeg's demuxers for video and audio; Pillow's again
    for the preview inside a camera raw file.
    """

    name: str
    kind: Kind
    mimes: tuple[str, ...]
    extensions: tuple[str, ...]
    reader: str
    decoders: tuple[str, ...]

    @property
    def mime(self) -> str:
        return self.mimes[0]

    @property
    def label(self) -> str:
        """The name for a sentence."""
        return _LABELS.get(self.name) or (f"{self.name.upper()} raw" if self.is_raw else self.name.upper())

    @property
    def is_raw(self) -> bool:
        """Whether it is a camera's raw file."""
        return self.reader == RAW_READER

    @property
    def may_move(self) -> bool:
        """Whether a file of this format can be an animated picture."""
        return self.name in {"gif", "webp", "png", "avif"}


_LABELS: Mapping[str, str] = {
    "webp": "WebP",
    "jpeg2000": "JPEG 2000",
    "pnm": "a portable anymap",
    "ico": "an icon",
    "matroska": "Matroska",
    "webm": "WebM",
    "mpegts": "an MPEG transport stream",
    "ogg": "Ogg",
    "wavpack": "WavPack",
    "musepack": "Musepack",
    "ape": "Monkey's Audio",
    "pdf": "a PDF",
}


def _image(name: str, mimes: str, extensions: str, decoders: str, reader: str = IMAGE_READER) -> Format:
    return Format(name, Kind.IMAGE, tuple(mimes.split()), tuple(extensions.split()), reader, tuple(decoders.split()))


def _video(name: str, mimes: str, extensions: str, decoders: str) -> Format:
    return Format(
        name, Kind.VIDEO, tuple(mimes.split()), tuple(extensions.split()), VIDEO_READER, tuple(decoders.split())
    )


def _audio(name: str, mimes: str, extensions: str, decoders: str) -> Format:
    return Format(
        name, Kind.AUDIO, tuple(mimes.split()), tuple(extensions.split()), AUDIO_READER, tuple(decoders.split())
    )


def _raw(name: str, mimes: str, extensions: str) -> Format:
    return _image(name, mimes, extensions, "JPEG", RAW_READER)


FORMATS: Mapping[str, Format] = {
    row.name: row
    for row in (
        _image("jpeg", "image/jpeg", "jpg jpeg jpe jfif mpo", "JPEG"),
        _image("png", "image/png image/apng image/vnd.mozilla.apng", "png apng", "PNG"),
        _image("gif", "image/gif", "gif", "GIF"),
        _image("webp", "image/webp", "webp", "WEBP"),
        _image("tiff", "image/tiff", "tif tiff", "TIFF"),
        _image("bmp", "image/bmp image/x-ms-bmp", "bmp dib", "BMP"),
        _image(
            "heif",
            "image/heif image/heic image/heic-sequence image/heif-sequence",
            "heic heif heics heifs hif",
            "HEIF",
            HEIF_READER,
        ),
        _image("avif", "image/avif image/avif-sequence", "avif avifs", "AVIF"),
        _image("jpeg2000", "image/jp2 image/jpx image/jpm image/x-jp2-codestream", "jp2 j2k jpf jpx j2c", "JPEG2000"),
        _image(
            "pnm",
            "image/x-portable-anymap image/x-portable-pixmap image/x-portable-bitmap image/x-portable-greymap"
            " image/x-portable-graymap",
            "pnm ppm pgm pbm",
            "PPM",
        ),
        _image("ico", "image/vnd.microsoft.icon image/x-icon", "ico", "ICO"),
        _raw("dng", "image/x-adobe-dng", "dng gpr"),
        _raw("cr2", "image/x-canon-cr2", "cr2"),
        _raw("cr3", "image/x-canon-cr3", "cr3"),
        _raw("crw", "image/x-canon-crw", "crw"),
        _raw("nef", "image/x-nikon-nef", "nef"),
        _raw("nrw", "image/x-nikon-nrw", "nrw"),
        _raw("arw", "image/x-sony-arw", "arw"),
        _raw("sr2", "image/x-sony-sr2", "sr2 srf"),
        _raw("orf", "image/x-olympus-orf", "orf ori"),
        _raw("rw2", "image/x-panasonic-rw2", "rw2"),
        _raw("rwl", "image/x-leica-rwl", "rwl"),
        _raw("raf", "image/x-fuji-raf", "raf"),
        _raw("pef", "image/x-pentax-pef", "pef ptx"),
        _raw("srw", "image/x-samsung-srw", "srw"),
        _raw("x3f", "image/x-sigma-x3f image/x-x3f", "x3f"),
        _raw("mrw", "image/x-minolta-mrw", "mrw"),
        _raw("3fr", "image/x-hasselblad-3fr", "3fr fff"),
        _raw("iiq", "image/x-phaseone-iiq", "iiq cap"),
        _raw("mef", "image/x-mamiya-mef", "mef"),
        _raw("mos", "image/x-leaf-mos", "mos"),
        _raw("erf", "image/x-epson-erf", "erf"),
        _raw("kdc", "image/x-kodak-kdc image/x-kodak-dcr image/x-kodak-k25", "kdc dcr dcs k25"),
        _raw("raw", "image/x-dcraw", "raw bay mdc"),
        Format("pdf", Kind.DOCUMENT, ("application/pdf",), ("pdf",), PDF_READER, ()),
        _video("mp4", "video/mp4 video/x-m4v", "mp4 m4v", "mov"),
        _video("mov", "video/quicktime", "mov qt", "mov"),
        _video("3gp", "video/3gpp video/3gpp2", "3gp 3g2", "mov"),
        _video("matroska", "video/x-matroska video/matroska", "mkv mk3d", "matroska"),
        _video("webm", "video/webm", "webm", "matroska"),
        _video("avi", "video/x-msvideo video/avi", "avi divx", "avi"),
        _video("mpeg", "video/mpeg video/mpeg4-generic video/mpv", "mpg mpeg mpe vob m2v m1v", "mpeg mpegvideo"),
        _video("mpegts", "video/mp2t", "ts mts m2ts m2t", "mpegts"),
        _video("flv", "video/x-flv", "flv", "flv"),
        _video("wmv", "video/x-ms-wmv video/x-ms-asf application/vnd.ms-asf", "wmv asf", "asf"),
        _video("ogv", "video/ogg", "ogv", "ogg"),
        _audio("mp3", "audio/mpeg audio/mp3", "mp3 mp2", "mp3"),
        _audio("flac", "audio/flac audio/x-flac", "flac", "flac"),
        _audio("ogg", "audio/ogg application/ogg", "ogg oga opus spx", "ogg"),
        _audio("m4a", "audio/mp4 audio/x-m4a video/x-m4a", "m4a m4b m4p", "mov"),
        _audio("aac", "audio/aac audio/x-hx-aac-adts audio/x-aac", "aac", "aac"),
        _audio("wav", "audio/wav audio/x-wav audio/vnd.wave", "wav wave", "wav"),
        _audio("aiff", "audio/aiff audio/x-aiff", "aiff aif aifc", "aiff"),
        _audio("wma", "audio/x-ms-wma", "wma", "asf"),
        _audio("mka", "audio/x-matroska audio/matroska audio/webm", "mka weba", "matroska"),
        _audio("ape", "audio/x-ape", "ape", "ape"),
        _audio("wavpack", "audio/x-wavpack", "wv", "wv"),
        _audio("musepack", "audio/x-musepack", "mpc mpp", "mpc mpc8"),
        _audio("dsf", "audio/x-dsf", "dsf", "dsf"),
        _audio("tta", "audio/x-tta", "tta", "tta"),
        _audio("amr", "audio/amr audio/AMR audio/amr-wb", "amr", "amr"),
        _audio("caf", "audio/x-caf", "caf", "caf"),
    )
}

FORMAT_OF_MIME: Mapping[str, Format] = {mime: row for row in FORMATS.values() for mime in row.mimes}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RAW_EXTENSIONS: Mapping[str, Format] = {ext: row for row in FORMATS.values() if row.is_raw for ext in row.extensions}
"""Camera raw files. Many are TIFF outside; what a TIFF reader finds in them is a small preview, not the photo."""

MEDIA_EXTENSIONS: Mapping[str, Kind] = {
    **dict.fromkeys(_words("psd psb jxl tga exr hdr dds xcf bpg jxr wdp"), Kind.IMAGE),
    **dict.fromkeys(_words("rm rmvb dv mxf mod tod"), Kind.VIDEO),
    **dict.fromkeys(_words("mid midi ra dff ac3 dts"), Kind.AUDIO),
}
"""What a person considers media and no reader knows yet. SVG is not among them: it is a program's drawing, not a
recording, and a reader for it would run a style sheet language."""

SHARED_EXTENSIONS = _words("ts mts mod dts hdr raw cap mpe mpp mos")
"""Media extensions that belong to source code or other programs as often: here only the content counts."""

EXTENSIONS: Mapping[str, Kind] = dict(
    chain(((ext, row.kind) for row in FORMATS.values() for ext in row.extensions), MEDIA_EXTENSIONS.items())
)
"""All known media extensions, in lower case and without the dot."""
