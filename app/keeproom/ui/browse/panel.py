"""The library panel as a whole: header, grid, and what stands there while the grid is empty."""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from keeproom.model import Cell
from keeproom.ui.acts import house, importing, looking
from keeproom.ui.browse.header import Header
from keeproom.ui.browse.invitation import Invitation
from keeproom.ui.browse.places import LAST_IMPORT, Place
from keeproom.ui.browse.shelf import Shelf
from keeproom.ui.grid.cells import CellSource
from keeproom.ui.grid.view import GridView
from keeproom.ui.panel import PanelWidget
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import PlainLabel
from keeproom.ui.window.room import RoomCells

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

WHEEL_STEP_PX = 16


def create(window: MainWindow) -> LibraryPanel:
    return LibraryPanel(window)


class LibraryPanel(PanelWidget):
    """Shows what the shelf has, and lets a person do something with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.shelf = Shelf(window.settings.text("grid.sort"), self)
        self.grid = GridView(self, window.settings.number("grid.cell"))
        self.grid.setAccessibleName(tr("Pictures"))
        self.invitation = Invitation(
            lambda: importing.import_files(window),
            lambda: importing.import_folder(window),
            lambda: house.open_library(window),
            self,
        )
        self.message = _Message(self)
        self.header = Header(window.action_set, self)
        self.header.show_cell_size(window.settings.number("grid.cell"))
        self._stack = QStackedWidget(self)
        for page in (self.grid, self.invitation, self.message):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        self._first_import = False
        self._asked_space = False
        self._asks_space = False
        self._answered = False
        self._connect(window)
        self._on_place(self.shelf.place)

    def _connect(self, window: MainWindow) -> None:
        self.shelf.ids_changed.connect(self._on_ids)
        self.shelf.counts_changed.connect(self._on_counts)
        self.shelf.unanswered.connect(self._on_unanswered)
        self.shelf.place_changed.connect(self._on_place)
        self.shelf.assets_changed.connect(self.grid.refresh)
        self.grid.selection_changed.connect(self._on_selection)
        self.grid.context_requested.connect(self._on_context)
        self.grid.zoom_requested.connect(self._on_zoom)
        self.header.size_chosen.connect(lambda cell_px: looking.set_cell_size(window, cell_px))
        window.activity.changed.connect(self._on_activity)

    # What is shown

    def attach(self, room: Room | None) -> None:
        self.grid.set_source(None if room is None else RoomCells(room))
        self.shelf.attach(room)

    def show_folder(self, folder: Path, source: CellSource) -> None:
        """A library that is being opened: nothing is known of it but where it is."""
        self._answered = self._first_import = self._asked_space = False
        self.grid.set_source(source)
        self.grid.cells.forget()
        self.grid.set_ids(array("q"), keep_place=False)
        self.invitation.tell(folder, None)
        self._show_page()

    def show_first_page(self, cells: Sequence[Cell], total: int) -> None:
        """Cells that were read before the library is open."""
        self.grid.cells.put(cells)
        self.grid.set_ids(array("q", [cell.id for cell in cells]), keep_place=False)
        self.header.show_place(self.shelf.place.text, total)

    def is_answered(self) -> bool:
        """Whether the library has answered what is in it."""
        return self._answered

    def is_complete(self) -> bool:
        """Whether the library has answered, and all that is in sight has its final look."""
        if not self._answered or self._asks_space:
            return False
        return self._stack.currentWidget() is not self.grid or self.grid.is_complete()

    def _on_ids(self, ids: array[int], keep_place: bool) -> None:
        self._answered = True
        self.grid.set_ids(ids, keep_place=keep_place)
        self.header.show_place(self.shelf.place.text, len(ids))
        self._show_page()
        self._window.follow_situation()

    def _on_unanswered(self) -> None:
        self._answered = True

    def _on_counts(self, counts: SidebarCounts) -> None:
        if counts.all and self._first_import:
            self._first_import = False
            self.shelf.go(LAST_IMPORT)

    def _on_place(self, place: Place) -> None:
        self.header.show_place(place.text, None)
        self.header.show_sort(self.shelf.sort)

    def _on_activity(self) -> None:
        counts = self.shelf.counts
        if self._window.activity.importing and counts is not None and not counts.all:
            self._first_import = True
        self._show_page()

    def _show_page(self) -> None:
        page, text = self._wanted_page()
        self.message.tell(text)
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
        self.header.setVisible(page is not self.invitation)
        if page is self.invitation and not self._asked_space:
            self._asked_space = True
            self._ask_space(self._window.folder)

    def _wanted_page(self) -> tuple[QWidget, str]:
        counts = self.shelf.counts
        if not self._answered or counts is None or self.grid.count():
            return self.grid, ""
        if counts.all:
            return self.message, tr(self.shelf.place.empty)
        if self._window.activity.importing:
            return self.message, tr("Looking for photos, videos and sounds…")
        return self.invitation, ""

    def _ask_space(self, folder: Path | None) -> None:
        if folder is not None:
            self._asks_space = True
            self._window.background.run(
                lambda: shutil.disk_usage(folder).free,
                lambda free: self._on_space(folder, free),
                lambda _error: self._on_space(folder, None),
            )

    def _on_space(self, folder: Path, free_bytes: int | None) -> None:
        self._asks_space = False
        self.invitation.tell(folder, free_bytes)

    # What the actions act on

    def chosen_count(self) -> int:
        return self.grid.selected_count()

    def chosen_ids(self) -> list[int]:
        return [asset for asset in self.grid.selected_ids() if asset > 0]

    def chosen_cells(self) -> list[Cell]:
        return self.grid.selected_cells()

    def focus_first(self) -> None:
        self.grid.setFocus()

    # What a person does

    def _on_selection(self) -> None:
        self.chosen_changed.emit()
        self.header.show_selected(self.grid.selected_count())

    def _on_context(self, place: QPoint, on_item: bool) -> None:
        self._window.show_context_menu(place, on_item=on_item)

    def _on_zoom(self, delta: int) -> None:
        step = WHEEL_STEP_PX if delta > 0 else -WHEEL_STEP_PX
        looking.set_cell_size(self._window, self.grid.geometry_now().cell + step)


class _Message(QWidget):
    """One sentence in the middle of the canvas."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = PlainLabel("", self, "secondary", wrap=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self._label)

    def tell(self, text: str) -> None:
        self._label.setText(text)

    def text(self) -> str:
        return self._label.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colours(self.palette()).canvas)
