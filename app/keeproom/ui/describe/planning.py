"""A dialog that shows what a change would make of each item before it is made: controls, a table, a count, Apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from keeproom.errors import ExpectedError
from keeproom.ui.controls import RoleLabel
from keeproom.ui.flattable import Column, FlatDelegate, FlatTable, Framed, RowsModel
from keeproom.ui.fonts import title_font
from keeproom.ui.pace import Pace
from keeproom.ui.texts import tr
from keeproom.ui.widgets import PlainLabel, TextButton

if TYPE_CHECKING:
    from array import array

    from keeproom.model import Changes
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

R = TypeVar("R")

WIDTH_PX, HEIGHT_PX = 760, 560
REST_MS = 60
TYPING_MS = 120


class Planner(QObject):
    """Asks in a thread what a change would do, again whenever something is changed in the dialog or in the library.

    `ask` is called in the main thread and gives what is called in the thread; a refusal comes as the error it is.
    """

    def __init__(
        self,
        room: Room,
        ask: Callable[[], Callable[[], Sequence[R]]],
        show: Callable[[Sequence[R] | ExpectedError], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._room, self._ask_for, self._show = room, ask, show
        self._pace = Pace(self._ask, REST_MS, self)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._pace.hurry)
        room.session.changed.connect(self._on_news)

    @property
    def is_settled(self) -> bool:
        return self._pace.is_settled and not self._typing.isActive()

    def turn(self, *, on: bool) -> None:
        self._pace.turn(on=on)

    def plan(self) -> None:
        """Something else is wanted."""
        self._typing.start()

    def hurry(self) -> None:
        self._pace.hurry()

    def _ask(self, answered: Callable[[], None]) -> None:
        job = self._ask_for()

        def plan() -> Sequence[Any] | ExpectedError:
            try:
                return job()
            except ExpectedError as error:  # shown in the dialog, not in the bar
                return error

        def on_done(result: Sequence[Any] | ExpectedError) -> None:
            answered()
            self._show(result)

        self._room.run(plan, on_done, answered)

    def _on_news(self, _changes: Changes) -> None:
        self._pace.nudge()


class PlanDialog(QDialog):
    """Stands beside the window. What it is about was chosen when it was opened, and stays that."""

    def __init__(
        self, window: MainWindow, room: Room, assets: array[int], title: str, columns: Sequence[Column[Any]]
    ) -> None:
        super().__init__(window)
        self.window_, self.room, self.assets = window, room, assets
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.headline = PlainLabel(title, self)
        self.headline.setFont(title_font(self.font()))
        self.model: RowsModel[Any] = RowsModel(columns, self)
        self.table = FlatTable(self.model, FlatDelegate(), self)
        self.table.setAccessibleName(tr("Before and after"))
        self.table.setSelectionMode(FlatTable.SelectionMode.SingleSelection)
        self.verdict = RoleLabel("", self, "secondary", wrap=True)
        self.verdict.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.apply = TextButton(tr("Apply"), self, primary=True)
        self.apply.setAutoDefault(True)
        self.apply.clicked.connect(self._on_apply)
        self.planner = Planner(room, self.asked, self._show, self)
        self.planner.plan()
        room.destroyed.connect(self.close)

    def lay_out(self, controls: QWidget) -> None:
        """The controls above the table."""
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.headline)
        column.addWidget(controls)
        column.addWidget(Framed(self.table, self), 1)
        column.addLayout(self._footer())

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        cancel = TextButton(tr("Cancel"), self)
        cancel.clicked.connect(self.close)
        row.addWidget(self.verdict, 1)
        row.addWidget(cancel)
        row.addWidget(self.apply)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.planner.turn(on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.planner.turn(on=False)

    def plan(self) -> None:
        """Something in the controls is other than it was: what is planned no longer holds."""
        self.apply.setEnabled(False)
        self.planner.plan()

    def is_complete(self) -> bool:
        return self.planner.is_settled

    def _show(self, result: Sequence[Any] | ExpectedError) -> None:
        rows: Sequence[Any] = () if isinstance(result, ExpectedError) else result
        self.model.show(rows)
        words, role = (str(result), "error") if isinstance(result, ExpectedError) else self.judged(rows)
        self.verdict.set_role(role)
        self.verdict.setText(words)
        self.apply.setEnabled(self.planner.is_settled and any(self.changes(row) for row in rows))

    def _on_apply(self) -> None:
        if self.apply.isEnabled() and self.planner.is_settled:
            self.make([row for row in self.model.rows if self.changes(row)])
            self.close()

    # What a dialog says of its own

    def asked(self) -> Callable[[], Sequence[Any]]:
        """What is asked for with the controls as they are; it is called in a thread."""
        raise NotImplementedError

    def changes(self, row: Any) -> bool:
        """Whether a row is more than what is there already."""
        raise NotImplementedError

    def judged(self, rows: Sequence[Any]) -> tuple[str, str]:
        """What is said below the table, and in which colour."""
        raise NotImplementedError

    def make(self, rows: Sequence[Any]) -> None:
        """Do what these rows say."""
        raise NotImplementedError
