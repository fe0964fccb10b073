"""The line above the grid: where one is, how much there is, its order and its size; or what is selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QSlider, QStackedWidget, QToolButton, QWidget

from keeproom.model import Grouping
from keeproom.settings import SETTINGS
from keeproom.ui.actions.action_set import ActionSet
from keeproom.ui.actions.rows import Menu
from keeproom.ui.browse.selectionbar import SelectionBar
from keeproom.ui.browse.sorting import GROUPINGS, SORTS, is_descending, key_of
from keeproom.ui.controls import ElidedLabel
from keeproom.ui.fonts import title_font
from keeproom.ui.texts import plural, printable, tooltip, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import BUTTON_PX, Bar, IconButton, PlainLabel

HEIGHT_PX = 44
SLIDER_PX = 120
SPACING_PX = 12
LONGEST_SEARCH = 1_000


class Header(Bar):
    """A selection turns all of it into the action bar, so that nothing shifts."""

    size_chosen = Signal(int)

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.BottomEdge, parent)
        self._title = _Title("", self)
        self._title.setFont(title_font(self.font()))
        self._count = PlainLabel("", self, "secondary")
        self._search = _Search("", self)
        self._sort = _menu_button(actions.menu(Menu.SORT, self), self)
        self._group = _menu_button(actions.menu(Menu.GROUPING, self), self)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._set_up_slider()
        self._place = self._place_row(actions)
        self.selection = SelectionBar(actions, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._place)
        self._pages.addWidget(self.selection)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.addWidget(self._pages, 1)

    def _place_row(self, actions: ActionSet) -> QWidget:
        where = _row(self._title, self._count, self._search)
        where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        modes = (IconButton.of_action(actions[name], self) for name in ("view.mode.grid", "view.mode.list"))
        host = QWidget()
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING_PX)
        row.addWidget(where, 1)
        row.addWidget(_close_row(4, self._sort, self._group))
        row.addWidget(_close_row(6, _Square(7, self), self._slider, _Square(13, self)))
        row.addWidget(_close_row(2, *modes))
        return host

    def _set_up_slider(self) -> None:
        smallest, largest = SETTINGS["grid.cell"].bounds or (96, 512)
        self._slider.setRange(smallest, largest)
        self._slider.setSingleStep(16)
        self._slider.setPageStep(32)
        self._slider.setFixedWidth(SLIDER_PX)
        self._slider.setAccessibleName(tr("Size of the pictures"))
        self._slider.setToolTip(tr("Size of the pictures (Ctrl and the wheel)"))
        self._slider.valueChanged.connect(self.size_chosen)

    def show_place(self, title: str, items: int | None, covered: int = 0) -> None:
        """`title` as it stands on the screen. `covered` of the items have no cell of their own: they are in groups."""
        self._title.setText(printable(title))
        self._title.setToolTip(tooltip(printable(title)))
        words = "" if items is None else plural(items, "%n item", "%n items")
        self._count.setText(
            f"{words} · {plural(covered, '%n inside a group', '%n inside groups')}" if covered else words
        )

    def show_search(self, query: str) -> None:
        """What a smart collection always looks for; empty for other places."""
        self._search.tell(query)

    def show_selected(self, selected: int) -> None:
        """Show what can be done with what is selected, if something is."""
        self.selection.show_selected(selected)
        self._pages.setCurrentIndex(1 if selected else 0)

    def show_sort(self, sort: str) -> None:
        arrow = "↓" if is_descending(sort) else "↑"
        self._sort.setText(tr("Sort: {key}").format(key=tr(SORTS[key_of(sort)])) + f" {arrow}")
        direction = tr("descending") if is_descending(sort) else tr("ascending")
        self._sort.setAccessibleName(f"{tr('Sort: {key}').format(key=tr(SORTS[key_of(sort)]))}, {direction}")

    def show_grouping(self, grouping: Grouping) -> None:
        self._group.setText(tr(GROUPINGS[grouping]))
        self._group.setAccessibleName(tr("Headings: {grouping}").format(grouping=tr(GROUPINGS[grouping])))

    def show_mode(self, *, listed: bool) -> None:
        """In a list pictures have one size."""
        self._slider.setEnabled(not listed)

    def show_cell_size(self, cell_px: int) -> None:
        self._slider.blockSignals(True)
        self._slider.setValue(cell_px)
        self._slider.blockSignals(False)

    def text(self) -> str:
        """What the left part says."""
        if self._pages.currentIndex():
            return self.selection.text()
        return " ".join(filter(None, (self._title.text(), self._count.text(), self._search.text())))


class _Title(ElidedLabel):
    """As wide as its text, and narrower where there is no room for that."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1, super().sizeHint().height())


class _Search(ElidedLabel):
    """The search of a smart collection, as far as there is room; all of it in the tool tip."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent, "secondary")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1, super().sizeHint().height())

    def tell(self, query: str) -> None:
        words = f"· {printable(query)[:LONGEST_SEARCH]}" if query else ""
        self.setText(words)
        self.setToolTip(tooltip(printable(query)) if query else "")
        self.setAccessibleName(tr("Shows what this search finds: {query}").format(query=printable(query)))
        self.setVisible(bool(query))


class _Square(QWidget):
    """A small or a large square at an end of the slider."""

    def __init__(self, side: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colours(self.palette()).secondary)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _menu_button(menu: QMenu, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setAutoRaise(True)
    button.setMinimumHeight(BUTTON_PX)
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _close_row(spacing: int, *widgets: QWidget) -> QWidget:
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return host


def _row(*widgets: QWidget) -> QWidget:
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return host
