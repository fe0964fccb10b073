"""What an empty library says: how to begin, and that nothing can go wrong by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from keeproom.ui import icons
from keeproom.ui.fonts import title_font
from keeproom.ui.texts import size, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import LinkButton, PlainLabel, TextButton

ICON_PX = 96
FRAME_MARGIN_PX = 24


class Invitation(QWidget):
    """`choose_files`, `choose_folder` and `change` are what its buttons do."""

    def __init__(
        self,
        choose_files: Callable[[], None],
        choose_folder: Callable[[], None],
        change: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self._title = PlainLabel(tr("Drop photos, videos or folders here"), self)
        self._title.setFont(title_font(self.font()))
        self._promise = PlainLabel(tr("Keeproom copies them. Your originals stay put."), self, "secondary")
        self._where = PlainLabel("", self, "secondary")
        files = TextButton(tr("Choose files…"), self, primary=True)
        folder = TextButton(tr("Choose a folder…"), self)
        change_link = LinkButton(tr("Change"), self)
        change_link.setAccessibleName(tr("Change the library"))
        for button, act in ((files, choose_files), (folder, choose_folder), (change_link, change)):
            button.clicked.connect(act)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for widget in (self._icon, self._title, self._promise):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        column.addLayout(_centred(12, files, folder))
        column.addSpacing(18)
        column.addLayout(_centred(2, self._where, change_link))
        column.addStretch(3)
        self._recolour()

    def tell(self, folder: Path, free_bytes: int | None) -> None:
        """Which library this is, and how much room it has, once that is known."""
        words = tr("Library: {folder}").format(folder=short(folder))
        free = "" if free_bytes is None else " · " + tr("{size} free").format(size=size(free_bytes))
        self._where.setText(words + free)

    def text(self) -> str:
        return "\n".join(label.text() for label in (self._title, self._promise, self._where))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        colour = colours(self.palette()).outline.name()
        self._icon.setPixmap(icons.pixmap("image-plus", colour, ICON_PX, self.devicePixelRatioF()))

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), those.canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(those.outline, 1.5, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([5, 5])
        painter.setPen(pen)
        margin = FRAME_MARGIN_PX
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin), 12, 12)


def short(folder: Path) -> str:
    """A folder as people name it: without their home in front."""
    home = Path.home()
    return str(folder.relative_to(home)) if folder != home and folder.is_relative_to(home) else str(folder)


def _centred(spacing: int, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
