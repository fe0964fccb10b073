"""Keys drawn as on a keyboard, and the lines of the sheet made of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from keeproom.ui.fonts import section_font
from keeproom.ui.sheet.contents import Keys, Section
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import PlainLabel

CAP_PX = 20
PAD_PX = 6
GAP_PX = 3
WAYS_GAP_PX = 9
LINE_PX = 28


class KeyCaps(QWidget):
    """The ways to do one thing, right-aligned."""

    def __init__(self, ways: Sequence[Keys], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways = ways
        self.setAccessibleName(", ".join("+".join(keys) for keys in ways))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = sum(sum(self._widths(keys)) + GAP_PX * (len(keys) - 1) for keys in self._ways)
        return QSize(width + WAYS_GAP_PX * (len(self._ways) - 1), LINE_PX)

    def _widths(self, keys: Keys) -> list[int]:
        return [max(CAP_PX, self.fontMetrics().horizontalAdvance(key) + 2 * PAD_PX) for key in keys]

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(those.base)
        left, top = 0.0, (self.height() - CAP_PX) / 2
        for keys in self._ways:
            for key, width in zip(keys, self._widths(keys), strict=True):
                cap = QRectF(left, top, width, CAP_PX)
                painter.setPen(QPen(those.outline, 1))
                painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
                painter.setPen(those.text)
                painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
                left += width + GAP_PX
            left += WAYS_GAP_PX - GAP_PX


class SectionView(QWidget):
    """One section: its title, and a line for each thing."""

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        title = PlainLabel(section.title, self, "secondary")
        title.setFont(section_font(self.font()))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 20)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(title, 0, 0, 1, 2)
        grid.setRowMinimumHeight(0, LINE_PX - 4)
        for row, line in enumerate(section.lines, 1):
            text = PlainLabel(line.text, self)
            keys = KeyCaps(line.keys, self)
            text.setBuddy(keys)
            grid.addWidget(text, row, 0)
            grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
            grid.setRowMinimumHeight(row, LINE_PX)
