"""The sheet as a window of its own: what is pressed while it is open does nothing to the library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from keeproom.ui import icons
from keeproom.ui.fonts import title_font
from keeproom.ui.sheet.contents import Section, search
from keeproom.ui.sheet.keycaps import SectionView
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import CONTROL_PX, SMALL_ICON_PX, PlainLabel

SIZE = QSize(1_040, 860)
MARGIN_PX = 24
COLUMN_PX = 290
"""A column is at least so wide, and wide enough for its longest line."""
COLUMN_GAP_PX = 36
SEARCH_PX = 240


class ShortcutSheet(QDialog):
    """All shortcuts, with a field that finds one. Escape closes it, and so does what opened it."""

    def __init__(self, those: Sequence[Section], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(tr("Keyboard and mouse"))
        self._those = those
        room = parent.window().size() - QSize(48, 48)
        self.resize(SIZE.boundedTo(room))
        self.columns = Columns(self)
        self.field = self._made_field()
        self._lay_out()
        self.search("")
        self.field.setFocus()

    def _made_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(tr("Find"))
        field.setAccessibleName(tr("Find a shortcut"))
        field.setClearButtonEnabled(True)
        field.setFixedSize(SEARCH_PX, CONTROL_PX)
        field.textChanged.connect(self.search)
        self._glass = QAction(self)
        field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        return field

    def _lay_out(self) -> None:
        title = PlainLabel(tr("Keyboard and mouse"), self)
        title.setFont(title_font(self.font()))
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN_PX, 18, MARGIN_PX, 14)
        head.addWidget(title, 1)
        head.addWidget(self.field)
        self._area = QScrollArea(self)
        self._area.setAccessibleName(tr("Keyboard and mouse"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setWidget(self.columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        self._recolour()

    def search(self, text: str) -> None:
        """Show only what the text is found in."""
        self.columns.show_sections(search(self._those, text), text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """`?` and F1 close what they opened, once the field is left; the arrows scroll."""
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Question):
            self.close()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar = self._area.verticalScrollBar()
            step = bar.pageStep() if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) else 40
            bar.setValue(bar.value() + (step if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) else -step))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        those = colours(self.palette())
        self._glass.setIcon(icons.icon("search", those.secondary, those.disabled, side=SMALL_ICON_PX))


class Columns(QWidget):
    """Sections in as many columns as there is room for, read downwards, all about as long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: list[SectionView] = []
        self._nothing = PlainLabel("", self, "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing.hide()

    def show_sections(self, those: Sequence[Section], searched: str) -> None:
        for view in self._views:
            view.hide()
            view.deleteLater()
        self._views = [SectionView(section, self) for section in those]
        for view in self._views:
            view.show()
        self._nothing.setText(tr("Nothing found for “{text}”.").format(text=searched.strip()))
        self._nothing.setVisible(not self._views)
        self._arrange()

    def views(self) -> list[SectionView]:
        return self._views

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        width = self.width() - 2 * MARGIN_PX
        widest = max([COLUMN_PX, *(view.sizeHint().width() for view in self._views)])
        count = max(1, (width + COLUMN_GAP_PX) // (widest + COLUMN_GAP_PX))
        each = (width - COLUMN_GAP_PX * (count - 1)) // count
        heights = [view.sizeHint().height() for view in self._views]
        bottom = 0
        for view, (column, top) in zip(self._views, places(heights, count), strict=True):
            height = view.sizeHint().height()
            view.setGeometry(MARGIN_PX + column * (each + COLUMN_GAP_PX), top, each, height)
            bottom = max(bottom, top + height)
        self._nothing.setGeometry(MARGIN_PX, 40, width, 30)
        self.setMinimumHeight(max(bottom, 80))


def places(heights: Sequence[int], columns: int) -> list[tuple[int, int]]:
    """The column and the top of each part, so that the longest column is as short as can be."""
    limit = next((height for height in sorted(_spans(heights)) if _needed(heights, height) <= columns), sum(heights))
    result, column, top = [], 0, 0
    for height in heights:
        if top and top + height > limit:
            column, top = column + 1, 0
        result.append((column, top))
        top += height
    return result


def _spans(heights: Sequence[int]) -> set[int]:
    """How long a column of neighbours can be."""
    return {sum(heights[first:last]) for first in range(len(heights)) for last in range(first + 1, len(heights) + 1)}


def _needed(heights: Sequence[int], limit: int) -> int:
    """How many columns of at most this length it takes; very many where one part is longer."""
    if any(height > limit for height in heights):
        return len(heights) + 1
    columns, top = 1, 0
    for height in heights:
        if top and top + height > limit:
            columns, top = columns + 1, 0
        top += height
    return columns
