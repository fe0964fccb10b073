"""Properties: a window of its own with everything to copy, of one item or of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from keeproom.ui.fonts import title_font
from keeproom.ui.inspector.itemwords import readable
from keeproom.ui.inspector.propertywords import item_properties, sum_properties
from keeproom.ui.inspector.tags import Group
from keeproom.ui.inspector.tagtable import TagTable
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.texts import plural, tr
from keeproom.ui.widgets import TextButton

if TYPE_CHECKING:
    from keeproom.library.inspecting import Inspection
    from keeproom.library.summing import SelectionSummary

WIDTH_PX, HEIGHT_PX = 720, 580
NAME_SHARE = 0.25
"""A checksum fits beside its name."""


class PropertiesDialog(QDialog):
    """Stands beside the window and shows what was known when it was opened."""

    def __init__(self, known: Inspection | SelectionSummary, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.resize(WIDTH_PX, HEIGHT_PX)
        title, groups = _words(known)
        self.setWindowTitle(f"{tr('Properties')} – {title}")
        headline = WrappedLabel(title, self, lines=2)
        headline.setFont(title_font(self.font()))
        self.table = TagTable(tr("Properties"), tr("Nothing is known of this."), self, NAME_SHARE)
        self.table.show_groups(groups)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(headline)
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons())
        self.table.tree.setFocus()

    def text(self) -> str:
        """All of it, a line each."""
        return self.table.text()

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        copy = TextButton(tr("Copy all"), self)
        copy.setToolTip(tr("Copy all lines that are shown"))
        copy.clicked.connect(self.copy)
        close = TextButton(tr("Close"), self, primary=True)
        close.setToolTip(tr("Close (Esc)"))
        close.clicked.connect(self.close)
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        return row


def _words(known: Inspection | SelectionSummary) -> tuple[str, list[Group]]:
    from keeproom.library.inspecting import Inspection

    if isinstance(known, Inspection):
        return readable(known.details.asset.name), item_properties(known)
    return plural(known.count, "%n item", "%n items"), sum_properties(known)
