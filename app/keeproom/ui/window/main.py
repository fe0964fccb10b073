"""The main window: puts the frame together, and is what the actions act on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from keeproom.errors import ExpectedError
from keeproom.model import Cell
from keeproom.settings import Settings
from keeproom.ui.actions.action_set import ActionSet
from keeproom.ui.actions.rows import Menu
from keeproom.ui.acts import viewing
from keeproom.ui.background import Background
from keeproom.ui.browse.panel import LibraryPanel
from keeproom.ui.browse.shelf import Shelf
from keeproom.ui.browse.sideacts import SideActs
from keeproom.ui.browse.sidebar import Sidebar
from keeproom.ui.failures import Failures
from keeproom.ui.grid.view import GridView
from keeproom.ui.panel import PanelWidget
from keeproom.ui.search.guide import Guide
from keeproom.ui.search.history import History
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.activity import Activity
from keeproom.ui.window.drops import Drops
from keeproom.ui.window.frame import Frame, InspectorSide
from keeproom.ui.window.news import listen, tell_failure
from keeproom.ui.window.notices import ErrorBar, Notices
from keeproom.ui.window.opening import FIRST_CELLS, Opener, error_words
from keeproom.ui.window.pages import FIRST, Pages
from keeproom.ui.window.problempage import ProblemPage
from keeproom.ui.window.room import FolderCells, Room
from keeproom.ui.window.situation import situation_of
from keeproom.ui.window.statusbar import StatusBar
from keeproom.ui.window.toolbar import Toolbar

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts
    from keeproom.ui.browse.places import Place
    from keeproom.ui.viewer.track import Ids
    from keeproom.workers.session import Session

WARM_MS = 1_500
"""After the library is open the viewer's readers are started, so that the first picture need not wait for that."""

FOLLOW_MS = 30
"""How long the inspector waits for the next choice: a rubber band makes many."""

FIRST_SIZE = (1280, 800)
SMALLEST_SIZE = (640, 420)


