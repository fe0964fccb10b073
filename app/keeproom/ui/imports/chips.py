"""The counts of an import as chips, one of which is chosen: they filter the list below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from keeproom.ui.fonts import tabular
from keeproom.ui.imports.flow import FlowLayout
from keeproom.ui.texts import number, tr
from keeproom.ui.theme.palette import colours

CHIP_PX = 28
RADIUS_PX = 14
PADDING_PX = 12
DOT_PX = 8
GAP_PX = 6


class Part(Protocol):
    """What a chip shows: words, what they mean, and the role of a colour, or none."""

    @property
    def text(self) -> str: ...
    @property
    def explains(self) -> str: ...
    @property
    def role(self) -> str: ...


P = TypeVar("P", bound=Part)


class Chip(QAbstractButton):
    """`New 18,072`, with a dot in the colour that it has in the bar."""

    def __init__(self, part: Part, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self._count = 0
        self.setCheckable(True)
        self.setFont(tabular(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tell(0)

    def tell(self, count: int) -> None:
        self._count = count
        self.setText(f"{tr(self.part.text)} {number(count)}")
        self.setAccessibleName(self.text())
        self.setToolTip(tr(self.part.explains))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        words = metrics.horizontalAdvance(tr(self.part.text)) + GAP_PX + metrics.horizontalAdvance(number(self._count))
        dot = DOT_PX + GAP_PX if self.part.role else 0
        return QSize(2 * PADDING_PX + dot + words, CHIP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, hovered = self.isChecked(), self.underMouse()
        focused = self.hasFocus()
        pen = QPen(those.accent if on or focused else those.separator, 2 if focused else 1)
        painter.setPen(pen)
        painter.setBrush(those.tint if on else those.hover if hovered else those.button)
        margin = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin), RADIUS_PX, RADIUS_PX)
        left = PADDING_PX
        if self.part.role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(getattr(those, self.part.role))
            painter.drawEllipse(QRectF(left, (self.height() - DOT_PX) / 2, DOT_PX, DOT_PX))
            left += DOT_PX + GAP_PX
        painter.setFont(self.font())
        painter.setPen(those.text)
        room = self.rect().adjusted(left, 0, -PADDING_PX, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tr(self.part.text))
        painter.setPen(those.text if on else those.secondary)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number(self._count))


class Chips(QWidget, Generic[P]):
    """One chip a part; those that count nothing are hidden, but for the first and the one that is chosen."""

    chosen = Signal(object)

    def __init__(self, parts: Sequence[P], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = parts[0]
        self.setAccessibleName(tr("Filter"))
        flow = FlowLayout(self, 6)
        self._group = QButtonGroup(self)
        self._chips = {part: Chip(part, self) for part in parts}
        for chip in self._chips.values():
            self._group.addButton(chip)
            flow.addWidget(chip)
            chip.clicked.connect(self._on_clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.choose(self._first)

    @property
    def part(self) -> P:
        """The chosen one."""
        return next(part for part, chip in self._chips.items() if chip.isChecked())

    def choose(self, part: P) -> None:
        """Mark a chip without telling of it."""
        self._chips[part].setChecked(True)
        self._chips[part].show()

    def show_counts(self, counts: Mapping[P, int]) -> None:
        for part, chip in self._chips.items():
            chip.tell(counts[part])
            chip.setVisible(counts[part] > 0 or chip.isChecked() or part == self._first)

    def chip(self, part: P) -> Chip:
        return self._chips[part]

    def _on_clicked(self) -> None:
        self.chosen.emit(self.part)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
