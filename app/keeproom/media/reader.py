"""The program of a reader process: `python -m keeproom.media.reader picture|metadata|preview MEMORY_BYTES PARENT_PID`.

It answers frames from its standard input on its standard output until that ends, and writes no file. One request is
worked on at a time, in the only thread there is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from keeproom.errors import UnreadableMediaError
from keeproom.media.confinement import confine
from keeproom.media.formats import FORMATS, Format
from keeproom.media.messages import animation_frame, metadata_json, picture_frame, preview_frame
from keeproom.media.paths import harmless
from keeproom.media.wire import Frame, pieces, read_frame
from keeproom.model import MetadataFacts

Handler = Callable[[Mapping[str, object]], Frame]

NICE: Mapping[str, int] = {"preview": 0, "picture": 10, "metadata": 19}
"""A person waits for a preview; photos are to be seen next; their metadata can wait."""

OUT_OF_MEMORY = Frame({"failed": "memory"})


def main(arguments: Sequence[str]) -> int:
    role, memory_bytes, parent = arguments
    confine(NICE[role], int(memory_bytes), int(parent))
    requests, answers = _take_pipes()
    with requests, answers:
        serve(HANDLERS[role], requests, answers)
    return 0


def serve(handler: Handler, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there are no more requests."""
    while (request := read_frame(requests)) is not None:
        try:
            answer = handler(request.header)
        except MemoryError:
            answer = OUT_OF_MEMORY
        answers.writelines(pieces(answer))
        answers.flush()


def read_picture(request: Mapping[str, object]) -> Frame:
    """One decode; the reader's module is imported when the first file of its formats comes."""
    sizes = request["sizes"]
    assert isinstance(sizes, list)
    return _decoded(request, lambda reader, path, row: picture_frame(reader.read(path, row, sizes)))


def read_preview(request: Mapping[str, object]) -> Frame:
    """The picture of a file for a box in pixels; with `animation`, all its pictures in so many bytes.

    A request to be warm is answered when all is imported that most pictures need.
    """
    if "warm" in request:
        import_module(FORMATS["jpeg"].reader)
        return Frame({})
    box, room = _box(request), request.get("animation")
    if isinstance(room, int):
        from keeproom.media.readers.animations import frames

        return _decoded(request, lambda _reader, path, row: animation_frame(frames(path, row, box, room)))
    return _decoded(request, lambda reader, path, row: preview_frame(reader.preview(path, row, box)))


def _decoded(request: Mapping[str, object], decode: Callable[[Any, Path, Format], Frame]) -> Frame:
    row = FORMATS[str(request["format"])]
    path = Path(harmless(str(request["path"])))
    try:
        return decode(import_module(row.reader), path, row)
    except UnreadableMediaError as error:
        return Frame({"unreadable": str(error)})
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - around third-party decoders: what they raise is about the file
        return Frame({"unreadable": explain(error, row, path)})


def _box(request: Mapping[str, object]) -> tuple[int, int]:
    width, height = request["width"], request["height"]
    assert isinstance(width, int)
    assert isinstance(height, int)
    return width, height


def read_metadata(request: Mapping[str, object]) -> Frame:
    from keeproom.media.readers import exiftool

    paths = request["paths"]
    assert isinstance(paths, list)
    try:
        results = exiftool.read([harmless(path) for path in paths])
    except exiftool.ExiftoolMissingError as error:
        return Frame({"failed": str(error)})
    return Frame({"files": [_metadata_json(result) for result in results]})


def explain(error: Exception, row: Format, path: Path) -> str:
    """Why a decoder gave up, for a person: without the path, which is a blob's and tells nobody anything."""
    text = str(getattr(error, "strerror", None) or error).replace(str(path), "the file").strip(" .")
    lower = text.lower()
    if any(sign in lower for sign in ("truncated", "end of file", "ended prematurely", "unexpected eof")):
        return "The file ends too early: a part of it is missing."
    if "cannot identify image file" in lower:
        return f"The file begins like {row.label}, but it is damaged or of a kind that the decoder does not know."
    return f"The file cannot be read as {row.label}: {text or type(error).__name__}."


HANDLERS: Mapping[str, Handler] = {"picture": read_picture, "metadata": read_metadata, "preview": read_preview}


def _metadata_json(result: MetadataFacts | UnreadableMediaError) -> Mapping[str, object]:
    return {"unreadable": str(result)} if isinstance(result, UnreadableMediaError) else metadata_json(result)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our two pipes under new numbers; 0 and 1 become /dev/null, so that no decoder's chatter gets between frames."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
