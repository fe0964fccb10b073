"""Date and time of one item or of many: set, shifted, in another time zone, or read from the name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from keeproom.model import CaptureTime
from keeproom.ui.acts import describing
from keeproom.ui.describe.planning import PlanDialog
from keeproom.ui.describe.timecontrols import WAYS, Way
from keeproom.ui.flattable import Column
from keeproom.ui.inspector.itemwords import offset, readable
from keeproom.ui.inspector.tabs import Tabs
from keeproom.ui.texts import plural, tr

if TYPE_CHECKING:
    from array import array

    from keeproom.library.retiming import TimeRow
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room


def open_time_dialog(window: MainWindow, ids: Ids) -> TimeDialog | None:
    """Open the dialog for these items; None where none of them is in the library."""
    from keeproom.ui.inspector.questions import assets_of

    room, assets = window.room, assets_of(ids)
    if room is None or not assets:
        return None
    dialog = TimeDialog(window, room, assets)
    dialog.show()
    return dialog


def time_words(captured: CaptureTime | None) -> str:
    """`2023-05-14 10:15:00 UTC+02:00`: figures that stand below each other."""
    if captured is None:
        return tr("No date")
    wall = captured.wall.isoformat(" ", "seconds")
    return wall if captured.offset_minutes is None else f"{wall}  {offset(captured.offset_minutes)}"


def _after(row: TimeRow) -> str:
    if row.reason is not None:
        return tr(row.reason)
    return time_words(row.after) if row.after != row.before else tr("As it is")


COLUMNS: tuple[Column[Any], ...] = (
    Column("Name", lambda row: readable(row.name), 150, 2, 3),
    Column("Before", lambda row: time_words(row.before), 225, 1, 1, quiet=True),
    Column("After", _after, 225, 2, 2),
)


class TimeDialog(PlanDialog):
    """The tabs are the ways; the table shows before and after with the way that is open."""

    def __init__(self, window: MainWindow, room: Room, assets: array[int]) -> None:
        title = plural(len(assets), "Date and time of %n item", "Date and time of %n items")
        self.tabs = Tabs()
        self.ways: list[Way] = []
        self._stack = QStackedWidget()
        self._knows_first = False
        super().__init__(window, room, assets, title, COLUMNS)
        self._make_ways()
        self.lay_out(self._controls())
        self.tabs.setFocus()

    def _make_ways(self) -> None:
        self.tabs.setAccessibleName(tr("How to change dates"))
        for text, make in WAYS:
            way = make(self)
            way.changed.connect(self.plan)
            self.tabs.addTab(tr(text))
            self._stack.addWidget(way)
            self.ways.append(way)
        self.tabs.currentChanged.connect(self._on_tab)

    def _controls(self) -> QWidget:
        host = QWidget(self)
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.tabs)
        column.addWidget(self._stack)
        self._stack.setFixedHeight(44)
        return host

    def way(self) -> Way:
        return self.ways[self.tabs.currentIndex()]

    def _on_tab(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        self.plan()

    def asked(self) -> Callable[[], Sequence[TimeRow]]:
        library, ids = self.room.library, self.assets.tolist()
        change = self.way().change() if self._knows_first else None

        def ask() -> Sequence[TimeRow]:
            from keeproom.library.retiming import Shift, plan_times

            return plan_times(library, ids, change or Shift(0))

        return ask

    def changes(self, row: TimeRow) -> bool:
        return row.reason is None and row.after != row.before

    def judged(self, rows: Sequence[TimeRow]) -> tuple[str, str]:
        if rows and not self._knows_first:
            self._knows_first = True
            for way in self.ways:
                way.expect(rows[0].before)
        change = sum(self.changes(row) for row in rows)
        impossible = sum(row.reason is not None for row in rows)
        words = [plural(change, "%n item changes.", "%n items change.")]
        if impossible:
            words.append(plural(impossible, "%n cannot be changed so.", "%n cannot be changed so."))
        return " ".join(words), "warning" if impossible else "secondary"

    def make(self, rows: Sequence[TimeRow]) -> None:
        describing.retime(self.window_, [row.asset for row in rows], self.way().change())
