"""The inspector at the right of the window: one item, many, or what the place holds while nothing is chosen."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from keeproom.model import Changes
from keeproom.ui.acts import inspecting
from keeproom.ui.inspector.described import undescribed
from keeproom.ui.inspector.editing import Editing
from keeproom.ui.inspector.itemwords import readable
from keeproom.ui.inspector.onepage import DETAILS, OnePage
from keeproom.ui.inspector.questions import array_of, assets_of, describe_many, inspect_described, sum_up
from keeproom.ui.inspector.showing import Showing
from keeproom.ui.inspector.sumpage import SumPage
from keeproom.ui.pace import Pace
from keeproom.ui.status import STATUSES
from keeproom.ui.texts import plural, tr
from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.library.inspecting import Inspection
    from keeproom.library.summing import SelectionSummary
    from keeproom.ui.inspector.described import Described
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

WIDTH_PX = 304
WIDE_WIDTH_PX = 380
MIN_WIDTH_PX = 260
REST_MS = 40
"""Between two questions: the arrow key held down shows some twenty items a second."""
NEWS_REST_MS = 1_000
NEWS_REST_FACTOR = 4
"""Between two sums of the same items while the library changes: so long, and in proportion to what one takes."""
MOST_UNASKED = 100_000
"""Of more, figures are added up only for who selects them: a million cost seconds of a processor, at each start."""
MOST_DESCRIBED = 200_000
"""Of more it is not asked what they have in common (4 ms a thousand): they are shown as mixed, and can be edited."""
FEW = 5_000
"""Of so many it is looked whether news are about them; of more it is taken for granted."""


class Inspector(QWidget):
    """Follows what is chosen. It asks the library in threads, one question at a time, and only while it is in sight."""

    _partial = Signal(object, object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._room: Room | None = None
        self._ids: array[int] = array("q")
        self._count = 0
        self._panel = window.pages.name
        self._question = object()
        self._item: Inspection | None = None
        self._summed: object | None = None
        self.one = OnePage(self._open_item, self._retry, partial(inspecting.show_place, window), self)
        self._showing = Showing(self.one)
        self.many = SumPage(self._retry, partial(inspecting.show_place, window), self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.many)
        self._pages.addWidget(self.one)
        self._pace = Pace(self._ask, REST_MS, self)
        self._stated = Pace(self._ask_stated, REST_MS, self)
        self._news = QTimer(self, singleShot=True, interval=NEWS_REST_MS)
        self._news.timeout.connect(self._pace.nudge)
        self._partial.connect(self._on_partial, Qt.ConnectionType.QueuedConnection)
        window.shelf.arranged.connect(self._on_place)
        self._editing = Editing(window, lambda: self._room, self._hurry, self._leave)
        self._editing.connect(self.one, self.many)
        self.setMinimumWidth(MIN_WIDTH_PX)
        self.setAccessibleName(tr("Inspector"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._pages)
        self.many.show_title("", "")
        self.many.show_sum(None)

    # What it shows

    def attach(self, room: Room | None) -> None:
        """Follow another library, or none; what is typed is kept in the one before."""
        self.one.save()
        self.many.fields.save()
        self._question = object()
        self._pace.forget()
        self._stated.forget()
        self._news.stop()
        self._room = room
        self._ids, self._count = array("q"), 0
        if room is not None:
            room.session.changed.connect(self._on_changed)
        self._show_nothing("", "")
        self._hurry()

    def follow(self, ids: Ids, count: int) -> None:
        """Other items are chosen: `count` of them, and their ids, as far as they are assets."""
        fresh = array_of(ids)
        panel = self._window.pages.name
        if panel == self._panel and count == self._count and fresh == self._ids:
            return
        self._ids, self._count, self._panel = fresh, count, panel
        self._question = object()
        self._hurry()

    def is_complete(self) -> bool:
        """Whether all that is in sight has its final look."""
        settled = self._pace.is_settled and self._stated.is_settled
        return not self.isVisible() or (settled and not self._showing.is_loading)

    def item(self) -> Inspection | None:
        """The one item that is shown."""
        return self._item if self._pages.currentWidget() is self.one else None

    def find_details(self) -> None:
        """Give the keyboard to the filter over all details."""
        self.one.open_tab(DETAILS)
        self.one.details.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.one.details.field.selectAll()

    # Asking

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pace.turn(on=True)
        self._stated.turn(on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pace.turn(on=False)
        self._stated.turn(on=False)

    def _hurry(self) -> None:
        self._pace.hurry()
        self._stated.hurry()

    def _ask(self, answered: Callable[[], None]) -> None:
        room = self._room
        if room is None:
            self._show_nothing("", "")
            answered()
        elif len(self._ids) == 1 and self._count == 1 and self._ids[0] > 0:
            self._ask_one(room, self._ids[0], answered)
        elif self._count and not any(asset > 0 for asset in self._ids):
            self._show_files()
            answered()
        elif self._count:
            title = plural(self._count, "%n selected", "%n selected")
            self._ask_many(room, self._ids, title, "", answered)
        else:
            self._ask_place(room, answered)

    def _ask_one(self, room: Room, asset: int, answered: Callable[[], None]) -> None:
        question = self._question

        def on_done(known: tuple[Inspection, Described] | None) -> None:
            if question is self._question:
                self._show_one(room, known)
            answered()

        room.run(lambda: inspect_described(room, asset), on_done, answered)

    def _ask_stated(self, answered: Callable[[], None]) -> None:
        """What is stated of many is asked for by itself: it is there before their sums, and follows every change."""
        room, question = self._room, self._question
        assets = assets_of(self._ids) if self._count > 1 else array("q")
        if room is None or not assets:
            answered()
            return
        if len(assets) > MOST_DESCRIBED:
            self.many.show_described(undescribed(assets))
            answered()
            return

        def on_done(known: Described | None) -> None:
            if question is self._question:
                self.many.show_described(known)
            answered()

        room.run(lambda: describe_many(room, assets), on_done, answered)

    def _show_files(self) -> None:
        """Lines of an import's list that are no assets: not yet, or not at all."""
        cells = self._window.chosen_cells()
        if len(cells) == 1 and self._count == 1:
            status = tr(STATUSES[cells[0].status].text)
            self._show_nothing(readable(cells[0].name), f"{status}: {cells[0].reason}" if cells[0].reason else status)
        else:
            title = plural(self._count, "%n selected", "%n selected")
            self._show_nothing(title, tr("None of these is in the library."))

    def _ask_place(self, room: Room, answered: Callable[[], None]) -> None:
        """Nothing is chosen: what the place holds."""
        place = self._window.shelf.place
        if self._panel != "library" or not self._window.grid.count():
            self._show_nothing(tr("Nothing selected"), tr("What you select is described here."))
            answered()
            return
        self.many.show_described(None)  # what was chosen before is not edited any more
        hint = tr("Nothing selected. Select an item to see what is known of it.")
        if self._window.grid.count() > MOST_UNASKED:
            self._show_nothing(place.title, hint)
            answered()
            return
        self._ask_many(room, array_of(self._window.grid.ids()), tr(place.text), hint, answered)

    def _ask_many(self, room: Room, ids: array[int], title: str, hint: str, answered: Callable[[], None]) -> None:
        question, asked_at = self._question, perf_counter()
        is_new = question is not self._summed
        if is_new and self._pages.currentWidget() is self.one:
            self._show_nothing(title, hint)
        elif is_new:  # figures of before stay until there are others: nothing blinks while a selection grows
            self.many.show_title(title, hint)

        def on_partial(summary: SelectionSummary) -> None:
            if is_new:
                self._partial.emit(question, summary)

        def on_done(summary: SelectionSummary) -> None:
            if question is self._question:
                self._summed = question
                self.many.show_title(title, hint)
                self.many.show_sum(summary)
            self._news.setInterval(max(NEWS_REST_MS, round(NEWS_REST_FACTOR * 1_000 * (perf_counter() - asked_at))))
            answered()

        room.run(lambda: sum_up(room, ids, on_partial, lambda: question is not self._question), on_done, answered)

    # Answers

    def _show_one(self, room: Room, known: tuple[Inspection, Described] | None) -> None:
        if known is None:
            self._show_nothing(tr("No longer here"), tr("This item has been deleted for good."))
            return
        self._item, stated = known
        item = self._item
        self._pages.setCurrentWidget(self.one)
        self.one.show_item(item, stated)
        self._showing.show(room, item)

    def _show_nothing(self, title: str, hint: str) -> None:
        """A title without figures, or a hint alone."""
        self._item = self._summed = None
        self._showing.forget()
        self._pages.setCurrentWidget(self.many)
        self.many.show_title(title, hint)
        self.many.show_described(None)
        self.many.show_sum(None)

    def _on_partial(self, question: object, summary: SelectionSummary) -> None:
        if question is self._question:
            percent = 100 * summary.count // max(1, summary.asked)
            self.many.show_title(self.many.title.text(), tr("Adding up: {percent} %").format(percent=percent))
            self.many.show_sum(summary)

    # News

    def _on_changed(self, changes: Changes) -> None:
        if len(self._ids) == 1:
            if self._ids[0] in changes.changed or self._ids[0] in changes.removed or changes.organised:
                self._pace.nudge()
        elif not self._count or len(self._ids) > FEW or not {*changes.changed, *changes.removed}.isdisjoint(self._ids):
            self._sum_later()
            self._stated.nudge()
        elif changes.organised:
            self._stated.nudge()

    def _on_place(self, _arrangement: object, keep_place: bool) -> None:
        """The place has other items now: the same place with news, or another one."""
        if self._count:
            return
        if keep_place and self._summed is not None:
            self._sum_later()
        else:
            self._question = object()
            self._pace.hurry()

    def _sum_later(self) -> None:
        if not self._news.isActive():
            self._news.start()

    # What a person does

    def _open_item(self) -> None:
        self._window.action_set["item.open"].trigger()

    def _retry(self) -> None:
        inspecting.retry(self._window, self._ids if self._count else self._window.grid.ids())

    def _leave(self) -> None:
        """Escape in a field that was not changed: back to the items."""
        self._window.front.focus_first()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colours(self.palette()).panel)
