"""The Activity page as a whole: the steps of the work, what is at work now, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from keeproom.model import Cell, Stage
from keeproom.ui.activity import asking
from keeproom.ui.activity.card import StageCard
from keeproom.ui.activity.figures import Figures, Rate, copying, with_rate
from keeproom.ui.activity.footer import Footer
from keeproom.ui.activity.problems import Problems
from keeproom.ui.activity.tasks import STEPS, TASK_COLUMNS, Task, Watch, copying_task
from keeproom.ui.acts import house, inspecting, reviewing
from keeproom.ui.controls import ActionButton, ElidedLabel, PictureLabel, pause_words
from keeproom.ui.flattable import ROW_PX, FlatDelegate, FlatTable, Framed, RowsModel
from keeproom.ui.fonts import section_font, title_font
from keeproom.ui.pace import Pace
from keeproom.ui.panel import PanelWidget
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import Bar, PlainLabel

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

PACE_MS = 250
"""Four looks a second at the most."""
TICK_MS = 1_000
"""While work goes on it is looked at once a second, also where nothing else tells of news."""
HEAD_PX = 44
TASK_ROWS = 5
ICON_PX = 56
_ICONS = {Stage.PICTURE: "image", Stage.METADATA: "info"}


def create(window: MainWindow) -> ActivityPanel:
    return ActivityPanel(window)


class ActivityPanel(PanelWidget):
    """Follows the queue while it is in sight. All questions are asked off the main thread, one at a time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._room: Room | None = None
        self._last: asking.Snapshot | None = None
        self._rates = {stage: Rate() for stage in Stage}
        self._watch = Watch()
        self._pace = Pace(self._ask, PACE_MS, self)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._pace.nudge)
        self.title = PlainLabel(tr("Activity"), self)
        self.title.setFont(title_font(self.font()))
        self.says = ElidedLabel("", self, "secondary")
        self.pause = ActionButton(window.action_set["import.pause"], self)
        self.copying = StageCard("Copying", "import", self)
        self.cards = {stage: StageCard(STEPS[stage], _ICONS[stage], self) for stage in Stage}
        self.tasks: RowsModel[Task] = RowsModel(TASK_COLUMNS, self)
        self.problems = Problems(self._retry, self._retry_all, self._open, self)
        self.problems.chosen_changed.connect(self.chosen_changed)
        self.problems.table.copied.connect(self._copy)
        self.problems.table.asked_for_menu.connect(self._on_menu)
        self.quiet = _Quiet(self)
        self.footer = Footer(lambda: reviewing.open_log_folder(window), lambda: house.write_report(window), self)
        self._lay_out()
        window.activity.changed.connect(self._on_activity)

    def _lay_out(self) -> None:
        head = Bar(HEAD_PX, Qt.Edge.BottomEdge, self)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addWidget(self.says, 1)
        row.addWidget(self.pause)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in (self.copying, *self.cards.values()):
            cards.addWidget(card, 1)
        self._working = _Section(tr("At work now"), Framed(self._task_table(), self), self)
        self._busy = QWidget(self)
        busy = QVBoxLayout(self._busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.setSpacing(16)
        busy.addWidget(self._working)
        busy.addWidget(self.problems, 1)
        self._space = QWidget(self)
        busy.addWidget(self._space, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._busy)
        self._stack.addWidget(self.quiet)
        page = QWidget(self)
        body = QVBoxLayout(page)
        body.setContentsMargins(16, 16, 16, 16)
        body.setSpacing(16)
        body.addLayout(cards)
        body.addWidget(self._stack, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(page)
        page.setAutoFillBackground(False)  # which a scroll area has just turned on
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.footer)

    def _task_table(self) -> FlatTable:
        table = FlatTable(self.tasks, FlatDelegate(), self)
        table.setAccessibleName(tr("At work now"))
        table.setSelectionMode(FlatTable.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.horizontalHeader().hide()
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._table = table
        return table

    # The page

    def attach(self, room: Room | None) -> None:
        self._room = room
        self._last = None
        self._pace.forget()
        self.problems.show_failures((), 0)
        self.tasks.show(())
        for rate in self._rates.values():
            rate.rest()
        if room is not None:
            self.footer.show_log(asking.log_folder(room.library))
            room.session.queue_progressed.connect(lambda _: self._pace.nudge())
            room.session.import_progressed.connect(lambda _: self._pace.nudge())
            self._pace.nudge()

    def enter(self) -> None:
        self._pace.turn(on=True)
        self._tick.start()
        if self._pace.is_settled:
            self._pace.hurry()

    def leave(self) -> None:
        self._tick.stop()
        self._pace.turn(on=False)

    def is_complete(self) -> bool:
        return self._last is not None and self._pace.is_settled

    def focus_first(self) -> None:
        (self.problems.table if self.problems.count else self.pause).setFocus()

    def chosen_ids(self) -> list[int]:
        return self.problems.chosen_ids()

    def chosen_cells(self) -> list[Cell]:
        return []

    # What is known

    def _ask(self, done: Callable[[], None]) -> None:
        room = self._room
        if room is None:
            done()
            return

        def on_done(snapshot: asking.Snapshot) -> None:
            done()
            if room is self._room:
                self._show(snapshot)

        room.run(lambda: asking.snapshot(room.library), on_done, done)

    def _show(self, snapshot: asking.Snapshot) -> None:
        self._last = snapshot
        for stage, counts in snapshot.stages.items():
            figures = Figures(counts.waiting, counts.running, counts.done, counts.failed)
            self.cards[stage].tell(with_rate(figures, self._rate(stage, figures, snapshot)))
        self.problems.show_failures(snapshot.failures, snapshot.failed)
        self.footer.show_disk(snapshot.disk_free, snapshot.disk_total)
        self._on_activity()

    def _rate(self, stage: Stage, figures: Figures, snapshot: asking.Snapshot) -> float | None:
        rate = self._rates[stage]
        if figures.left and not snapshot.paused:
            rate.count(snapshot.at_s, figures.done + figures.failed)
        else:
            rate.rest()
        return rate.per_minute

    def _on_activity(self) -> None:
        """What the window knows without asking: the import under way, and whether work is paused."""
        activity, last = self._window.activity, self._last
        self.copying.tell(copying(activity.progress))
        self.pause.say(*pause_words(paused=activity.paused))
        if last is None:
            return
        tasks = copying_task(activity.progress) + self._watch.tasks(last.workers, last.at_s)
        tasks = tasks or [Task(tr("Nothing at this moment"), "", "")]
        self.tasks.show(tasks)
        self._table.setFixedHeight(max(1, min(len(tasks), TASK_ROWS)) * ROW_PX)
        at_work = activity.working or last.left > 0
        self._working.setVisible(at_work)
        self.problems.setVisible(last.failed > 0)
        self._space.setVisible(not last.failed)
        self.pause.setVisible(at_work or activity.paused)
        doing = activity.doing()
        self.says.setText(doing.text if doing else tr("Paused") if activity.paused else "")
        self.quiet.tell(paused=activity.paused)
        self._stack.setCurrentWidget(self._busy if at_work or last.failed else self.quiet)

    # What a person does

    def _retry(self) -> None:
        inspecting.retry(self._window, self.chosen_ids())

    def _retry_all(self) -> None:
        reviewing.retry_all(self._window)

    def _open(self, asset: int) -> None:
        self._window.view_items([asset], 0)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.problems.chosen_text())

    def _on_menu(self, place: QPoint) -> None:
        self._window.show_context_menu(place, on_item=bool(self.chosen_ids()))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colours(self.palette()).canvas)


class _Section(QWidget):
    """A heading, and what is under it."""

    def __init__(self, text: str, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        heading = PlainLabel(text.upper(), self, "secondary")
        heading.setFont(section_font(self.font()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(content)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class _Quiet(QWidget):
    """What is said when there is nothing to do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = PictureLabel("circle-check", ICON_PX, "outline", self)
        self._words = PlainLabel("", self, "secondary")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addWidget(self._words)
        column.addStretch(3)

    def tell(self, *, paused: bool) -> None:
        done = tr("Nothing to do. Everything has its preview.")
        self._words.setText(f"{done} {tr('Work is paused.')}" if paused else done)

    def text(self) -> str:
        return self._words.text()
