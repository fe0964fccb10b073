"""The stacked bar: how an import parts into new, already here, problems and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from keeproom.ui.theme.palette import Colours, colours

BAR_PX = 8
THINNEST_PX = 4.0
GAP_PX = 1.0


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the whole, in the colour of a role; what is left of the whole stays empty."""

    count: int
    role: str


def widths(shares: Sequence[Share], total: int, room: float) -> list[float]:
    """How wide each share is; a share of a few in a million is still seen, the widest gives the room for it."""
    if not total:
        return [0.0 for _ in shares]
    result = [max(THINNEST_PX, room * share.count / total) if share.count else 0.0 for share in shares]
    surplus = sum(result) - room
    if surplus > 0:
        widest = result.index(max(result))
        result[widest] = max(THINNEST_PX, result[widest] - surplus)
    return result


def paint_shares(painter: QPainter, bar: QRectF, shares: Sequence[Share], total: int, those: Colours) -> None:
    """The bar with round ends; a hair of the ground parts the shares."""
    outline = QPainterPath()
    outline.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(outline)
    painter.fillRect(bar, those.separator)
    left = bar.left()
    for share, width in zip(shares, widths(shares, total, bar.width()), strict=True):
        if width:
            painter.fillRect(QRectF(left, bar.top(), width, bar.height()), getattr(those, share.role))
            left += width
            painter.fillRect(QRectF(left - GAP_PX, bar.top(), GAP_PX, bar.height()), those.panel)
    painter.restore()


class ShareBar(QWidget):
    """The bar as a widget; its words are its accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(BAR_PX)
        self._shares: Sequence[Share] = ()
        self._total = 0

    def show_shares(self, shares: Sequence[Share], total: int, words: str) -> None:
        self._shares, self._total = shares, total
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        bar = QRectF(self.rect()).adjusted(0, 0, 0, 0)
        paint_shares(QPainter(self), bar, self._shares, self._total, colours(self.palette()))
