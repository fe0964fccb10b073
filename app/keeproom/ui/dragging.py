"""Dragging items out to other programs, as copies under their own names.

**When the copies are made.** A program that a drag hovers over may ask for the paths at once, and reads the files as
soon as it has them: before the button is let go, or (measured) after `exec` has returned. So nothing is dragged but
what is whole: copies are made in a thread when the drag begins, and `exec` is called when they are there, if the button
is still held. For a few photos that is no delay one feels; for more, a notice tells how far it is, and where the hand
was faster the copies wait for the next drag of the same items. What reaches the sidebar before its copies are there
needs none: it is dragged as it is, within the window, and so are more items than other programs are given.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QCursor,
    QDrag,
    QGuiApplication,
    QImageReader,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from keeproom.model import THUMBNAIL_SIZES, Cell
from keeproom.ui.acts.exporting import details_of
from keeproom.ui.acts.items import prepare_copies
from keeproom.ui.copies import MOST_ITEMS, Copies, mime_inside, mime_of
from keeproom.ui.images import turned
from keeproom.ui.texts import number, plural
from keeproom.ui.theme.palette import Colours, colours

if TYPE_CHECKING:
    from keeproom.ui.transfers import Transfer
    from keeproom.ui.window.main import MainWindow

REACH_MS = 25
FRESH_S = 600
"""How long copies wait to be dragged again."""

PICTURE_PX = 96
FAN_PX = 8
MOST_PICTURES = 3
PILL_PX = 22
CORNER_PX = 4


def begin_drag(window: MainWindow) -> None:
    """Drag the chosen items out of the window, from where the pointer is; call it once for a press that has moved."""
    Drags.of(window).begin(window.chosen_ids())


class Drags(QObject):
    """The window's drags: one at a time, and the copies made for the last one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._preparing = False
        self._ids: Sequence[int] = ()
        self._transfer: Transfer | None = None
        self._went_inside = False
        self._reach = QTimer(self, interval=REACH_MS)
        self._reach.timeout.connect(self._look_for_sidebar)
        self._ready: tuple[tuple[int, ...], float, Copies] | None = None

    @classmethod
    def of(cls, window: MainWindow) -> Drags:
        """The drags of a window, made when they are first needed."""
        return window.findChild(cls) or cls(window)

    def begin(self, ids: Sequence[int]) -> None:
        copies = self._waiting(tuple(ids))
        if copies is not None:
            self._drag(copies)
        elif len(ids) > MOST_ITEMS:
            self._drag_many(ids)
        elif not self._preparing and ids:
            self._prepare(ids)

    def _waiting(self, ids: tuple[int, ...]) -> Copies | None:
        """What was copied a moment ago for the same items, in the same library."""
        if self._ready is None or self._window.room is None:
            return None
        known, made_s, copies = self._ready
        same = known == ids and copies.library == str(self._window.room.library.identity)
        fresh = time.monotonic() - made_s < FRESH_S
        return copies if same and fresh and copies.folder.is_dir() else None

    def _prepare(self, ids: Sequence[int]) -> None:
        self._preparing = True
        text = plural(len(ids), "Preparing %n item to be dragged", "Preparing %n items to be dragged")
        ready = partial(self._on_ready, tuple(ids))
        self._ids, self._went_inside = ids, False
        self._transfer = prepare_copies(self._window, ids, text, ready, on_end=self._on_end)
        self._reach.start()

    def _on_end(self) -> None:
        self._preparing = False
        self._transfer = None
        self._reach.stop()

    def _look_for_sidebar(self) -> None:
        """The hand is there before the copies: nothing of them is needed."""
        if not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._reach.stop()
            return
        sidebar = self._window.sidebar.viewport()
        if sidebar.isVisible() and sidebar.rect().contains(sidebar.mapFromGlobal(QCursor.pos())):
            self._reach.stop()
            self._went_inside = True
            if self._transfer is not None:
                self._transfer.give_up()
            self._drag_inside(self._ids)

    def _drag_many(self, ids: Sequence[int]) -> None:
        """More than other programs are given: where they were let go on none of the window's own, that is told."""
        if self._drag_inside(ids) == Qt.DropAction.IgnoreAction:
            prepare_copies(self._window, ids, "", lambda _copies: None)

    def _drag_inside(self, ids: Sequence[int]) -> Qt.DropAction:
        room = self._window.room
        if room is None:
            return Qt.DropAction.IgnoreAction
        return self._take(mime_inside(str(room.library.identity), ids), len(ids))

    def _on_ready(self, ids: tuple[int, ...], copies: Copies) -> None:
        self._ready = ids, time.monotonic(), copies
        if self._went_inside:
            return
        if copies.failed:
            lost = plural(len(copies.failed), "%n item could not be read.", "%n items could not be read.")
            self._window.notices.tell(lost, details_of(self._window, copies.failed))
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._drag(copies)
            return
        words = plural(len(ids), "%n item is ready. Drag it once more.", "%n items are ready. Drag them once more.")
        self._window.notices.tell(words)

    def _drag(self, copies: Copies) -> None:
        self._take(mime_of(copies), len(copies.paths))

    def _take(self, mime: QMimeData, count: int) -> Qt.DropAction:
        """Until the button is let go; other events are handled meanwhile."""
        drag = QDrag(self._window)
        drag.setMimeData(mime)
        cells = self._window.chosen_cells()
        ratio = self._window.devicePixelRatioF()
        files = [thumbnail for cell in cells[:MOST_PICTURES] if (thumbnail := self._thumbnail(cell)) is not None]
        picture = drag_picture(files, count, colours(self._window.palette()), ratio)
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(PICTURE_PX // 2, PICTURE_PX // 2))
        return drag.exec(Qt.DropAction.CopyAction)

    def _thumbnail(self, cell: Cell) -> Thumbnail | None:
        room = self._window.room
        if room is None or not cell.thumbnailed:
            return None
        return Thumbnail(room.library.layout.thumbnail(cell.sha256, min(THUMBNAIL_SIZES)), cell.rotation)


class Thumbnail(NamedTuple):
    """A stored picture, and by how many quarters it is turned clockwise."""

    file: Path
    turn: int = 0


def drag_picture(files: Sequence[Thumbnail], count: int, those: Colours, ratio: float) -> QPixmap:
    """Some of the pictures as a small pile, with the number of items where there are several."""
    fan = FAN_PX * (min(count, MOST_PICTURES) - 1)
    side = PICTURE_PX + fan + PILL_PX // 2
    result = QPixmap(QSize(side, side) * ratio)
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for place in reversed(range(min(count, MOST_PICTURES))):
        area = QRect(place * FAN_PX, PILL_PX // 2 + place * FAN_PX, PICTURE_PX, PICTURE_PX)
        _paint_picture(painter, area, files[place] if place < len(files) else None, those, ratio)
    if count > 1:
        _paint_count(painter, count, those)
    painter.end()
    return result


def _paint_picture(painter: QPainter, area: QRect, file: Thumbnail | None, those: Colours, ratio: float) -> None:
    """One picture of the pile, cut to a square; a plain plate where there is none."""
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(area), CORNER_PX, CORNER_PX)
    painter.fillPath(outline, those.panel)
    image = None if file is None else turned(QImageReader(str(file.file)).read(), file.turn)
    if image is not None and not image.isNull():
        side = min(image.width(), image.height())
        cut = QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side)
        painter.save()
        painter.setClipPath(outline)
        target = round(PICTURE_PX * ratio)
        small = image.copy(cut).scaled(
            target, target, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(area, small)
        painter.restore()
    painter.setPen(QPen(QColor("#FFFFFF"), 1.5))
    painter.drawPath(outline)


def _paint_count(painter: QPainter, count: int, those: Colours) -> None:
    text = number(count)
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    width = max(PILL_PX, painter.fontMetrics().horizontalAdvance(text) + 14)
    area = QRectF(PICTURE_PX - width + PILL_PX // 2, 1, width, PILL_PX)
    painter.setPen(QPen(QColor("#FFFFFF"), 1.5))
    painter.setBrush(those.highlight)
    painter.drawRoundedRect(area, PILL_PX / 2, PILL_PX / 2)
    painter.setPen(those.on_highlight)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
