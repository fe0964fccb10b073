"""The line above the grid: where one is, how much there is, its order and its size; or what is selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QSlider, QStackedWidget, QToolButton, QWidget

from keeproom.model import Grouping
from keeproom.settings import SETTINGS
from keeproom.ui.actions.action_set import ActionSet
from keeproom.ui.actions.rows import Menu
from keeproom.ui.browse.sorting import GROUPINGS, SORTS, is_descending, key_of
from keeproom.ui.controls import ElidedLabel
from keeproom.ui.fonts import tabular, title_font
from keeproom.ui.texts import plural, printable, tooltip, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import BUTTON_PX, Bar, IconButton, PlainLabel, Rule

HEIGHT_PX = 44
SLIDER_PX = 120
SPACING_PX = 12
_WORDS, _ICONS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly


class Header(Bar):
    """A selection turns its left part into the action bar, so that nothing shifts."""

    size_chosen = Signal(int)

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.BottomEdge, parent)
        self._title = _Title("", self)
        self._title.setFont(title_font(self.font()))
        self._count = PlainLabel("", self, "secondary")
        self._selected = PlainLabel("", self)
        self._bar: list[IconButton] = []
        self._sort = _menu_button(actions.menu(Menu.SORT, self), self)
        self._group = _menu_button(actions.menu(Menu.GROUPING, self), self)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._left = QStackedWidget(self)
        self._left.addWidget(_row(self._title, self._count))
        self._acts = self._action_bar(actions)
        self._left.addWidget(self._acts)
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._set_up_slider()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(SPACING_PX)
        row.addWidget(self._left, 1)
        self._orders = _close_row(4, self._sort, self._group)
        row.addWidget(self._orders)
        row.addWidget(_close_row(6, _Square(7, self), self._slider, _Square(13, self)))
        modes = (IconButton.of_action(actions[name], self) for name in ("view.mode.grid", "view.mode.list"))
        row.addWidget(_close_row(2, *modes))

    def _action_bar(self, actions: ActionSet) -> QWidget:
        clear = IconButton.of_action(actions["select.none"], self)
        self._selected.setFont(tabular(self.font()))
        for _, action in actions.rows(Menu.SELECTION_BAR):
            button = IconButton.of_action(action, self)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._bar.append(button)
        return _row(self._selected, Rule(self), *self._bar, clear)

    def _set_up_slider(self) -> None:
        smallest, largest = SETTINGS["grid.cell"].bounds or (96, 512)
        self._slider.setRange(smallest, largest)
        self._slider.setSingleStep(16)
        self._slider.setPageStep(32)
        self._slider.setFixedWidth(SLIDER_PX)
        self._slider.setAccessibleName(tr("Size of the pictures"))
        self._slider.setToolTip(tr("Size of the pictures (Ctrl and the wheel)"))
        self._slider.valueChanged.connect(self.size_chosen)

    def show_place(self, title: str, items: int | None) -> None:
        """`title` as it stands on the screen."""
        self._title.setText(printable(title))
        self._title.setToolTip(tooltip(printable(title)))
        self._count.setText("" if items is None else plural(items, "%n item", "%n items"))

    def show_selected(self, selected: int) -> None:
        self._selected.setText("✓ " + plural(selected, "%n selected", "%n selected"))
        for button in self._bar:
            button.setVisible(button.defaultAction().isEnabled())
        self._left.setCurrentIndex(1 if selected else 0)
        self._fit()

    def _fit(self) -> None:
        """The buttons of the action bar have words where all of them have room for theirs. Where there is not even room
        for their icons, the orders go while something is selected."""
        orders_px = self._orders.sizeHint().width() + SPACING_PX
        beside_px = self._left.width() - (orders_px if self._orders.isHidden() else 0)
        is_crowded = self._left.currentIndex() == 1 and self._needed(_ICONS) > beside_px
        self._orders.setVisible(not is_crowded)
        room_px = beside_px + (orders_px if is_crowded else 0)
        if self._needed(_WORDS) > room_px:
            self._needed(_ICONS)

    def _needed(self, style: Qt.ToolButtonStyle) -> int:
        """Show the buttons of the action bar so; how wide it has to be then."""
        for button in self._bar:
            button.setToolButtonStyle(style)
        return self._acts.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

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
        return self._selected.text() if self._left.currentIndex() else f"{self._title.text()} {self._count.text()}"


class _Title(ElidedLabel):
    """As wide as its text, and narrower where there is no room for that."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1, super().sizeHint().height())


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
