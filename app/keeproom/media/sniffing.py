"""What a file is, by its content."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import Protocol

from keeproom.media import signatures
from keeproom.media.formats import EXTENSIONS, FORMAT_OF_MIME, FORMATS, SHARED_EXTENSIONS
from keeproom.model import FileType

HEAD_BYTES = 8192
"""How much of a file's beginning tells what it is: libmagic's from_buffer on it costs a sixteenth of from_file."""

UNKNOWN = "application/octet-stream"

_UNTRUSTED = frozenset(FORMATS["mp3"].mimes + FORMATS["aac"].mimes + FORMATS["ico"].mimes + FORMATS["pnm"].mimes)
"""libmagic gives these on two to four bytes; our own signatures have to agree, or the extension."""


class _Magic(Protocol):
    def from_buffer(self, buf: bytes) -> str: ...


_per_thread = threading.local()


def identify(head: bytes, name: str) -> FileType | None:
    """The type of a file whose first `HEAD_BYTES` are `head`; `name` is its file name, or any text with its extension.

    A type without a format is a file with a media extension whose content no reader knows. None is no media at all.
    """
    extension = extension_of(name)
    row = FORMATS.get(_format_by_content(head, extension) or "")
    if row is not None:
        return FileType(row.kind, row.mime, row.name)
    kind = EXTENSIONS.get(extension)
    if kind is None or (extension in SHARED_EXTENSIONS and row is None):
        return None
    return FileType(kind, magic_mime(head), None)


def extension_of(name: str) -> str:
    """The extension in lower case and without the dot, empty where there is none; `.jpg` alone is a hidden file."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem.rpartition("/")[2] else ""


def magic_mime(head: bytes) -> str:
    """What libmagic calls these bytes; `UNKNOWN` where it fails or is not installed."""
    magic = _magic()
    if magic is None:
        return UNKNOWN
    try:
        return magic.from_buffer(head)
    except Exception:  # noqa: BLE001 - a third-party decoder: whatever it stumbles on, the bytes stay unknown to it
        return UNKNOWN


def _format_by_content(head: bytes, extension: str) -> str | None:
    known = signatures.certain(head, extension)
    if known is not None:
        return known
    mime = magic_mime(head)
    row = FORMAT_OF_MIME.get(mime)
    likely = signatures.likely(head, extension)
    if row is None:
        named = likely is not None and extension in FORMATS[likely].extensions
        return likely if mime == UNKNOWN or (named and mime.startswith("text/")) else None
    return likely if mime in _UNTRUSTED and extension not in row.extensions else row.name


def _magic() -> _Magic | None:
    """This thread's libmagic: its handle must not be used by two threads, and opening it reads 8 MB."""
    try:
        return _per_thread.magic  # type: ignore[no-any-return]
    except AttributeError:
        _per_thread.magic = _open_magic()
        return _per_thread.magic  # type: ignore[no-any-return]


def _open_magic() -> _Magic | None:
    """The system's libmagic, else the one of the package pylibmagic, which has to be imported first."""
    try:
        import magic
    except ImportError:
        try:
            import_module("pylibmagic")
            import magic
        except (ImportError, OSError):
            return None
    return magic.Magic(mime=True)
