"""The head of the tag manager: how many tags there are, what is shown of them, and a way to make one."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from keeproom.ui.fonts import tabular, title_font
from keeproom.ui.search.filterchip import FilterChip
from keeproom.ui.texts import number, plural, tr
from keeproom.ui.widgets import CONTROL_PX, PlainLabel, TextButton

FILTER_PAUSE_MS = 80
FILTER_PX = 260
FILTER_LEAST_PX = 90
ROOM_FOR_COUNT_PX = 520


class _Filter(QLineEdit):
    """`down` says that a person wants to go to the tags."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Head(QWidget):
    """`filtered` says that other tags are to be shown."""

    filtered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = PlainLabel(tr("Tags"), self)
        self._title.setFont(title_font(self.font()))
        self._count = PlainLabel("", self, "secondary")
        self._count.setFont(tabular(self.font()))
        self.filter = _Filter(self)
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.setAccessibleName(tr("Filter the tags"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedHeight(CONTROL_PX)
        self.filter.setTextMargins(5, 0, 5, 0)
        self.filter.setMinimumWidth(FILTER_LEAST_PX)
        self.filter.setMaximumWidth(FILTER_PX)
        self.unused = FilterChip("Unused", self, "Tags that nothing has")
        self.remove_unused = TextButton("", self)
        self.make = TextButton(tr("New tag…"), self)
        self._pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._pause.timeout.connect(self.filtered)
        self.filter.textChanged.connect(lambda _text: self._pause.start())
        self.unused.toggled.connect(lambda _on: self._on_unused())
        line = QHBoxLayout()
        line.setSpacing(8)
        for label in (self._title, self._count):
            line.addWidget(label)
        line.addStretch(1)
        for widget in (self.remove_unused, self.unused, self.filter, self.make):
            line.addWidget(widget, 1 if widget is self.filter else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.addLayout(line)

    def show_counts(self, tags: int, shown: int, unused: int) -> None:
        words = plural(tags, "%n tag", "%n tags")
        self._count.setText(words if shown == tags else tr("{shown} of {tags}").format(shown=number(shown), tags=words))
        self.unused.setVisible(unused > 0 or self.unused.isChecked())
        self.unused.show_count(unused)
        self.remove_unused.setVisible(self.unused.isChecked() and unused > 0)
        self.remove_unused.setText(plural(unused, "Delete the unused tag…", "Delete %n unused tags…"))
        if not unused and self.unused.isChecked():
            self.unused.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._count.setVisible(self.width() >= ROOM_FOR_COUNT_PX)

    def is_filtering(self) -> bool:
        """Whether what is typed is not shown yet."""
        return self._pause.isActive()

    def _on_unused(self) -> None:
        self._pause.stop()
        self.filtered.emit()
