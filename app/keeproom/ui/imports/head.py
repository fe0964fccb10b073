"""The head of one import: when, from where, its bar, its counts as filters, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from keeproom.ui.actions.action_set import ActionSet
from keeproom.ui.controls import ActionButton, ElidedLabel, RoleLabel, pause_words
from keeproom.ui.fonts import tabular, title_font
from keeproom.ui.imports.chips import Chips
from keeproom.ui.imports.parts import (
    NOT_KEPT,
    PARTS,
    PROBLEMS,
    SKIPPED,
    STATES,
    balance_words,
    counts,
    found,
    left_words,
    shares,
    state_words,
)
from keeproom.ui.imports.shares import ShareBar
from keeproom.ui.imports.words import at_home, exact_moment, moment_words
from keeproom.ui.texts import plural, size, time_left, tooltip, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from keeproom.library.imports import ImportRecord

FOLDERS_IN_TIP = 30
MARGIN_PX = 16
UNDER_WAY = frozenset({"running", "paused"})


class Head(QWidget):
    """Shows one import; its buttons are rows of the action table, its chips tell by `chips.chosen`."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel("", self)
        self._title.setFont(title_font(self.font()))
        self._state = RoleLabel("", self, "secondary")
        self._state.setFont(tabular(self.font()))
        self._from = ElidedLabel("", self, "secondary")
        self._bar = ShareBar(self)
        self.chips = Chips(PARTS, self)
        self.pause = ActionButton(actions["import.pause"], self)
        self.cancel = ActionButton(actions["import.cancel"], self, tr("Cancel"))
        self.go_on = ActionButton(actions["imports.continue"], self, tr("Continue"))
        self.retry = ActionButton(actions["imports.retry"], self)
        self.show_in_grid = ActionButton(actions["imports.show"], self)
        self.remove = ActionButton(actions["imports.originals"], self)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addStretch(1)
        self._buttons = (self.pause, self.cancel, self.go_on, self.retry, self.show_in_grid, self.remove)
        for button in self._buttons:
            top.addWidget(button)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._state)
        line.addWidget(self._from, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 12, MARGIN_PX, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(line)
        column.addSpacing(2)
        column.addWidget(self._bar)
        column.addSpacing(2)
        column.addWidget(self.chips)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_record(self, record: ImportRecord, doing: str = "") -> None:
        """Say how an import stands; `doing` is what the status line says of it, while it runs."""
        running = record.state in UNDER_WAY
        self._title.setText(moment_words(record.started_at))
        self._title.setToolTip(tooltip(exact_moment(record.started_at)))
        self._state.set_role(STATES[record.state].role)
        self._state.setText(doing or state_words(record))
        self._state.setVisible(bool(self._state.text()))
        self._from.setText(from_words(record))
        self._from.setToolTip(tooltip("\n".join(at_home(folder) for folder in record.folders[:FOLDERS_IN_TIP])))
        words = ", ".join(part for part in (balance_words(record), left_words(record)) if part)
        self._bar.show_shares(shares(record), found(record), words)
        self._bar.setToolTip(words)
        self.chips.show_counts(counts(record))
        self.pause.say(*pause_words(paused=record.state == "paused"))
        self.pause.setVisible(running)
        self.cancel.setVisible(running)
        self.go_on.setVisible(record.state == "interrupted" or is_cut_short(record))
        self.retry.setVisible(PROBLEMS.count(record) + NOT_KEPT.count(record) > 0)
        self.remove.setVisible(not running)
        self._fit()

    def text(self) -> str:
        return f"{self._title.text()} {self._state.text()}\n{self._from.text()}"

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), those.panel)
        painter.fillRect(0, self.height() - 1, self.width(), 1, those.separator)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out the buttons' words where they would take the room of the title."""
        shown = [button for button in self._buttons if not button.isHidden()]
        needed = self._title.sizeHint().width() + sum(button.full_width() + 8 for button in shown)
        for button in self._buttons:
            button.set_compact(needed > self.width() - 2 * MARGIN_PX)


def is_cut_short(record: ImportRecord) -> bool:
    """Whether it was cancelled, and may have left files that can still be imported."""
    return record.state == "cancelled" and SKIPPED.count(record) > 0


def from_words(record: ImportRecord) -> str:
    """`20,000 files, 61.2 GB, from ~/Pictures/Rome, ~/DCIM · took 9 min`"""
    files = plural(found(record), "%n file", "%n files")
    amount = f"{files}, {size(record.bytes)}" if record.bytes else files
    folders = ", ".join(at_home(folder) for folder in record.folders)
    words = tr("{amount} from {folders}").format(amount=amount, folders=folders) if folders else amount
    if record.ended_at is None:
        return words
    took = time_left((record.ended_at - record.started_at).total_seconds())
    return f"{words} · {tr('took {time}').format(time=took)}"
