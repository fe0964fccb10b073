"""The room on the library's disk, and the program's own log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from keeproom.ui.activity.figures import disk_words
from keeproom.ui.controls import ElidedLabel, PictureLabel
from keeproom.ui.fonts import tabular
from keeproom.ui.imports.words import at_home
from keeproom.ui.texts import tooltip, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import Bar, PlainLabel, Rule, TextButton

HEIGHT_PX = 48
ICON_PX = 18
GAUGE_PX = 120
NARROW_PX = 640
SCARCE = 0.05
"""With less than this part of the disk free, the gauge is in the colour of a warning."""


class Footer(Bar):
    """`open_log` and `write_report` are what its buttons do."""

    def __init__(
        self, open_log: Callable[[], None], write_report: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.TopEdge, parent)
        self._icon = PictureLabel("hard-drive", ICON_PX, "secondary", self)
        self._gauge = _Gauge(self)
        self._space = PlainLabel("", self)
        self._space.setFont(tabular(self.font()))
        self._log = ElidedLabel("", self, "secondary")
        self.open_log = TextButton(tr("Open the log folder"), self)
        self.open_log.setToolTip(tr("Reports of what Keeproom did, for someone who looks for a fault"))
        self.open_log.clicked.connect(open_log)
        self.write_report = TextButton(tr("Write a report"), self)
        self.write_report.setToolTip(tr("Write down what Keeproom did lately, for someone who looks for a fault"))
        self.write_report.clicked.connect(write_report)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(10)
        self._rule = Rule(self)
        for widget in (self._icon, self._gauge, self._space, self._rule):
            row.addWidget(widget)
        row.addWidget(self._log, 1)
        row.addWidget(self.open_log)
        row.addWidget(self.write_report)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for widget in (self._gauge, self._rule):
            widget.setVisible(self.width() >= NARROW_PX)

    def show_disk(self, free: int, total: int) -> None:
        words = disk_words(free, total)
        self._space.setText(words)
        self._gauge.tell(1 - free / total if total else 0.0, tr("The library's disk: {space}").format(space=words))

    def show_log(self, folder: Path) -> None:
        self._log.setText(tr("Log: {folder}").format(folder=at_home(folder)))
        self._log.setToolTip(tooltip(str(folder)))

    def text(self) -> str:
        return f"{self._space.text()}\n{self._log.text()}"


class _Gauge(QWidget):
    """How full the disk is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(GAUGE_PX, 8)
        self._used = 0.0

    def tell(self, used: float, words: str) -> None:
        self._used = used
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        painter.setBrush(those.separator)
        painter.drawRoundedRect(track, 4, 4)
        painter.setBrush(those.warning if self._used > 1 - SCARCE else those.outline)
        track.setWidth(max(8.0, track.width() * self._used))
        painter.drawRoundedRect(track, 4, 4)
