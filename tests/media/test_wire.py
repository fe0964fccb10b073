"""Frames, and what is none."""

from __future__ import annotations

import io
import struct
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keeproom.media.messages import metadata_json, metadata_of, picture_frame, picture_of
from keeproom.media.wire import MAX_BYTES, Assembler, Frame, WireError, pack, read_frame
from keeproom.model import CaptureTime, MetadataFacts, Picture, PictureFacts, Stated


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
        _raw(b'{"payloads": [], "error": "\\ud800"}'),
        _raw(b'{"payloads": [], "error": "\xed\xa0\x80"}'),
    ],
)
def test_what_is_no_frame(data: bytes) -> None:
    with pytest.raises(WireError):
        Assembler().feed(data)


def test_a_text_that_tells_of_surrogates_has_none() -> None:
    frame = Frame({"text": r"an escape is \ud800", "pair": "😀"})
    assert read_frame(io.BytesIO(pack(frame))) == frame
    header = b'{"payloads": [], "pair": "\\ud83d\\ude00"}'
    assert read_frame(io.BytesIO(_raw(header))) == Frame({"pair": "😀"})


def test_lone_surrogates_do_not_break_a_frame() -> None:
    frame = read_frame(io.BytesIO(pack(Frame({"text": "a\udcffb"}))))
    assert frame is not None
    assert frame.header["text"] == "a?b"


def test_a_picture_comes_back() -> None:
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


FACTS = MetadataFacts(
    {"EXIF:Model": "X"},
    CaptureTime(datetime(2023, 5, 1, 10)),  # noqa: DTZ001
    camera="Canon",
    lens="50 mm",
    iso=200,
    position=(48.85, -2.35),
    stated=Stated("T", "D\nE", "A; B", "Rome", 0, "red", "reject", ("a/b", "c")),
    tool="exiftool",
)


def test_metadata_comes_back() -> None:
    frame = read_frame(io.BytesIO(pack(Frame({"files": [metadata_json(FACTS), metadata_json(MetadataFacts({}))]}))))
    assert frame is not None
    files = frame.header["files"]
    assert isinstance(files, list)
    assert [metadata_of(file) for file in files] == [FACTS, MetadataFacts({})]


@pytest.mark.parametrize(
    "change",
    [
        {"tags": None}, {"iso": 0}, {"iso": 1e3}, {"iso": True}, {"iso": 2**31}, {"lens": ""}, {"lens": "x" * 201},
        {"camera": "a\0b"}, {"position": [1.0]}, {"position": [91.0, 0.0]}, {"position": [0.0, 181.0]},
        {"position": [float("nan"), 0.0]}, {"position": ["0", "0"]}, {"position": 7}, {"stated": None}, {"stated": []},
        {"tool": None},
    ],
)  # fmt: skip
def test_metadata_that_lies_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(WireError):
        metadata_of({**metadata_json(FACTS), **change})


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""}, {"title": 1}, {"title": "x" * 1001}, {"title": "a\0b"}, {"description": "x" * 100_001},
        {"creator": ["A"]}, {"place": {}}, {"rating": 6}, {"rating": -1}, {"rating": True}, {"rating": 3.0},
        {"label": "orange"}, {"label": 1}, {"flag": "maybe"}, {"tags": None}, {"tags": [1]}, {"tags": [""]},
        {"tags": ["a\0b"]}, {"tags": ["x" * 1001]}, {"tags": ["x"] * 1001},
        {"tags": ["a//b"]}, {"tags": [" a"]}, {"tags": ["/"]},
    ],
)  # fmt: skip
def test_statements_that_no_file_can_make_are_refused(change: dict[str, object]) -> None:
    message = metadata_json(FACTS)
    stated = message["stated"]
    assert isinstance(stated, dict)
    with pytest.raises(WireError):
        metadata_of({**message, "stated": {**stated, **change}})


def test_metadata_without_tags_is_refused() -> None:
    with pytest.raises(WireError):
        metadata_of({"tool": "x"})
