"""A name is asked for, in a small window beside which everything goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from keeproom.ui.fonts import title_font
from keeproom.ui.texts import tr
from keeproom.ui.widgets import CONTROL_PX, Line, PlainLabel, TextButton

WIDTH_PX = 420


def ask_name(
    parent: QWidget, title: str, text: str, verb: str, on_named: Callable[[str], None], start: str = ""
) -> NameDialog:
    """Ask for a name; `on_named` hears it when a person has given one. `start` stands in the field at first."""
    dialog = NameDialog(parent, title, text, verb, start)
    dialog.named.connect(on_named)
    dialog.show()
    return dialog


class NameDialog(QDialog):
    """A headline, a sentence, a field; `named` carries what was typed."""

    named = Signal(str)

    def __init__(self, parent: QWidget, title: str, text: str, verb: str, start: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH_PX)
        headline = PlainLabel(title, self)
        headline.setFont(title_font(self.font()))
        self.field = Line(start, self)
        self.field.setMinimumHeight(CONTROL_PX)
        self.field.setAccessibleName(title)
        self.field.setAccessibleDescription(text)
        self.accept_button = TextButton(verb, self, primary=True)
        self.accept_button.clicked.connect(self.accept)
        cancel = TextButton(tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        for widget in (headline, PlainLabel(text, self, "secondary", wrap=True), self.field):
            column.addWidget(widget)
        column.addLayout(row)
        self.field.textChanged.connect(self._follow)
        self.field.setFocus()
        self._follow()

    def accept(self) -> None:
        """Take the name, if there is one."""
        name = self.field.text().strip()
        if self.accept_button.isEnabled():
            self.named.emit(name)
            super().accept()

    def _follow(self) -> None:
        name = self.field.text().strip()
        self.accept_button.setEnabled(bool(name) and not name.endswith("/"))
