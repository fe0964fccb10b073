"""Frames, and what is none."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keeproom.media.messages import metadata_of, picture_frame, picture_of
from keeproom.media.wire import MAX_BYTES, Assembler, Frame, WireError, pack, read_frame
from keeproom.model import CaptureTime, Picture, PictureFacts


@given(
    st.dictionaries(st.text().filter("payloads".__ne__), st.integers() | st.text() | st.none()),
    st.lists(st.binary()),
    st.integers(1, 50),
)
def test_a_frame_comes_back_whole_in_any_pieces(header: dict[str, object], payloads: list[bytes], piece: int) -> None:
    frame = Frame(header, tuple(payloads))
    data = pack(frame)
    assert read_frame(io.BytesIO(data)) == frame
    assembler = Assembler()
    answers = [assembler.feed(data[at : at + piece]) for at in range(0, len(data), piece)]
    assert answers[-1] == frame
    assert not any(answers[:-1])


def _raw(header: bytes, payload: bytes = b"") -> bytes:
    return struct.pack(">4sII", b"KPR1", len(header), len(payload)) + header + payload


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"KPR2",
        struct.pack(">4sII", b"KPR1", MAX_BYTES, 1),
        _raw(b"{}"),
        _raw(b"[]"),
        _raw(b"\xff\xfe"),
        _raw(b"[" * 100_000),
        _raw(b'{"payloads": [3]}', b"ab"),
        _raw(b'{"payloads": [-1, 3]}', b"ab"),
        _raw(b'{"payloads": [true, 1]}', b"ab"),
        _raw(b'{"payloads": []}') + b"more",
    ],
)
def test_what_is_no_frame(data: bytes) -> None:
    with pytest.raises(WireError):
        Assembler().feed(data)


def test_lone_surrogates_do_not_break_a_frame() -> None:
    frame = read_frame(io.BytesIO(pack(Frame({"text": "a\udcffb"}))))
    assert frame is not None
    assert frame.header["text"] == "a?b"


def test_a_picture_comes_back() -> None:
    from datetime import datetime

    captured = CaptureTime(datetime(2023, 5, 1, 10), 120)  # noqa: DTZ001
    facts = PictureFacts(4, 3, 1.5, ("h264", "aac"), captured, "Canon", 0x102030, "tool")
    picture = Picture(facts, {512: b"large", 256: b"small"})
    frame = read_frame(io.BytesIO(pack(picture_frame(picture))))
    assert frame is not None
    assert picture_of(frame) == picture


@pytest.mark.parametrize(
    "change",
    [
        {"width": "4"}, {"width": True}, {"codecs": [1]}, {"sizes": []}, {"sizes": ["a", "b"]}, {"captured": [1, 2]},
        {"captured": ["2023-05-01T10:00:00+02:00", 0]}, {"tool": None}, {"duration_s": [1]},
    ],
)  # fmt: skip
def test_a_picture_that_lies_about_its_types_is_refused(change: dict[str, object]) -> None:
    frame = picture_frame(Picture(PictureFacts(tool="t"), {512: b"large", 256: b"small"}))
    with pytest.raises(WireError):
        picture_of(Frame({**frame.header, **change}, frame.payloads))


def test_metadata_without_tags_is_refused() -> None:
    with pytest.raises(WireError):
        metadata_of({"tool": "x"})
