"""How the line above a group looks, and where in it one can click."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from keeproom.ui.fonts import tabular
from keeproom.ui.grid.badges import BADGE_PX
from keeproom.ui.grid.rings import Rings
from keeproom.ui.grid.words import heading
from keeproom.ui.theme.palette import Colours

CIRCLE_GAP_PX = 10
MARGIN_PX = 8


@dataclass(frozen=True, slots=True)
class Text:
    """What a heading says of its group, in one line, and how many are in it."""

    name: str
    count: int


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

    def paint(self, painter: QPainter, line: QRect, left: int, text: Text, state: State) -> None:
        """Paint the heading into its line, whose ground is covered; the circle is there when it can be clicked."""
        painter.fillRect(line, self._colours.canvas)
        if state.stuck:
            painter.fillRect(line.left(), line.bottom(), line.width(), 1, self._colours.separator)
        painter.setFont(self._font)
        painter.setPen(self._colours.text)
        painter.drawText(self._place(line, left, text), _SINGLE, self._fitted(line, left, text))
        if state.hovered or state.selected:
            circle = self.circle(line, left, text)
            self._rings.paint_circle(painter, circle.left(), circle.top(), selected=state.selected)

    def _fitted(self, line: QRect, left: int, text: Text) -> str:
        """The text as it stands there: a name that is too long loses its end, the number stays."""
        words = heading(text.name, text.count)
        room = line.width() - left - BADGE_PX - CIRCLE_GAP_PX - 2 * MARGIN_PX
        beyond = self._metrics.horizontalAdvance(words) - room
        if beyond <= 0:
            return words
        own = self._metrics.horizontalAdvance(text.name)
        return heading(
            self._metrics.elidedText(text.name, Qt.TextElideMode.ElideRight, max(0, own - beyond)), text.count
        )

    def _place(self, line: QRect, left: int, text: Text) -> QRect:
        return QRect(
            left, line.top(), self._metrics.horizontalAdvance(self._fitted(line, left, text)) + 1, line.height()
        )

    def circle(self, line: QRect, left: int, text: Text) -> QRect:
        """The circle after the text that adds the group to the selection."""
        place = self._place(line, left, text)
        top = line.top() + (line.height() - BADGE_PX) // 2
        return QRect(place.right() + CIRCLE_GAP_PX, top, BADGE_PX, BADGE_PX)

    def target(self, line: QRect, left: int, text: Text) -> QRect:
        """What can be clicked: the text and the circle; the rest of the line is empty space."""
        circle = self.circle(line, left, text)
        return QRect(line.topLeft(), QSize(circle.right() + MARGIN_PX - line.left(), line.height()))


_SINGLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
