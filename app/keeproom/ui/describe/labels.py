"""Colour labels as dots, and the flags as two buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from keeproom.model import Flag, Label
from keeproom.ui.describe.shared import Mixed
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import LABELS, colours
from keeproom.ui.widgets import IconButton, tip

DOT_PX = 12
SIDE_PX = 22
HEIGHT_PX = 26
_NAMES: Mapping[Label, tuple[str, str]] = {
    Label.RED: ("Red", "6"),
    Label.YELLOW: ("Yellow", "7"),
    Label.GREEN: ("Green", "8"),
    Label.BLUE: ("Blue", "9"),
    Label.PURPLE: ("Purple", ""),
}
_FLAGS: Mapping[Flag, tuple[str, str, str]] = {
    Flag.PICK: ("Pick", "P", "flag"),
    Flag.REJECT: ("Reject", "X", "x"),
}
_SET: Mapping[Flag, str] = {Flag.PICK: "Picked. Remove the flag", Flag.REJECT: "Rejected. Remove the flag"}
_NO_FLAG_KEY = "U"


class Dot(QAbstractButton):
    """One colour."""

    def __init__(self, label: Label, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = label
        self.setCheckable(True)
        self.setFixedSize(SIDE_PX, HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name, key = _NAMES[label]
        self.setAccessibleName(tr("Label: {name}").format(name=tr(name)))
        self.setToolTip(tip(tr(name), key))

    def nextCheckState(self) -> None:
        """What is shown follows the items, not the click."""

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = QRectF(0, 0, DOT_PX, DOT_PX)
        dot.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(those.text if self.isChecked() or self.underMouse() else those.outline, 1))
        painter.setBrush(LABELS[self._label])
        painter.drawEllipse(dot)
        if self.isChecked():
            painter.setPen(QPen(those.text, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot.adjusted(-3, -3, 3, 3))
        if self.hasFocus():
            painter.setPen(QPen(those.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 2, -1, -2), 5, 5)


class LabelDots(QWidget):
    """`labelled` carries the label a person wants; a click on the one that is set takes it away."""

    labelled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dots = {label: Dot(label, self) for label in Label}
        for label, dot in self.dots.items():
            dot.clicked.connect(lambda _=False, label=label: self._on_clicked(label))
        _lay_out(self, list(self.dots.values()))

    def show_label(self, label: str | Mixed | None) -> None:
        for each, dot in self.dots.items():
            dot.setChecked(each == label)

    def label(self) -> Label | None:
        return next((label for label, dot in self.dots.items() if dot.isChecked()), None)

    def _on_clicked(self, label: Label) -> None:
        self.labelled.emit(None if self.dots[label].isChecked() else label)


class Flags(QWidget):
    """`flagged` carries the flag a person wants; a click on the one that is set takes it away."""

    flagged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {flag: self._button(flag) for flag in Flag}
        _lay_out(self, list(self.buttons.values()))

    def show_flag(self, flag: str | Mixed | None) -> None:
        """Each button says what a click on it does: take the flag that is set away, or set this one."""
        for each, button in self.buttons.items():
            button.setChecked(each == flag)
            text, key, _ = _FLAGS[each]
            button.setToolTip(tip(tr(_SET[each]), _NO_FLAG_KEY) if each == flag else tip(tr(text), key))

    def flag(self) -> Flag | None:
        return next((flag for flag, button in self.buttons.items() if button.isChecked()), None)

    def _button(self, flag: Flag) -> IconButton:
        text, key, icon = _FLAGS[flag]
        button = _FlagButton(icon, self, small=True)
        button.setCheckable(True)
        button.name_it(tr(text), key)
        button.clicked.connect(lambda: self.flagged.emit(None if button.isChecked() else flag))
        return button


class _FlagButton(IconButton):
    def nextCheckState(self) -> None:
        """What is shown follows the items, not the click."""


def _lay_out(host: QWidget, buttons: Sequence[QWidget]) -> None:
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for button in buttons:
        row.addWidget(button)
    host.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