class MainWindow(QMainWindow):
    """One library in a window. With `works` off it only looks: the queue is not worked on, nothing is remembered."""

    settings: Settings
    appearance: Appearance
    library_panel: LibraryPanel
    shelf: Shelf
    grid: GridView
    notices: Notices
    sidebar: Sidebar

    def __init__(
        self, settings: Settings, appearance: Appearance, failures: Failures | None = None, *, works: bool = True
    ) -> None:
        super().__init__()
        self.settings = settings
        self.appearance = appearance
        self.folder: Path | None = None
        self.room: Room | None = None
        self._works = works
        self._pending: list[Path] = []
        self._failures = failures or Failures(self)
        self._failures.failed.connect(lambda failure: tell_failure(self, failure))
        self._failures.expected.connect(self.tell_error)
        self.background = Background(self)
        self.activity = Activity(self)
        self._opener = Opener(self.background, self._failures.report, self)
        self._opener.opened.connect(self._on_opened)
        self._opener.refused.connect(self._on_refused)
        self._assemble()
        self._connect()
        self._restore()
        self.follow_situation()

    # The frame

    def _assemble(self) -> None:
        self.setWindowTitle("Keeproom")
        self.setMinimumSize(*SMALLEST_SIZE)
        self.action_set = ActionSet(self)
        self.pages = Pages(self)
        self.library_panel = cast(LibraryPanel, self.pages.panel(FIRST))
        self.shelf, self.grid = self.library_panel.shelf, self.library_panel.grid
        self.toolbar = Toolbar(self.action_set, History(self.settings, lambda: self._works), self)
        self.sidebar = Sidebar(self, self.shelf.grower)
        self.error_bar = ErrorBar(self)
        self.status = StatusBar(self.action_set["import.pause"], self.action_set["import.cancel"], self)
        self.problem_page = ProblemPage(
            lambda: self.action_set["library.open"].trigger(), self._try_again, self._leave, self
        )
        self.pages.addWidget(self.problem_page)
        self.side = InspectorSide(self)
        widths = self.settings.text("window.sides")
        self.frame = Frame(self.sidebar, _column(self.error_bar, self.pages), self.side, widths)
        self.setCentralWidget(_column(self.toolbar, self.frame, self.status))
        self.action_set.fill_menu_bar(self.menuBar())
        self.notices = Notices(self.pages)
        self.grid.setFocus()
        self.drops = Drops(self)
        self._follow_soon = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._follow_soon.timeout.connect(self._follow_chosen)

    def _connect(self) -> None:
        self.guide = Guide(self, self.toolbar.search)
        self.sidebar.went.connect(self._on_went)
        self.side_acts = SideActs(self)
        self.shelf.place_changed.connect(self.sidebar.show_place)
        self.shelf.counts_changed.connect(self._on_counts)
        self.shelf.query_changed.connect(lambda query: self.sidebar.show_searched(bool(query.strip())))
        self.activity.changed.connect(self._on_activity)
        self.notices.changed.connect(self.follow_situation)
        self.status.asked.connect(self.show_panel)
        self.pages.turned.connect(self._on_turned)
        self.pages.chosen_changed.connect(self._on_chosen)
        self.grid.cells.arrived.connect(lambda _ids: self.follow_situation())

    def _restore(self) -> None:
        geometry = QByteArray.fromBase64(self.settings.text("window.geometry").encode())
        if geometry.isEmpty() or not self._works or not self.restoreGeometry(geometry):
            self.resize(*FIRST_SIZE)
        self.show_sidebar(self.settings.flag("window.sidebar"))

    def show_sidebar(self, shown: bool) -> None:
        self._put("window.sidebar", shown)
        self._show_parts()

    def show_inspector(self, shown: bool) -> None:
        self._put("window.inspector", shown)
        self._show_parts()

    def _put(self, setting: str, value: str | bool) -> None:
        """Remember something, unless this window only looks."""
        if self._works:
            self.settings.put(setting, value)

    @property
    def works(self) -> bool:
        """Whether this window does more than look, and remembers."""
        return self._works

    # The panels

    @property
    def front(self) -> PanelWidget:
        """The panel in sight."""
        return self.pages.front

    def panel(self, name: str) -> PanelWidget:
        """A panel, made if it has not been shown yet."""
        return self.pages.panel(name)

    def show_panel(self, name: str) -> PanelWidget:
        """Bring a panel into sight."""
        return self.pages.show_panel(name)

    def go_back(self) -> None:
        """Return to the panel before this one, as it was left."""
        self.pages.go_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where nothing else needs it, leads back as well."""
        if event.key() == Qt.Key.Key_Escape and self.pages.can_go_back():
            self.go_back()
        else:
            super().keyPressEvent(event)

    def view_items(self, ids: Ids | Sequence[int], index: int, *, quick: bool = False) -> None:
        """Open the viewer on one of these."""
        viewing.view(self, ids, index, quick=quick)

    def compare_items(self, ids: Sequence[int]) -> None:
        """Open two to four of these side by side."""
        viewing.compare(self, ids)

    def show_import(self, entry: int) -> None:
        """Show the list of one import in the grid."""
        self.pages.show_panel(FIRST)
        self.shelf.go_to_import(entry)

    def chosen_ids(self) -> list[int]:
        """The assets that item actions act on."""
        return self.front.chosen_ids()

    def chosen_cells(self) -> list[Cell]:
        """What is known of them."""
        return self.front.chosen_cells()

    def _on_went(self, place: Place) -> None:
        self.pages.show_panel(FIRST)
        self.shelf.go(place)

    def _on_turned(self) -> None:
        self.sidebar.set_elsewhere(self.pages.name != FIRST)
        self._show_parts()
        self.follow_situation()

    def _on_chosen(self) -> None:
        self.follow_situation()
        self._follow_soon.start()

    def _follow_chosen(self) -> None:
        if self.side.inspector is not None:
            self.side.inspector.follow(self.front.chosen_array(), self.front.chosen_count())

    def _show_parts(self) -> None:
        """The sidebar and the inspector stand beside the panels that have one, if they are wanted; no inspector while
        the library is empty."""
        row = self.pages.row
        self.sidebar.setVisible(row is not None and row.sidebar and self.settings.flag("window.sidebar"))
        if not (self.isFullScreen() and self.side.isHidden()):  # there a panel has the screen for itself
            wanted = self.settings.flag("window.inspector") and self._holds_something()
            self.side.setVisible(row is not None and row.inspector and wanted)

    def _holds_something(self) -> bool:
        counts = self.shelf.counts
        return self.grid.count() > 0 if counts is None else counts.all > 0

    # The library

    def open_folder(self, folder: Path, imports: Sequence[Path] = ()) -> None:
        """Show the library of a folder, and import these paths once it is open."""
        from keeproom.library.first_page import first_page

        self._leave_room()
        self.folder = folder
        self._pending = list(imports)
        self.error_bar.hide()
        self.pages.start_over()
        self.setWindowTitle(f"{folder.name} – Keeproom")
        self.library_panel.show_folder(folder, FolderCells(folder))
        shelf = self.shelf
        page = first_page(folder, shelf.sort, FIRST_CELLS, shelf.grouping, stacked=shelf.stacked)
        if page is not None:
            self.library_panel.show_first_page(page)
        self._opener.open(folder)

    def session(self) -> Session | None:
        return None if self.room is None else self.room.session

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import now, or as soon as the library is open."""
        if self.room is None:
            self._pending.extend(paths)
        elif paths:
            self.room.session.import_paths(paths)

    def is_awaited(self) -> bool:
        """Whether files are to be imported as soon as the library is open."""
        return bool(self._pending)

    def refusal(self) -> str:
        """Why the library is not open; empty if it is, or may still be."""
        return self.problem_page.why() if self.pages.currentWidget() is self.problem_page else ""

    def is_complete(self) -> bool:
        """Whether what is in sight has its final look: the panel, or the page that tells a problem."""
        return bool(self.refusal()) or (
            self.library_panel.is_answered() and self.front.is_complete() and self._inspector_is_complete()
        )

    def _inspector_is_complete(self) -> bool:
        inspector = self.side.inspector
        return not self._follow_soon.isActive() and (inspector is None or inspector.is_complete())

    def _on_opened(self, room: Room) -> None:
        from keeproom.ui.transfers import after_opening

        self.room = room
        listen(self, room)
        if self._works:
            self.settings.put("library.last", str(room.folder))
            room.session.start()
            after_opening(self, room)
            QTimer.singleShot(WARM_MS, room, lambda: room.previews.warm())
        self.pages.attach(room)
        self.side.attach(room)
        self.guide.attach(room)
        pending, self._pending = self._pending, []
        self.import_paths(pending)
        self.follow_situation()

    def _on_refused(self, folder: Path, why: str) -> None:
        self.problem_page.tell(folder, why)
        self.pages.setCurrentWidget(self.problem_page)
        self._show_parts()

    def _try_again(self) -> None:
        if self.folder is not None:
            self.open_folder(self.folder, self._pending)

    def _leave_room(self) -> None:
        self._opener.stop()
        room, self.room = self.room, None
        self.pages.attach(None)
        self.side.attach(None)
        self.guide.attach(None)
        self.activity.reset()
        self.sidebar.show_counts(None)
        self.status.show_totals(0, 0)
        if room is not None:
            from keeproom.ui.transfers import before_closing

            before_closing(self, room)
            room.close()
            room.deleteLater()

    # What goes on

    def _on_counts(self, counts: SidebarCounts) -> None:
        self.sidebar.show_counts(counts)
        self.sidebar.show_searched(bool(self.shelf.query.strip()))
        self.status.show_totals(counts.all, counts.bytes)
        self._show_parts()
        self._on_activity()

    def _on_activity(self) -> None:
        self.follow_situation()
        doing = self.activity.doing()
        self.status.show_doing(doing, paused=self.activity.paused)
        problems = self.shelf.counts.in_trouble if self.shelf.counts else 0
        self.toolbar.activity.tell(doing, problems)

    def tell_error(self, error: BaseException) -> None:
        """Show an error: one to act on as it stands, a bug as what it is."""
        if isinstance(error, (ExpectedError, OSError)):
            self.error_bar.tell(error_words(error))
        else:
            self._failures.report(error)

    def follow_situation(self) -> None:
        """Let actions and menus follow what can be done now."""
        if not hasattr(self, "notices"):
            return
        self.action_set.follow(situation_of(self))
        self.library_panel.header.show_selected(self.grid.selected_count())

    def show_context_menu(self, place: QPoint, *, on_item: bool) -> None:
        self.follow_situation()
        where = Menu.ON_ITEM if on_item else Menu.ON_BACKGROUND
        menu = self.action_set.menu(where, self, only_possible=True)
        if not menu.isEmpty():
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(place)

    # The end

    def _leave(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.hide()  # what is in hand may take a moment to end
        self._leave_room()
        self.grid.close_down()
        self.background.close()
        super().closeEvent(event)
        QGuiApplication.quit()
        self._put("window.geometry", geometry)
        self._put("window.sides", self.frame.widths)


def _column(*widgets: QWidget) -> QWidget:
    host = QWidget()
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    column.setStretchFactor(widgets[-1] if len(widgets) == 2 else widgets[1], 1)
    return host
