"""The scrubber at the grid's right edge: a scroll bar that tells where in time, in the alphabet, or among the stars
one is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QScrollBar

from keeproom.model import Group
from keeproom.ui.fonts import SECTION_PX, tabular
from keeproom.ui.grid.bubble import Bubble
from keeproom.ui.grid.marks import Label, Mark, Rail, marks_of, placed_labels, spaced
from keeproom.ui.texts import number, tr
from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.ui.grid.area import CellArea

NARROW_PX, WIDE_PX = 44, 52
WIDE_FROM_PX = 1_600
END_PX = 10
SHORTEST_PX = 28
HANDLE_PX = 6
EDGE_PX = 3
TICK_PX, LABEL_TICK_PX = 4, 7
LABEL_RIGHT_PX = EDGE_PX + LABEL_TICK_PX + 3
LABEL_GAP_PX = 16
TICK_GAP_PX = 3
LINGER_MS = 1_200
"""So long the bubble stays after a key."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the marks are: the labels there is room for, and a tick for each mark that can be told from the next."""

    labels: list[Label]
    ticks: list[float]


class Scrubber(QScrollBar):
    """Takes the vertical scroll bar's place: the same range, wheel and keys, and is a scroll bar to a screen reader.

    A click goes there, on a label to the beginning of what it names. Ctrl+Up and Ctrl+Down go from mark to mark.
    """

    def __init__(self, area: CellArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area = area
        self._marks: tuple[Mark, ...] = ()
        self._starts: list[int] = []
        self._laid: Layout | None = None
        self._picture: QPixmap | None = None
        self._hovered: float | None = None
        self._grabbed: float | None = None
        self._is_on_label = False
        self._told = ""
        self.bubble = Bubble(area)
        self._linger = QTimer(self, singleShot=True, interval=LINGER_MS)
        self._linger.timeout.connect(self._show_bubble)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Place in the list"))

    # What it tells

    def set_marks(self, groups: Sequence[Group], key: str) -> None:
        """Another list: what marks it, in an order by this key."""
        self._marks = marks_of(groups, key)
        self._starts = [mark.start for mark in self._marks]
        self.relaid()

    def marks(self) -> tuple[Mark, ...]:
        return self._marks

    def relaid(self) -> None:
        """Cells are elsewhere."""
        self._laid = self._picture = None
        self.update()

    def rest(self) -> None:
        """There is nothing to be scrolled any more."""
        self._hovered = self._grabbed = None
        self._linger.stop()
        self.bubble.hide()

    def text_at(self, place: int) -> str:
        """What is at a height of the content: `May 2023`; without marks the number of the item."""
        row = self._area.row_at_height(place)
        found = self._mark_of(row)
        if found is not None:
            return self._marks[found].text
        count = self._area.count()
        return tr("{n} of {count}").format(n=number(min(row.start + 1, count)), count=number(count))

    def place_text(self) -> str:
        """What is at the top of the viewport."""
        return self.text_at(self.value() + self._area.first_row_px())

    def _mark_of(self, row: range) -> int | None:
        """The mark that a row of cells is in; the last one that begins in it."""
        found = bisect_right(self._starts, row.stop - 1) - 1
        return found if found >= 0 else None

    # Places

    def rail(self) -> Rail:
        return Rail.fitting(END_PX, self.height() - 2 * END_PX, SHORTEST_PX, self.maximum(), self.pageStep())

    def handle_rect(self) -> QRectF:
        rail = self.rail()
        left = self.width() - EDGE_PX - HANDLE_PX
        return QRectF(left, rail.handle_top(self.value()), HANDLE_PX, rail.handle)

    def _nose(self) -> float:
        """Where the handle points."""
        return self.handle_rect().top() + self.rail().nose

    def labels(self) -> list[tuple[str, float]]:
        """The labels in sight and where their middles are, from above."""
        return [(self._marks[label.mark].label, label.y) for label in self._layout().labels]

    def _layout(self) -> Layout:
        if self._laid is None:
            rail = self.rail()
            ys = [rail.y_of(self._area.height_of(mark.start)) for mark in self._marks]
            within = (END_PX / 2, self.height() - END_PX / 2)
            self._laid = Layout(placed_labels(self._marks, ys, LABEL_GAP_PX, within), spaced(ys, TICK_GAP_PX))
        return self._laid

    def _label_at(self, point: QPointF) -> Label | None:
        if point.x() > self.width() - LABEL_RIGHT_PX:
            return None
        near = (label for label in self._layout().labels if abs(label.y - point.y()) <= LABEL_GAP_PX / 2)
        return next(near, None)

    def go_to_mark(self, mark: int) -> None:
        """Bring the beginning of what a mark names to the top."""
        self.setValue(self._area.height_of(self._marks[mark].start))

    def _step_mark(self, by: int) -> None:
        """The mark before or after the one in sight; back within one to its beginning first."""
        tops = [min(self._area.height_of(start), self.maximum()) for start in self._starts]
        if by > 0:
            beyond = [number for number, top in enumerate(tops) if top > self.value()]
            found = beyond[0] if beyond else None
        else:
            before = [number for number, top in enumerate(tops) if top < self.value()]
            found = before[-1] if before else None
        if found is not None:
            self.go_to_mark(found)

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(WIDE_PX if self._area.width() >= WIDE_FROM_PX else NARROW_PX, 3 * SHORTEST_PX)

    def follow_width(self) -> None:
        """The grid has another width; its layout remembers what this one asked for before."""
        if self.sizeHint().width() != self.width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._painted()
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        those, active = colours(self.palette()), self._grabbed is not None
        current = self._current_label()
        if current is not None:
            self._paint_label(painter, current, those.accent)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._hovered is not None and not active:
            left = self.width() - LABEL_RIGHT_PX
            painter.fillRect(QRectF(left, round(self._hovered), LABEL_RIGHT_PX - EDGE_PX, 1), those.text)
        hovered = self._hovered is not None
        painter.setBrush(those.accent if active else those.secondary if hovered else those.outline)
        painter.drawRoundedRect(self.handle_rect(), HANDLE_PX / 2, HANDLE_PX / 2)
        if self.hasFocus():
            painter.setPen(QPen(those.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.handle_rect().adjusted(-2.5, -2.5, 2, 2.5), 5, 5)

    def _painted(self) -> QPixmap:
        """All that stays where it is while one scrolls."""
        ratio, those = self.devicePixelRatioF(), colours(self.palette())
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(those.canvas)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        laid, right = self._layout(), self.width() - EDGE_PX
        named = {round(self._true_y(label)) for label in laid.labels}
        if self._area.is_list():
            painter.fillRect(0, 0, 1, self.height(), those.separator)
        for y in laid.ticks:
            length = LABEL_TICK_PX if round(y) in named else TICK_PX
            painter.fillRect(QRectF(right - length, round(y), length, 1), those.outline)
        for label in laid.labels:
            self._paint_label(painter, label, those.secondary)
        painter.end()
        return picture

    def _true_y(self, label: Label) -> float:
        return self.rail().y_of(self._area.height_of(self._marks[label.mark].start))

    def _paint_label(self, painter: QPainter, label: Label, colour: QColor) -> None:
        room = QRectF(0, label.y - LABEL_GAP_PX / 2, self.width() - LABEL_RIGHT_PX, LABEL_GAP_PX)
        painter.fillRect(room, colours(self.palette()).canvas)
        font = tabular(self.font())
        font.setPixelSize(SECTION_PX)
        painter.setFont(font)
        painter.setPen(colour)
        text = painter.fontMetrics().elidedText(
            self._marks[label.mark].label, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _current_label(self) -> Label | None:
        """The label that names what is at the top of the viewport, if it is in sight."""
        found = self._mark_of(self._area.row_at_height(self.value() + self._area.first_row_px())) or 0
        while found > 0 and not self._marks[found].label:
            found -= 1
        return next((label for label in self._layout().labels if label.mark == found), None)

    # The bubble

    def _show_bubble(self) -> None:
        """Tell the place under the mouse, or that of the handle while it is moved."""
        if self._grabbed is not None or self._linger.isActive():
            self.bubble.tell(self.place_text(), self._nose())
        elif self._hovered is not None:
            place = self.rail().place_at(self._hovered) + self._area.first_row_px()
            label = self._label_at(QPointF(0, self._hovered)) if self._is_on_label else None
            text = self.text_at(place) if label is None else self._marks[label.mark].text
            self.bubble.tell(text, self._hovered)
        else:
            self.bubble.hide()

    # Qt's events

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        super().sliderChange(change)
        if change == QAbstractSlider.SliderChange.SliderRangeChange:
            self.relaid()
        elif change == QAbstractSlider.SliderChange.SliderValueChange:
            if self.bubble.isVisible():
                self._show_bubble()
            self._tell_place()

    def _tell_place(self) -> None:
        """Let a screen reader know, if there is one."""
        if QAccessible.isActive() and (text := self.place_text()) != self._told:
            self._told = text
            self.setAccessibleDescription(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        y, handle = event.position().y(), self.handle_rect()
        label = self._label_at(event.position())
        if label is not None:
            self.go_to_mark(label.mark)
        elif not handle.top() <= y <= handle.bottom():
            self.setValue(self.rail().value_at(y))
        self._grabbed = y - self._nose()
        self._show_bubble()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = event.position().y()
        self._is_on_label = self._label_at(event.position()) is not None
        if self._grabbed is not None:
            self.setValue(self.rail().value_at(self._hovered - self._grabbed))
        self._show_bubble()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        if not self.rect().contains(event.position().toPoint()):
            self._hovered = None
        self._show_bubble()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        if self._grabbed is None:
            self._hovered = None
            self._show_bubble()
            self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MARK_STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step_mark(step)
        else:
            super().keyPressEvent(event)
        if event.isAccepted():
            self._linger.start()
            self._show_bubble()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._tell_place()
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.relaid()

    def changeEvent(self, event: QEvent) -> None:
        self._picture = None
        super().changeEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """None of its own: what Qt would offer is done by a click here."""
        event.accept()


_MARK_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
