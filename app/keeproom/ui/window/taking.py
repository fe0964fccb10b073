"""Taking in what was dropped or pasted: files are imported where they lie, pictures are saved to a file first."""

from __future__ import annotations

import time
import uuid
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QMimeData

from keeproom.ui.copies import library_of
from keeproom.ui.texts import plural, tr
from keeproom.ui.window.dropping import NOTHING, Drop, nothing_dropped, read_drop
from keeproom.ui.window.webpictures import WebPicture, read_picture

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow

KEPT_S = 7 * 24 * 3_600
"""How long a saved picture waits for an import that was put off; one that is in the library is gone at once."""


def take_in(window: MainWindow, mime: QMimeData, nothing: str, told_before: Drop = NOTHING) -> None:
    """Import what there is, or say why there is nothing to import.

    `nothing` says so where there is nothing at all. `told_before` is what the drag brought when it entered: a program
    that ended since gives nothing any more.
    """
    if is_own(window, mime):
        window.notices.tell(tr("These items are in this library already."))
        return
    drop = read_drop(mime)
    if drop == NOTHING:
        drop = told_before
    picture = None if drop.paths else read_picture(mime, datetime.now().astimezone())
    if picture is not None:
        window.background.run(partial(save_picture, picture), partial(_import_saved, window), window.tell_error)
        return
    if drop.others or not drop.paths:
        window.notices.tell(_words(drop, nothing))
    window.import_paths(drop.paths)


def is_own(window: MainWindow, mime: QMimeData) -> bool:
    """Whether these are items of the library that the window shows."""
    library = library_of(mime)
    return library is not None and window.room is not None and library == str(window.room.library.identity)


def _words(drop: Drop, nothing: str) -> str:
    if drop.paths:
        return nothing_dropped(drop.others)
    if drop.others:
        return plural(
            drop.others,
            "This is on the web, and Keeproom loads nothing from there. Copy the picture itself in the browser and "
            "paste it here, or save it and drop the file.",
            "These %n things are on the web, and Keeproom loads nothing from there. Save them in the browser and drop "
            "the files.",
        )
    return nothing


def save_picture(picture: WebPicture) -> Path:
    """The picture as a file with a sensible name, in a folder of its own; folders that were forgotten go."""
    from keeproom.library.filenames import safe_name

    base = Path(platformdirs.user_cache_dir("keeproom", appauthor=False)) / "incoming"
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(base)
    folder = base / f"{time.time_ns()}-{uuid.uuid4().hex[:8]}"
    folder.mkdir(mode=0o700)
    path = folder / safe_name(picture.name + picture.ending)
    path.write_bytes(picture.content())
    return path


def _sweep(base: Path) -> None:
    """Remove saved pictures that were imported, and those that are very old."""
    for folder in base.iterdir():
        digits = folder.name.partition("-")[0]
        if not digits.isdigit():
            continue
        if time.time() - int(digits) / 1e9 > KEPT_S:
            for file in folder.iterdir():
                file.unlink(missing_ok=True)
        with suppress(OSError):  # it is still waited for
            folder.rmdir()


def _import_saved(window: MainWindow, path: Path) -> None:
    """Import a saved picture; the file goes as soon as its bytes were read back from the library."""
    session = window.session()
    if session is None:
        window.import_paths([path])
    else:
        session.import_paths([path], move=True)
