"""The quick filters as chips, in a sheet below the field."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from keeproom.ui.fonts import section_font
from keeproom.ui.search.filters import SECTIONS, TO_JUDGE, Quick
from keeproom.ui.search.sheet import Sheet
from keeproom.ui.texts import number, tr
from keeproom.ui.theme.palette import LABELS, colours
from keeproom.ui.widgets import PlainLabel

CHIP_PX = 28
RADIUS_PX = 14
PADDING_PX = 12
DOT_PX = 10
GAP_PX = 6
WIDTH_PX = 560
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterChip(QAbstractButton):
    """On, where the query asks for it."""

    def __init__(self, text: str, parent: QWidget, explains: str = "", label: str = "") -> None:
        super().__init__(parent)
        self._text = self._words = tr(text)
        self._label = label
        self.setCheckable(True)
        self.setAccessibleName(self._words)
        self.setToolTip(tr(explains) if explains else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def words(self) -> str:
        return self._words

    def show_count(self, count: int) -> None:
        """Tell how many there are, beside the words."""
        self._words = f"{self._text} {number(count)}"
        self.setAccessibleName(self._words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self._words)
        return QSize(2 * PADDING_PX + words + (DOT_PX + GAP_PX if self._label else 0), CHIP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, focused = self.isChecked(), self.hasFocus()
        pen = QPen(those.accent if on or focused else those.outline, 2 if focused else 1)
        painter.setPen(pen)
        painter.setBrush(those.tint if on else those.hover if self.underMouse() else those.button)
        margin = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin), RADIUS_PX, RADIUS_PX)
        left = PADDING_PX
        if self._label:
            painter.setPen(QPen(those.text, 1))
            painter.setBrush(LABELS[self._label])
            painter.drawEllipse(QRectF(left, (self.height() - DOT_PX) / 2, DOT_PX, DOT_PX))
            left += DOT_PX + GAP_PX
        painter.setPen(those.text)
        room = self.rect().adjusted(left, 0, -PADDING_PX, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)


class FilterSheet(Sheet):
    """`wanted` carries the filters that a person switched; `left` says that they are done."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor, WIDTH_PX)
        self.setAccessibleName(tr("Filters"))
        self.chips: dict[tuple[Quick, ...], FilterChip] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        judge = self._chip(TO_JUDGE, tr("Still to judge: unrated and unflagged"))
        grid.addWidget(judge, 0, 1, Qt.AlignmentFlag.AlignLeft)
        for line, section in enumerate(SECTIONS, 1):
            heading = PlainLabel(tr(section.text).upper(), self, "secondary")
            heading.setFont(section_font(self.font()))
            grid.addWidget(heading, line, 0)
            grid.addWidget(self._row(section.rows), line, 1)

    def _row(self, rows: Sequence[Quick]) -> QWidget:
        host = QWidget(self)
        line = QHBoxLayout(host)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_PX)
        for quick in rows:
            line.addWidget(self._chip((quick,), quick.text, host))
        line.addStretch(1)
        return host

    def _chip(self, wanted: tuple[Quick, ...], text: str, parent: QWidget | None = None) -> FilterChip:
        first = wanted[0] if len(wanted) == 1 else None
        explains, label = (first.explains, first.label) if first is not None else ("", "")
        chip = FilterChip(text, parent or self, explains, label)
        chip.clicked.connect(lambda: self.wanted.emit(wanted))
        self.chips[wanted] = chip
        return chip

    def show_held(self, held: Collection[Quick]) -> None:
        """Mark the filters that the query asks for."""
        for wanted, chip in self.chips.items():
            chip.setChecked(all(quick in held for quick in wanted))

    def enter(self) -> None:
        """Open it, and give it the keyboard."""
        self.open()
        on = [chip for chip in self.chips.values() if chip.isChecked()]
        (on or list(self.chips.values()))[0].setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        return any(chip.hasFocus() for chip in self.chips.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _TAKING and self.has_focus():
            next(chip for chip in self.chips.values() if chip.hasFocus()).click()
        elif key in _STEPS:
            self._step(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        chips = list(self.chips.values())
        here = next((place for place, chip in enumerate(chips) if chip.hasFocus()), 0)
        chips[(here + by) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
