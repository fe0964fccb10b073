"""Controls that pages are made of: buttons for rows of the action table, and labels that shorten what is too long."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from keeproom.ui import icons
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import SMALL_ICON_PX, PlainLabel, TextButton, shortcut_of, tip

COMPACT_PX = 36
FULL_MARGIN_PX = 44


class ActionButton(TextButton):
    """A button with words for a row of the action table; it acts, and follows whether that is possible.

    `text` and `icon` replace the row's own words and picture, where a page has better ones.
    """

    def __init__(self, action: QAction, parent: QWidget | None = None, text: str = "", icon: str = "") -> None:
        super().__init__("", parent)
        self._action = action
        self._own_text = text
        self._icon_name = icon or str(action.property("icon_name"))
        self._is_compact = False
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()
        self._recolour()

    def say(self, text: str, icon: str) -> None:
        """Other words, and another picture, for the same action."""
        if (text, icon) != (self._own_text, self._icon_name):
            self._own_text, self._icon_name = text, icon
            self._follow()
            self._recolour()

    def set_compact(self, compact: bool) -> None:
        """Only the picture, where there is no room for the words."""
        if compact != self._is_compact:
            self._is_compact = compact
            self._follow()

    def full_width(self) -> int:
        """How wide it is with its words."""
        metrics = self.fontMetrics().horizontalAdvance(f" {self._text()}")
        return metrics + SMALL_ICON_PX + FULL_MARGIN_PX

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(COMPACT_PX, hint.height()) if self._is_compact else hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _text(self) -> str:
        return self._own_text or self._action.text().replace("&", "")

    def _follow(self) -> None:
        text, shortcut = self._text(), shortcut_of(self._action)
        self.setText("" if self._is_compact else f" {text}" if self._icon_name else text)
        self.setAccessibleName(text)
        self.setToolTip(tip(text.rstrip("…"), shortcut))
        self.setEnabled(self._action.isEnabled())
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        if self._icon_name:
            those = colours(self.palette())
            self.setIcon(icons.icon(self._icon_name, those.secondary, those.disabled, side=SMALL_ICON_PX))
            self.setIconSize(QSize(SMALL_ICON_PX, SMALL_ICON_PX))


class DangerButton(TextButton):
    """Red: what it does is not undone."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        those = colours(self.palette())
        wanted: QColor = those.error
        if self.palette().color(QPalette.ColorRole.ButtonText) != wanted:
            palette = QPalette(self.palette())
            palette.setColor(QPalette.ColorRole.ButtonText, wanted)
            palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, those.disabled)
            self.setPalette(palette)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._recolour()


class PictureLabel(QLabel):
    """An icon that does nothing, in the colour of a role."""

    def __init__(self, icon: str, side: int, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name, self._side, self._role = icon, side, role
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        colour = getattr(colours(self.palette()), self._role).name()
        self.setPixmap(icons.pixmap(self._icon_name, colour, self._side, self.devicePixelRatioF()))


class RoleLabel(PlainLabel):
    """A label whose colour tells something, and can change."""

    def set_role(self, role: str) -> None:
        if role != self._role:
            self._role = role
            self._recolour()


class ElidedLabel(RoleLabel):
    """One line that is shortened in the middle where it has no room."""

    def __init__(self, text: str, parent: QWidget | None = None, role: str = "text") -> None:
        super().__init__(text, parent, role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        mode = Qt.TextElideMode.ElideMiddle
        text = self.fontMetrics().elidedText(self.text(), mode, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def pause_words(*, paused: bool) -> tuple[str, str]:
    """The words and the picture of a button that pauses, or goes on."""
    return (tr("Resume"), "play") if paused else (tr("Pause"), "pause")
