"""What a key has just stated, told for a moment at the picture's lower edge."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from keeproom.ui.fonts import title_font
from keeproom.ui.texts import printable
from keeproom.ui.viewer.hint import MARGIN_PX, Hint

FLASH_MS = 1_100


class Flash(Hint):
    """Lies at the bottom of its parent's middle; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, FLASH_MS)
        self.label.setFont(title_font(self.font()))

    def tell(self, text: str) -> None:
        super().tell(printable(text).replace("\n", "␤"))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def place(self) -> None:
        super().place()
        self.move(self.x(), self._over.height() - self.height() - MARGIN_PX)
