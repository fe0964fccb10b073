"""Text of any length and script in a narrow column: broken wherever it must be, and cut after some lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from keeproom.ui.controls import RoleLabel
from keeproom.ui.inspector.fact import tip

LAID_OUT_LONGEST = 2_000
_LINE_SEPARATOR = "\u2028"


class WrappedLabel(RoleLabel):
    """A label that never asks for more width than it gets: QLabel lets a long word push its column apart.

    What does not fit into `lines` ends with an ellipsis, and the tool tip has the whole.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, role: str = "text", *, lines: int = 6) -> None:
        self._lines = lines
        self._heights: dict[int, int] = {}
        super().__init__(text, parent, role)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading)

    def setText(self, text: str) -> None:
        if text == self.text():
            return
        self._heights.clear()
        super().setText(text)
        self.setToolTip(tip(text) if len(text) > 24 else "")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Layouts ask this many times over, for a text that stays the same."""
        if width not in self._heights:
            _, lines, _ = self._text_layout(width)
            self._heights[width] = self._height(len(lines))
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._heights.clear()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height(1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        layout, lines, is_cut = self._text_layout(self.width())
        for line in lines[:-1] if is_cut else lines:
            line.draw(painter, QPointF(0, 0))
        if is_cut:
            self._draw_cut(painter, layout, lines[-1])

    def _draw_cut(self, painter: QPainter, layout: QTextLayout, last: QTextLine) -> None:
        rest = layout.text()[last.textStart() :].partition(_LINE_SEPARATOR)[0]
        whole = QFontMetricsF(self.font()).horizontalAdvance(rest) <= self.width()
        text = f"{rest}…" if whole else rest
        elided = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        place = self.rect().adjusted(0, round(last.y()), 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextSingleLine, elided)

    def _text_layout(self, width: int) -> tuple[QTextLayout, list[QTextLine], bool]:
        """The lines at this width, at most as many as may be, and whether there would be more.

        The layout comes with them: its lines are only good while it lives.
        """
        text = self.text()
        shown = _LINE_SEPARATOR.join(text[:LAID_OUT_LONGEST].splitlines())
        layout = QTextLayout(shown, self.font(), self)
        option = QTextOption(QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeading))
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[QTextLine] = []
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid() or len(lines) == self._lines:
                break
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, len(lines) * self.fontMetrics().lineSpacing()))
            lines.append(line)
        is_cut = line.isValid() or len(text) > LAID_OUT_LONGEST
        layout.endLayout()
        return layout, lines, is_cut

    def _height(self, lines: int) -> int:
        return max(1, lines) * self.fontMetrics().lineSpacing()
