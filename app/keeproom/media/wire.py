"""How a reader and its parent talk: frames of a JSON header and binary payloads.

    "KPR1" · header length (4 bytes, big endian) · length of all payloads (4 bytes) · header · payloads

The header is a JSON object; its `payloads` lists their lengths. Whatever does not fit this is a `WireError`, at the
first byte that shows it: a reader that was taken over by a file must not fill its parent's memory.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

MAX_BYTES = 128 << 20
"""More than the tags of 32 files or a few thumbnails ever need; previews have a limit of their own."""

_HALF_A_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]")
"""What a lone surrogate may look like in JSON: as an escape (which we never write), or in bytes that are no UTF-8."""

_PREFIX = struct.Struct(">4sII")
_MARK = b"KPR1"


class WireError(ValueError):
    """The bytes are no frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    header: Mapping[str, object]
    payloads: tuple[bytes, ...] = ()


def pack(frame: Frame) -> bytes:
    """The frame as bytes; text that is no Unicode (lone surrogates) is written with question marks."""
    return b"".join(pieces(frame))


def pieces(frame: Frame) -> tuple[bytes, ...]:
    """What `pack` joins: a picture of 100 MB need not be copied to be sent."""
    header = dict(frame.header, payloads=[len(payload) for payload in frame.payloads])
    text = json.dumps(header, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    return _PREFIX.pack(_MARK, len(text), sum(map(len, frame.payloads))) + text, *frame.payloads


class Assembler:
    """Puts a frame of up to `max_bytes` together from pieces as they come.

    A payload is joined from its pieces once, with the interpreter's lock released: one of 100 MB would else stop a
    window for 30 ms.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._pieces: list[bytes] = []
        self._count = 0
        self._lengths: tuple[int, int] | None = None

    def feed(self, piece: bytes) -> Frame | None:
        """Take the next bytes; the frame once it is whole.

        Raises:
            WireError: the bytes are no frame, or there are more of them than the frame has.
        """
        self._pieces.append(piece)
        self._count += len(piece)
        if self._lengths is None and not self._read_prefix():
            return None
        assert self._lengths is not None
        missing = _PREFIX.size + sum(self._lengths) - self._count
        if missing < 0:
            raise WireError("more bytes than announced")
        return self._unpack(*self._lengths) if missing == 0 else None

    def _read_prefix(self) -> bool:
        start = b"".join(self._pieces)
        self._pieces = [start]
        if not _MARK.startswith(start[: len(_MARK)]):
            raise WireError("no frame")
        if len(start) < _PREFIX.size:
            return False
        _, header, payloads = _PREFIX.unpack_from(start)
        if header + payloads > self._max_bytes:
            raise WireError("too long")
        self._lengths = header, payloads
        return True

    def _unpack(self, header_bytes: int, payload_bytes: int) -> Frame:
        cutter = _Cutter(self._pieces)
        cutter.take(_PREFIX.size)
        try:
            header = _header(cutter.take(header_bytes))
        except (ValueError, RecursionError) as error:
            raise WireError("the header is no JSON") from error
        lengths = header.pop("payloads", None) if isinstance(header, dict) else None
        if not isinstance(lengths, list) or not all(type(length) is int and length >= 0 for length in lengths):
            raise WireError("the header lists no payloads")
        if sum(lengths) != payload_bytes:
            raise WireError("the payloads do not add up")
        return Frame(header, tuple(map(cutter.take, lengths)))


def _header(text: bytes) -> Any:
    """The JSON value of a header, in which every text can be written again: no catalog keeps half a character.

    Raises:
        ValueError: it is no JSON, or has such a text.
    """
    header = json.loads(text)
    if _HALF_A_CHARACTER.search(text):
        json.dumps(header, ensure_ascii=False).encode()
    return header


class _Cutter:
    """Cuts pieces anew; what is a piece already is not copied."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = b""

    def take(self, count: int) -> bytes:
        """The next `count` bytes, which have to be there."""
        taken = []
        while count:
            piece = self._left or next(self._pieces)
            taken.append(piece[:count])
            self._left = piece[count:]
            count -= len(taken[-1])
        return b"".join(taken)


def read_frame(stream: BinaryIO) -> Frame | None:
    """The next frame of a blocking stream; None at its end.

    Raises:
        WireError: the bytes are no frame, or end in the middle of one.
    """
    prefix = stream.read(_PREFIX.size)
    if not prefix:
        return None
    if len(prefix) < _PREFIX.size:
        raise WireError("ends too early")
    assembler = Assembler()
    _, header, payloads = _PREFIX.unpack(prefix)
    assembler.feed(prefix)
    frame = assembler.feed(stream.read(header + payloads))
    if frame is None:
        raise WireError("ends too early")
    return frame
