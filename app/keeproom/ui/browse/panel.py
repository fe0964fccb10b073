"""The library panel as a whole: header, grid, what stands there while the grid is empty, and the way back to where
one was, in each place and each search."""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from keeproom.model import Cell, Grouping, ImportProgress, SortKey
from keeproom.ui.acts import collecting, house, importing, looking
from keeproom.ui.browse.header import Header
from keeproom.ui.browse.helping import Help, HelpSought, group_name, seek_help
from keeproom.ui.browse.invitation import Invitation
from keeproom.ui.browse.marks import Marks
from keeproom.ui.browse.nothing import Nothing, searched_words
from keeproom.ui.browse.places import ALL, LAST_IMPORT, POSITION, Place
from keeproom.ui.browse.shelf import Shelf
from keeproom.ui.browse.sorting import is_descending, key_of, order, order_shown
from keeproom.ui.browse.spelling import SpellingLine
from keeproom.ui.browse.wayback import WayBack, read_way_back, write_way_back
from keeproom.ui.dragging import begin_drag
from keeproom.ui.grid.cells import CellSource
from keeproom.ui.grid.ids import as_numpy, is_same
from keeproom.ui.grid.view import GridView
from keeproom.ui.panel import PanelWidget
from keeproom.ui.texts import tr
from keeproom.ui.window.room import RoomCells

if TYPE_CHECKING:
    from keeproom.library.arranging import Arrangement
    from keeproom.library.first_page import FirstPage
    from keeproom.library.search import Correction
    from keeproom.library.views import SidebarCounts
    from keeproom.ui.grid.ids import Ids
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

WHEEL_STEP_PX = 16
WIDE_PX = 1_920
WIDE_CELL_PX = 224
KEEP_MS = 400
WEIGH_MS = 150
"""So long after something was selected it is asked how much room it takes."""


def create(window: MainWindow) -> LibraryPanel:
    return LibraryPanel(window)


