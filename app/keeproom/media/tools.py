"""Which decoders and tools this installation has, and in which versions; for `doctor`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from importlib.metadata import version
from typing import NamedTuple

EXIFTOOL_AT_LEAST = (12, 57)


class Check(NamedTuple):
    """One thing looked at; `detail` is its version, or what is wrong and what to do."""

    check: str
    ok: bool
    detail: str


class _Lacking(Exception):  # noqa: N818 - not an error: the answer "no"
    """What is missing, and what to do."""


def versions() -> list[Check]:
    """A row for each tool and decoder; never raises for what is missing or broken. Takes up to a second."""
    return [_checked(name, look) for name, look in CHECKS]


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except _Lacking as lacking:
        return Check(name, False, str(lacking))
    except Exception as error:  # noqa: BLE001 - third-party packages: one that cannot even say its version is the finding
        return Check(name, False, f"{type(error).__name__}: {error}")


def _exiftool() -> str:
    program = shutil.which("exiftool")
    if program is None:
        raise _Lacking("not found; install it (Debian: libimage-exiftool-perl)")
    run = subprocess.run([program, "-config", "", "-ver"], capture_output=True, text=True, timeout=20, check=True)
    version = run.stdout.strip()
    if tuple(map(int, version.split("."))) < EXIFTOOL_AT_LEAST:
        raise _Lacking(f"{version} is too old: {'.'.join(map(str, EXIFTOOL_AT_LEAST))} is needed")
    return version


def _libmagic() -> str:
    from keeproom.media.sniffing import UNKNOWN, magic_mime

    if magic_mime(b"%PDF-1.7\n") == UNKNOWN:
        raise _Lacking("not found; types are told by our own signatures alone (Debian: libmagic1)")
    import magic

    number = magic.version()  # type: ignore[no-untyped-call]
    return f"{number // 100}.{number % 100:02}"


def _pillow() -> str:
    import PIL

    return PIL.__version__


def _pillow_decoder(feature: str) -> Callable[[], str]:
    def look() -> str:
        from PIL import features

        if not features.check(feature):
            raise _Lacking("this Pillow was built without it")
        return str(features.version(feature) or "built in")

    return look


def _heic() -> str:
    import pi_heif  # type: ignore[import-untyped]

    return f"pi-heif {pi_heif.__version__}, libheif {pi_heif.libheif_version()}"


def _libraw() -> str:
    import rawpy

    return f"{'.'.join(map(str, rawpy.libraw_version))}, rawpy {version('rawpy')}"


def _pdfium() -> str:
    import pypdfium2  # type: ignore[import-untyped]

    return f"{pypdfium2.PDFIUM_INFO.build}, pypdfium2 {pypdfium2.PYPDFIUM_INFO}"


def _pyav() -> str:
    import av

    return f"{av.__version__}, FFmpeg {av.ffmpeg_version_info}"


CHECKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("exiftool", _exiftool),
    ("libmagic", _libmagic),
    ("Pillow", _pillow),
    ("JPEG", _pillow_decoder("jpg")),
    ("AVIF", _pillow_decoder("avif")),
    ("WebP", _pillow_decoder("webp")),
    ("JPEG 2000", _pillow_decoder("jpg_2000")),
    ("colour profiles", _pillow_decoder("littlecms2")),
    ("HEIC", _heic),
    ("camera raw", _libraw),
    ("PDF", _pdfium),
    ("PyAV", _pyav),
)
