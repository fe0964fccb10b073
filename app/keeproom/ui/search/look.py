"""How the search field looks: its row between a picture and two buttons, and the frame that tells how it stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from keeproom.ui.controls import PictureLabel
from keeproom.ui.search.filtersheet import FilterSheet
from keeproom.ui.search.popup import Popup
from keeproom.ui.search.row import Row
from keeproom.ui.search.savesheet import SaveSheet
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.theme.style import RADIUS
from keeproom.ui.widgets import CONTROL_PX, IconButton

LEAST_PX = 160


class Look(QFrame):
    """The parts of the field, those that open below it among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(CONTROL_PX)
        self.setMinimumWidth(LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row = Row(self.act_on, self)
        self.edit = self.row.edit
        self.edit.setAccessibleName(tr("Search"))
        self.cross = self._button("x", tr("Clear the search"))
        self.filter = self._button("list-filter", tr("Filter by rating, flag, label and kind"))
        self.filter.setCheckable(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(9, 3, 4, 3)
        line.setSpacing(4)
        line.addWidget(PictureLabel("search", 16, "secondary", self))
        line.addWidget(self.row, 1)
        line.addWidget(self.cross)
        line.addWidget(self.filter)
        self.setFocusProxy(self.edit)
        self.popup = Popup(self)
        self.sheet = FilterSheet(self)
        self.saving = SaveSheet(self)

    def _button(self, icon: str, name: str) -> IconButton:
        button = IconButton(icon, self, small=True)
        button.setFixedSize(QSize(24, 24))
        button.name_it(name)
        return button

    def act_on(self, event: QKeyEvent) -> bool:
        """Do what a key means; whether it means something."""
        raise NotImplementedError

    @property
    def is_angry(self) -> bool:
        """Whether something wrong is told."""
        raise NotImplementedError

    def owns(self, widget: QWidget | None) -> bool:
        """Whether the keyboard is here while it is in this widget."""
        parts = (self, self.popup, self.sheet, self.saving)
        return widget is not None and any(part is widget or part.isAncestorOf(widget) for part in parts)

    def focus_edit(self) -> None:
        """Give the keyboard to what is typed."""
        self.close_sheets()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheets(self) -> None:
        self.sheet.hide()
        self.saving.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        focused = self.owns(QApplication.focusWidget())
        colour = those.error if self.is_angry else those.accent if focused else those.outline
        pen = QPen(colour, 2 if focused else 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(those.base)
        margin = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin), RADIUS, RADIUS)
