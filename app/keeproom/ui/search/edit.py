"""The line in which a query is typed: a text field without a frame, that marks what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPainterPath, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from keeproom.ui.search.units import to_place, to_units
from keeproom.ui.theme.palette import colours

LONGEST = 1 << 28
SPARE_PX = 14
WAVE_PX = 4.0
OWN_KEYS = frozenset(
    {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab}
)
Keys = Callable[[QKeyEvent], bool]


def wave(left: float, right: float, bottom: float) -> QPainterPath:
    """The line under something that is wrong."""
    path, x, up = QPainterPath(QPointF(left, bottom)), left, True
    while x < right:
        x = min(x + WAVE_PX / 2, right)
        path.lineTo(x, bottom - (WAVE_PX / 2 if up else 0))
        up = not up
    return path


def draw_wave(painter: QPainter, left: float, right: float, bottom: float, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    painter.drawPath(wave(left, max(right, left + 2 * WAVE_PX), bottom))
    painter.restore()


class SearchEdit(QLineEdit):
    """`keys` is asked about every key first. Places are counted as Python does."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._wrong: tuple[int, int] | None = None
        self.setFrame(False)
        self.setMaxLength(LONGEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setTextMargins(2, 0, 2, 0)
        self._clear_ground()

    @property
    def place(self) -> int:
        """Where the cursor is."""
        return to_place(self.text(), self.cursorPosition())

    def put(self, text: str, place: int) -> None:
        """Show a text, with the cursor here; nobody has typed it."""
        if text != self.text():
            self.setText(text)
        self.setCursorPosition(to_units(text, place))

    def mark(self, wrong: tuple[int, int] | None) -> None:
        """Draw a wave under this stretch of the text."""
        if wrong != self._wrong:
            self._wrong = wrong
            self.update()

    @property
    def wrong(self) -> tuple[int, int] | None:
        return self._wrong

    def is_at_start(self) -> bool:
        return self.cursorPosition() == 0 and not self.hasSelectedText()

    def is_at_end(self) -> bool:
        return self.cursorPosition() == _units(self.text()) and not self.hasSelectedText()

    def text_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text()) + SPARE_PX

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in OWN_KEYS and not _has_command(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._keys(event):
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._clear_ground()
        super().changeEvent(event)

    def _clear_ground(self) -> None:
        palette = self.palette()
        clear = QColor(Qt.GlobalColor.transparent)
        if palette.color(palette.ColorRole.Base) != clear:
            palette.setColor(palette.ColorRole.Base, clear)
            self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._wrong is not None and self.text():
            left, right = (self._x(place) for place in self._wrong)
            painter = QPainter(self)
            bottom = self.rect().center().y() + self.fontMetrics().height() / 2 + 1
            draw_wave(painter, min(left, right), max(left, right), bottom, colours(self.palette()).error)

    def _x(self, place: int) -> float:
        """Where a place of the text stands on the screen; a line edit tells that of its cursor alone."""
        layout = QTextLayout(self.text(), self.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        here: float = line.cursorToX(self.cursorPosition())[0]  # type: ignore[index]
        there: float = line.cursorToX(to_units(self.text(), place))[0]  # type: ignore[index]
        return self.cursorRect().center().x() + there - here


def _units(text: str) -> int:
    return to_units(text, len(text))


def _has_command(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier))


def is_typing(event: QKeyEvent) -> bool:
    """Whether a key writes something."""
    return bool(event.text()) and event.text().isprintable() and not _has_command(event)


def is_key(event: QKeyEvent, key: QKeySequence.StandardKey) -> bool:
    return event.matches(key)