class LibraryPanel(PanelWidget):
    """Shows what the shelf has, and lets a person do something with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        settings = window.settings
        self.shelf = Shelf(settings.text("grid.sort"), self, Grouping(settings.text("grid.group")))
        self.shelf.set_stacked(settings.flag("grid.stacked"))
        self.grid = GridView(self, settings.number("grid.cell"))
        self.grid.setAccessibleName(tr("Pictures"))
        self.grid.set_names(settings.flag("grid.names"))
        self.grid.columns.set_text(settings.text("grid.columns"))
        self.grid.set_group_names(lambda key: group_name(key, self.shelf.headings))
        window.action_set.lend(self.grid)
        self.invitation = Invitation(
            lambda: importing.import_files(window),
            lambda: importing.import_folder(window),
            lambda: house.open_library(window),
            self,
        )
        self.message = Nothing(self)
        self.header = Header(window.action_set, self)
        self.header.show_cell_size(self.grid.cell_size())
        self.spelling = SpellingLine(self)
        self._stack = QStackedWidget(self)
        for page in (self.grid, self.invitation, self.message):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.spelling)
        column.addWidget(self._stack, 1)
        self._first_import = False
        self._asked_space = False
        self._asks_space = False
        self._answered = False
        self._seems_empty = False
        self._room: Room | None = None
        self._way_back: WayBack | None = None
        self._marks = Marks()
        self._shown = (self.shelf.place.name, "")
        self._help: Help | None = None
        self._corrections: Sequence[Correction] = ()
        self._keep_size = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep_size.timeout.connect(self._keep_cell_size)
        self._weighing: Ids | None = None
        self._weigh_soon = QTimer(self, singleShot=True, interval=WEIGH_MS)
        self._weigh_soon.timeout.connect(self._weigh)
        self._connect(window)
        self.show_mode(listed=settings.text("grid.mode") == "list")
        self._on_place(self.shelf.place)

    def _connect(self, window: MainWindow) -> None:
        self.shelf.arranged.connect(self._on_arranged)
        self.shelf.counts_changed.connect(self._on_counts)
        self.shelf.unanswered.connect(self._on_unanswered)
        self.shelf.place_changed.connect(self._on_place)
        self.shelf.leaving.connect(self._mark)
        self.shelf.query_changed.connect(lambda _query: self.show_order())
        self.shelf.query_refused.connect(lambda _error: self._show_page())
        self.spelling.exactly_wanted.connect(lambda: self.shelf.set_exactly(exactly=True))
        self.shelf.assets_changed.connect(self.grid.refresh)
        self.grid.selection_changed.connect(self._on_selection)
        self.grid.context_requested.connect(self._on_context)
        self.grid.zoom_requested.connect(self._on_zoom)
        self.grid.activated.connect(lambda index: window.view_items(self.grid.ids(), index))
        self.grid.preview_requested.connect(lambda index: window.view_items(self.grid.ids(), index, quick=True))
        self.grid.drag_requested.connect(lambda: begin_drag(window))
        self.grid.reordered.connect(lambda ids, before: collecting.move_in_shown(window, ids, before))
        self.grid.columns.kept.connect(lambda text: window.settings.put("grid.columns", text))
        self.grid.columns.sort_chosen.connect(self._on_sort_chosen)
        self.header.size_chosen.connect(lambda cell_px: looking.set_cell_size(window, cell_px))
        window.activity.changed.connect(self._on_activity)

    # What is shown

    def attach(self, room: Room | None) -> None:
        if room is None and self._room is not None:
            self._remember(self._room.folder)
        self._room, self._weighing = room, None
        self.grid.set_source(None if room is None else RoomCells(room))
        self.shelf.attach(room)
        if room is not None:
            room.session.import_progressed.connect(self._on_progress)
            if self._way_back is not None:
                self.shelf.go(self._way_back.place)

    def show_folder(self, folder: Path, source: CellSource) -> None:
        """A library that is being opened: nothing is known of it but where it is, and where one was in it."""
        self._answered = self._first_import = self._asked_space = False
        self._seems_empty = False
        self._help = None
        self._marks.clear()
        self.spelling.tell(())
        self._way_back = read_way_back(self._window.settings.text("grid.place"), folder)
        self.grid.set_source(source)
        self.grid.forget()
        self.invitation.tell(folder, None)
        self._show_page()

    def show_first_page(self, page: FirstPage) -> None:
        """Cells that were read before the library is open; left out if one was elsewhere, for nothing may jump."""
        self._seems_empty = page.total == 0
        self._show_page()
        back, ids = self._way_back, array("q", page.ids)
        if back is not None and back.place != ALL:
            self.header.show_place(back.place.title, None)
            return
        self.header.show_place(ALL.title, page.total, page.covered)
        if back is not None and not back.is_on(ids):
            return
        self.grid.cells.put(page.cells)
        self.grid.set_ids(ids, page.groups, keep_place=False)
        if back is not None:
            self.grid.go_to(back.mark)

    def place_now(self) -> str:
        """Where one is, as a text from which the next start finds back."""
        return "" if self._room is None else write_way_back(self.shelf.place, self.grid.bookmark(), self._room.folder)

    def _keep_cell_size(self) -> None:
        self._keep_size.stop()
        self._window.settings.put("grid.cell", self.grid.cell_size())

    def _remember(self, folder: Path) -> None:
        if self._keep_size.isActive():
            self._keep_cell_size()
        if self._answered and self._window.works:
            self._window.settings.put("grid.place", write_way_back(self.shelf.place, self.grid.bookmark(), folder))

    # Sizes and modes

    def choose_size(self, cell_px: int) -> None:
        """Show pictures of this size, now and the next time."""
        self.grid.set_cell_size(cell_px)
        self.header.show_cell_size(cell_px)
        self._keep_size.start()

    def show_mode(self, *, listed: bool) -> None:
        """Show a list with columns, or pictures."""
        self.grid.set_list(listed)
        self.header.show_mode(listed=listed)

    def order(self) -> str:
        """The order in which things are shown."""
        return order_shown(self.shelf.sort, self.shelf.grouping)

    def show_order(self) -> None:
        """The order or the headings are others now."""
        sort = self.order()
        self.grid.set_reorderable(self._is_own_order(sort))
        self.header.show_sort(sort)
        self.header.show_grouping(self.shelf.grouping)
        self.grid.columns.show_sort(key_of(sort), descending=is_descending(sort))

    def _is_own_order(self, sort: str) -> bool:
        """Whether items stand as a person put them, and all of them are shown."""
        return sort == POSITION and not self.shelf.query.strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        settings = self._window.settings
        if not settings.is_chosen("grid.cell") and not self._keep_size.isActive():
            cell_px = WIDE_CELL_PX if self._window.width() >= WIDE_PX else settings.number("grid.cell")
            self.grid.set_cell_size(cell_px)
            self.header.show_cell_size(cell_px)
        super().resizeEvent(event)

    def is_answered(self) -> bool:
        """Whether the library has answered what is in it."""
        return self._answered

    def is_complete(self) -> bool:
        """Whether the library has answered, and all that is in sight has its final look."""
        if not self._answered or self._asks_space or self._weigh_soon.isActive() or self._weighing is not None:
            return False
        return self._stack.currentWidget() is not self.grid or self.grid.is_complete()

    def _on_arranged(self, arrangement: Arrangement, keep_place: bool) -> None:
        self._answered = True
        here = self.shelf.place.name, self.shelf.query
        mark = None if keep_place or here == self._shown else self._marks.find(*here)
        self.grid.set_ids(arrangement.ids, arrangement.groups, keep_place, arrangement.marks)
        back, self._way_back = self._way_back, None
        if back is not None and back.place == self.shelf.place:
            mark = back.mark
        if mark is not None:
            self.grid.go_to(mark)
        self._shown, self._help = here, None
        covered = max(0, arrangement.items - len(arrangement.ids))
        self.header.show_place(self.shelf.place.title, arrangement.items, covered)
        self._show_search()
        self._corrections = arrangement.corrections
        self.spelling.tell(arrangement.corrections if len(arrangement.ids) else ())
        self._show_page()
        self._seek_help()
        self._window.follow_situation()

    def _mark(self) -> None:
        """Remember where one is before another place or another search is shown."""
        if self._answered and self.grid.count():
            self._marks.keep(*self._shown, self.grid.bookmark())

    def _on_progress(self, progress: ImportProgress) -> None:
        self.grid.show_progress({-line: part for line, part in progress.in_hand})

    def _on_unanswered(self) -> None:
        self._answered = True

    def _on_counts(self, counts: SidebarCounts) -> None:
        self._show_search()
        if counts.all and self._first_import:
            self._first_import = False
            self.shelf.go(LAST_IMPORT)

    def _show_search(self) -> None:
        self.header.show_search(collecting.search_of(self.shelf.counts, self.shelf.place))

    def _on_place(self, place: Place) -> None:
        self.header.show_place(place.title, None)
        self._show_search()
        self._name_actions()
        self.show_order()

    def _name_actions(self) -> None:
        """Taking something out names the collection."""
        place = self.shelf.place
        words = tr("&Remove from collection")
        if place.is_filled:
            words = tr("&Remove from {name}").format(name=collecting.called(place.title).replace("&", "&&"))
        self._window.action_set["item.uncollect"].setText(words)

    def _on_activity(self) -> None:
        counts = self.shelf.counts
        if self._window.activity.importing and counts is not None and not counts.all:
            self._first_import = True
        self._show_page()

    def _show_page(self) -> None:
        page = self._wanted_page()
        if page is self.message:
            self._tell_nothing()
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
        self.header.setVisible(page is not self.invitation)
        if page is self.invitation and not self._asked_space:
            self._asked_space = True
            self._ask_space(self._window.folder)

    def _wanted_page(self) -> QWidget:
        counts = self.shelf.counts
        if self._seems_empty and not self._answered and not self._window.is_awaited():
            return self.invitation
        if not self._answered or counts is None or self.grid.count():
            return self.grid
        searched = bool(self.shelf.query.strip()) or self.shelf.place != ALL
        return self.message if self._holds_something() or searched or self._is_awaited() else self.invitation

    def _holds_something(self) -> bool:
        """Whether there is anything in the library, whatever is searched for."""
        counts = self.shelf.counts
        return counts is not None and (counts.all > 0 or counts.trashed > 0)

    def _is_awaited(self) -> bool:
        return self._window.activity.importing

    def _tell_nothing(self) -> None:
        """Why nothing is shown, and what would help."""
        place, query = self.shelf.place, self.shelf.query
        if self.shelf.trouble is not None:
            self.message.tell(tr("The search of this collection cannot be read."), str(self.shelf.trouble))
        elif query.strip():
            words = searched_words(query, place.title, everywhere=place == ALL)
            more = "" if self._help is None else self._help.words(self._corrections)
            self.message.tell(words, more, (self._help or Help()).offers(self.shelf))
        elif self._holds_something() or not self._is_awaited():
            self.message.tell(tr(place.empty))
        else:
            self.message.tell(tr("Looking for photos, videos and sounds…"))

    def _seek_help(self) -> None:
        """Nothing was found: what would find something is looked for, off the main thread."""
        asker, view = self.shelf.asker, self.shelf
        if asker is None or self.grid.count() or not self.shelf.query.strip():
            return
        sought = HelpSought(view.place, view.query, exactly=view.exactly)

        def on_help(found: Help) -> None:
            if sought == HelpSought(view.place, view.query, exactly=view.exactly) and not self.grid.count():
                self._help = found
                self._show_page()

        asker.room.run(lambda: seek_help(asker, sought), on_help)

    def _ask_space(self, folder: Path | None) -> None:
        if folder is not None:
            self._asks_space = True
            self._window.background.run(
                lambda: _free_bytes(folder),
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

    def chosen_array(self) -> Ids:
        ids = as_numpy(self.grid.selected_array())
        return ids[ids > 0]

    def chosen_cells(self) -> list[Cell]:
        return self.grid.selected_cells()

    def focus_first(self) -> None:
        self.grid.setFocus()

    # What a person does

    def _on_selection(self) -> None:
        self.chosen_changed.emit()
        self.header.show_selected(self.grid.selected_count())
        self._weigh_soon.start()

    def _weigh(self) -> None:
        """Find out how much room is taken by what is selected."""
        asker, ids = self.shelf.asker, self.chosen_array()
        if asker is not None and len(ids):
            self._weighing = ids
            asker.room.run(lambda: asker.weigh(ids), lambda weight: self._on_weight(ids, weight))

    def _on_weight(self, ids: Ids, size_bytes: int) -> None:
        if self._weighing is ids:
            self._weighing = None
        if is_same(ids, self.chosen_array()):
            self.header.selection.show_size(size_bytes)

    def _on_context(self, place: QPoint, on_item: bool) -> None:
        self._window.show_context_menu(place, on_item=on_item)

    def _on_zoom(self, delta: int) -> None:
        step = WHEEL_STEP_PX if delta > 0 else -WHEEL_STEP_PX
        looking.set_cell_size(self._window, self.grid.cell_size() + step)

    def _on_sort_chosen(self, key: SortKey) -> None:
        """A click on a column sorts by it; another one turns the order round."""
        sort = self.order()
        again = key_of(sort) == key
        looking.set_sort(self._window, order(key, descending=again and not is_descending(sort)))


def _free_bytes(folder: Path) -> int:
    """The room on the disk of a folder, which need not be there yet."""
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free
