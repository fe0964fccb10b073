"""How the line above a group looks, and where in it one can click."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from keeproom.model import Group
from keeproom.ui.fonts import tabular
from keeproom.ui.grid.badges import BADGE_PX
from keeproom.ui.grid.rings import Rings
from keeproom.ui.grid.words import heading
from keeproom.ui.theme.palette import Colours

CIRCLE_GAP_PX = 10
MARGIN_PX = 8


@dataclass(frozen=True, slots=True)
class State:
    """How a heading is seen; a `stuck` one lies above what scrolls below it."""

    hovered: bool = False
    selected: bool = False
    stuck: bool = False


class HeadingPainter:
    """Paints headings in one font and one set of colours. The text begins where the first picture does."""

    def __init__(self, those: Colours, font: QFont, ratio: float) -> None:
        self._colours = those
        self._font = tabular(font)
        self._font.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetrics(self._font)
        self._rings = Rings(those, ratio)

    def paint(self, painter: QPainter, line: QRect, left: int, group: Group, state: State) -> None:
        """Paint the heading into its line, whose ground is covered; the circle is there when it can be clicked."""
        painter.fillRect(line, self._colours.canvas)
        if state.stuck:
            painter.fillRect(line.left(), line.bottom(), line.width(), 1, self._colours.separator)
        painter.setFont(self._font)
        painter.setPen(self._colours.text)
        painter.drawText(self._text(line, left, group), Qt.AlignmentFlag.AlignVCenter, heading(group))
        if state.hovered or state.selected:
            circle = self.circle(line, left, group)
            self._rings.paint_circle(painter, circle.left(), circle.top(), selected=state.selected)

    def _text(self, line: QRect, left: int, group: Group) -> QRect:
        return QRect(left, line.top(), self._metrics.horizontalAdvance(heading(group)) + 1, line.height())

    def circle(self, line: QRect, left: int, group: Group) -> QRect:
        """The circle after the text that adds the group to the selection."""
        text = self._text(line, left, group)
        top = line.top() + (line.height() - BADGE_PX) // 2
        return QRect(text.right() + CIRCLE_GAP_PX, top, BADGE_PX, BADGE_PX)

    def target(self, line: QRect, left: int, group: Group) -> QRect:
        """What can be clicked: the text and the circle; the rest of the line is empty space."""
        circle = self.circle(line, left, group)
        return QRect(line.topLeft(), QSize(circle.right() + MARGIN_PX - line.left(), line.height()))
