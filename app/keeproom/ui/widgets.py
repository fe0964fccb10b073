"""The few building blocks that every bar of the window is made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from keeproom.ui import icons
from keeproom.ui.theme.palette import colours

BUTTON_PX = 32
ICON_PX = 20
SMALL_BUTTON_PX = 26
SMALL_ICON_PX = 16
CONTROL_PX = 30


def plain_text(action: QAction) -> str:
    """An action's words without the mark of its letter, and without the dots that announce a dialog."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def shortcut_of(action: QAction) -> str:
    """The first shortcut of an action as this system writes it; empty where it has none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def tip(text: str, shortcut: str = "") -> str:
    """What a tool tip says of something that can be done."""
    return f"{text} ({shortcut})" if shortcut else text


class PlainLabel(QLabel):
    """A label that never guesses rich text; `role` names the colour of its text."""

    def __init__(self, text: str, parent: QWidget | None = None, role: str = "text", *, wrap: bool = False) -> None:
        super().__init__(parent)
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        wanted = getattr(colours(self.palette()), self._role)
        if self.palette().color(QPalette.ColorRole.WindowText) != wanted:
            palette = QPalette(self.palette())
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)


class Bar(QFrame):
    """A strip of fixed height on the panel colour, with a line along one edge."""

    def __init__(self, height: int, edge: Qt.Edge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge = edge
        self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), those.panel)
        line = 0 if self._edge == Qt.Edge.TopEdge else self.height() - 1
        painter.fillRect(0, line, self.width(), 1, those.separator)


class Rule(QWidget):
    """An upright line between two groups of a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(1, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colours(self.palette()).separator)


class IconButton(QToolButton):
    """A flat button with an icon in the colours of the palette."""

    def __init__(
        self, icon: str, parent: QWidget | None = None, *, small: bool = False, role: str = "secondary"
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._role = role
        self._icon_px = SMALL_ICON_PX if small else ICON_PX
        self.setAutoRaise(True)
        self.setIconSize(QSize(self._icon_px, self._icon_px))
        side = SMALL_BUTTON_PX if small else BUTTON_PX
        self.setMinimumSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._recolour()

    @classmethod
    def of_action(cls, action: QAction, parent: QWidget | None = None, *, small: bool = True) -> IconButton:
        """A button for a row of the action table; it follows the action's state and text."""
        button = cls(str(action.property("icon_name")), parent, small=small)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button._follow(action)
        action.changed.connect(lambda: button._follow(action))
        return button

    def name_it(self, text: str, shortcut: str = "") -> None:
        """Say what the button does, to the eye that rests on it and to a screen reader."""
        self.setAccessibleName(text)
        self.setToolTip(tip(text, shortcut))

    def _follow(self, action: QAction) -> None:
        text = plain_text(action)
        self.name_it(text, shortcut_of(action))
        self.setText(f" {action.property('brief') or text}")  # the style sets an icon too close to its text
        self._recolour()

    def set_icon_name(self, icon: str) -> None:
        if icon != self._icon_name:
            self._icon_name = icon
            self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        those = colours(self.palette())
        colour = getattr(those, self._role)
        self.setIcon(icons.icon(self._icon_name, colour, those.disabled, those.accent, self._icon_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = painter.pen()
            pen.setColor(colours(self.palette()).accent)
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)


class TextButton(QPushButton):
    """A button with words on it, 30 px high; `primary` for the one thing to do next."""

    def __init__(self, text: str, parent: QWidget | None = None, *, primary: bool = False) -> None:
        super().__init__(text, parent)
        self.setFixedHeight(CONTROL_PX)
        self.setAutoDefault(False)
        self.setDefault(primary)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + 16, CONTROL_PX)


class Line(QLineEdit):
    """One line for a text of any length: a plain QLineEdit cuts what is pasted at 32,767 characters, without a word."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(2**31 - 1)
        self.setText(text)


class LinkButton(QToolButton):
    """Words in the colour of links that do something in place."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAutoRaise(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        wanted = colours(self.palette()).accent
        if self.palette().color(QPalette.ColorRole.ButtonText) != wanted:
            palette = QPalette(self.palette())
            palette.setColor(QPalette.ColorRole.ButtonText, wanted)
            self.setPalette(palette)
