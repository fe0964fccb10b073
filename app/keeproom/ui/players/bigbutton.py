"""The large button on a poster: here is something to be played."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from keeproom.ui import icons
from keeproom.ui.players.playback import Playback
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import DARK, PLATE, PLATE_RING

SIDE_PX = 72
ICON_PX = 30


class PlayButton(QAbstractButton):
    """Lies in the middle of its parent until the playback has begun to play. The keyboard has K for that."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._playback: Playback | None = None
        self.setFixedSize(SIDE_PX, SIDE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Play"))
        self.setToolTip(tr("Play (K)"))
        self.hide()

    def offer(self, playback: Playback | None) -> None:
        """Be there until this one plays; without one not at all."""
        self._playback = playback
        if playback is not None:
            playback.changed.connect(self._follow)
            playback.moved.connect(self._follow)
        self.setVisible(playback is not None)
        self.place()

    def place(self) -> None:
        """Follow the parent's size."""
        self.move((self._over.width() - SIDE_PX) // 2, (self._over.height() - SIDE_PX) // 2)

    def _follow(self) -> None:
        if self._playback is not None and (self._playback.is_playing or self._playback.position_ms):
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(PLATE_RING, 1.5))
        painter.setBrush(DARK.button if self.underMouse() else PLATE)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        picture = icons.pixmap("play", PLATE_RING.name(), ICON_PX, self.devicePixelRatioF())
        inset = (SIDE_PX - ICON_PX) / 2
        painter.drawPixmap(round(inset) + 2, round(inset), picture)
