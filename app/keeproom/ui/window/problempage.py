"""What stands in the window when a library cannot be opened: which, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from keeproom.ui import icons
from keeproom.ui.fonts import title_font
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import PlainLabel, TextButton

ICON_PX = 64
WIDTH_PX = 520


class ProblemPage(QWidget):
    """`choose`, `again` and `leave` are what its three buttons do."""

    def __init__(
        self, choose: Callable[[], None], again: Callable[[], None], leave: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = _centred(PlainLabel(tr("This library cannot be opened"), self))
        self._title.setFont(title_font(self.font()))
        self._folder = _centred(PlainLabel("", self, "secondary", wrap=True))
        self._why = _centred(PlainLabel("", self, wrap=True))
        for label in (self._folder, self._why):
            label.setFixedWidth(WIDTH_PX)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        offers = ((tr("Choose another library…"), choose), (tr("Try again"), again), (tr("Quit"), leave))
        self.buttons = [TextButton(text, self) for text, _ in offers]
        for button, (_, act) in zip(self.buttons, offers, strict=True):
            button.clicked.connect(act)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self._icon, self._title, self._folder, self._why):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(3)
        self._recolour()

    def tell(self, folder: Path, why: str) -> None:
        self._folder.setText(str(folder))
        self._why.setText(why)
        for label in (self._folder, self._why):
            label.setMinimumHeight(label.heightForWidth(WIDTH_PX))  # a centred label gets one line otherwise
        self.buttons[1].setFocus()

    def why(self) -> str:
        return self._why.text()

    def text(self) -> str:
        return f"{self._title.text()}\n{self._folder.text()}\n{self._why.text()}"

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        colour = colours(self.palette()).warning.name()
        self._icon.setPixmap(icons.pixmap("triangle-alert", colour, ICON_PX, self.devicePixelRatioF()))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colours(self.palette()).canvas)


def _centred(label: PlainLabel) -> PlainLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
