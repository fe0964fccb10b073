"""Removing the originals of an import: what would go and what stays, and then the work, beside the window's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout

from keeproom.library.control import Control
from keeproom.library.originals import Original, Removed, removable_originals
from keeproom.ui.controls import DangerButton
from keeproom.ui.flattable import RIGHT, Column, FlatDelegate, FlatTable, Framed, RowsModel
from keeproom.ui.fonts import title_font
from keeproom.ui.imports.chips import Chips
from keeproom.ui.imports.words import at_home
from keeproom.ui.texts import join_nonzero, number, plural, size, tr
from keeproom.ui.widgets import PlainLabel, TextButton, tip
from keeproom.ui.window.activity import IMPORTS_PAGE, Doing
from keeproom.ui.window.dialogs import TextDialog
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

WIDTH_PX, HEIGHT_PX = 720, 520
TOLD_EVERY = 16


@dataclass(frozen=True, slots=True)
class Fate:
    """What is to become of originals, as a chip."""

    text: str
    explains: str
    role: str


GO = Fate("Can go", "Kept in the library, and unchanged since", "error")
STAY = Fate("Stay", "Not removed, for the reason given", "outline")

_NAME: Column[Original] = Column("Name", lambda each: each.path.name, 180, 3, 3)
_FOLDER: Column[Original] = Column(
    "Folder", lambda each: at_home(each.path.parent), 160, 4, 1, quiet=True, elide=Qt.TextElideMode.ElideMiddle
)
_SIZE: Column[Original] = Column("Size", lambda each: size(each.size_bytes), 90, 0, 2, RIGHT, quiet=True)
_WHY: Column[Original] = Column("Why", lambda each: each.why_not.message if each.why_not else "", 240, 5, 2, quiet=True)

COLUMNS = {GO: (_NAME, _FOLDER, _SIZE), STAY: (_NAME, _WHY, _FOLDER)}


class RemovalDialog(QDialog):
    """Looks first, without touching a thing; a person decides then. It stands beside the window, never in its way."""

    def __init__(self, window: MainWindow, room: Room, entry: int) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(tr("Remove originals"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._window = window
        self._room = room
        self._control = Control()
        self._originals: dict[Fate, list[Original]] = {GO: [], STAY: []}
        self._title = PlainLabel(tr("Looking at the originals…"), self)
        self._title.setFont(title_font(self.font()))
        self._sum = PlainLabel("", self, wrap=True)
        self._promise = PlainLabel(
            tr(
                "A file is removed only after its copy in the library was read back and proved to be the same. "
                "What is removed cannot be put back by Undo; it can be exported."
            ),
            self,
            "secondary",
            wrap=True,
        )
        self._busy = QProgressBar(self, maximum=0, textVisible=False)
        self._busy.setAccessibleName(tr("Looking at the originals…"))
        self.chips = Chips((GO, STAY), self)
        self.chips.chosen.connect(lambda _fate: self._list())
        self.rows: RowsModel[Original] = RowsModel(COLUMNS[GO], self)
        self.table = FlatTable(self.rows, FlatDelegate(), self)
        self.table.setAccessibleName(tr("Originals"))
        self.cancel = TextButton(tr("Cancel"), self, primary=True)
        self.cancel.setToolTip(tip(tr("Remove nothing"), tr("Esc")))
        self.cancel.clicked.connect(self.reject)
        self.remove = DangerButton(tr("Remove"), self)
        self.remove.setToolTip(tr("Remove those that can go; each is compared with its copy first"))
        self.remove.clicked.connect(self._remove)
        self.remove.setEnabled(False)
        self._lay_out()
        self.cancel.setFocus()
        room.session.run(lambda: removable_originals(room.library, entry, self._control), self._on_seen, self._on_error)
        room.destroyed.connect(self.close)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (self._title, self._sum, self._promise, self._busy, self.chips):
            column.addWidget(widget)
        column.addWidget(Framed(self.table, self), 1)
        column.addSpacing(4)
        column.addLayout(buttons)
        self._sum.hide()
        self.chips.hide()

    def text(self) -> str:
        return f"{self._title.text()}\n{self._sum.text()}"

    @property
    def is_looking(self) -> bool:
        """Whether the list is not known yet."""
        return not self._busy.isHidden()

    def _on_seen(self, originals: Sequence[Original]) -> None:
        if self._control.cancelled:
            return  # closed meanwhile, and perhaps gone
        for original in originals:
            self._originals[STAY if original.why_not else GO].append(original)
        can_go = self._originals[GO]
        self._busy.hide()
        self._title.setText(
            plural(len(can_go), "Remove %n original?", "Remove %n originals?")
            if can_go
            else tr("No original can be removed")
        )
        self._sum.setText(sum_words(can_go, self._originals[STAY]))
        self._sum.show()
        self.remove.setText(plural(len(can_go), "Remove %n original", "Remove %n originals"))
        self.remove.setEnabled(bool(can_go))
        self.remove.setVisible(bool(can_go))
        self.chips.show_counts({fate: len(those) for fate, those in self._originals.items()})
        self.chips.choose(GO if can_go or not self._originals[STAY] else STAY)
        self.chips.setVisible(bool(originals))
        self._list()

    def _list(self) -> None:
        fate = self.chips.part
        self.rows.show_columns(COLUMNS[fate], self._originals[fate])
        self.table.fit_columns()

    def _on_error(self, error: BaseException) -> None:
        if not self._control.cancelled:
            self._window.tell_error(error)
            self.close()

    def _remove(self) -> None:
        Removal(self._window, self._room, self._originals[GO]).start()
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.remove.hasFocus():
            self.reject()  # Enter never removes by accident
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.remove.click()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._control.cancel()
        super().done(result)


def sum_words(can_go: Sequence[Original], stay: Sequence[Original]) -> str:
    """`12.4 GB in 3 folders. 45 stay where they are.`"""
    amount = size(sum(original.size_bytes for original in can_go))
    folders = plural(len({original.path.parent for original in can_go}), "%n folder", "%n folders")
    said = [tr("{amount} in {folders}.").format(amount=amount, folders=folders)] if can_go else []
    if stay:
        said.append(plural(len(stay), "%n stays where it is.", "%n stay where they are."))
    return " ".join(said) or tr("This import has none.")


class Removal(QObject):
    """One removal under way: told in the status line, ended by its cancel button, and by a notice with its balance."""

    def __init__(self, window: MainWindow, room: Room, originals: Sequence[Original]) -> None:
        super().__init__(room)
        self._window = window
        self._room = room
        self._originals = originals
        self._seen = 0
        self._control: Control | None = None

    def start(self) -> None:
        self._control = self._room.session.remove_originals(
            self._originals, self._on_report, self._on_done, self._on_error
        )
        self._tell()

    def _on_report(self, _original: Original) -> None:
        self._seen += 1
        if self._seen % TOLD_EVERY == 0:
            self._tell()

    def _tell(self) -> None:
        total = len(self._originals)
        words = tr("Removing originals: {done} of {total}").format(done=number(self._seen), total=number(total))
        assert self._control is not None
        self._window.activity.show_removal(Doing(words, self._seen / total, IMPORTS_PAGE), self._control.cancel)

    def _on_done(self, removed: Removed) -> None:
        self._window.activity.show_removal(None)
        offers = [Offer("Details", lambda: self._show_stayed(removed.stayed))] if removed.stayed else []
        self._window.notices.tell(removed_words(removed), *offers)
        self.deleteLater()

    def _on_error(self, error: BaseException) -> None:
        self._window.activity.show_removal(None)
        self._window.tell_error(error)
        self.deleteLater()

    def _show_stayed(self, stayed: Sequence[Original]) -> None:
        lines = (f"{at_home(each.path)}\n    {each.why_not.message if each.why_not else ''}" for each in stayed)
        headline = plural(len(stayed), "%n original stayed where it is", "%n originals stayed where they are")
        TextDialog(tr("Remove originals"), headline, "\n".join(lines), self._window).show()


def removed_words(removed: Removed) -> str:
    """`1,902 originals removed, 12.4 GB free. 3 stayed where they are.`"""
    if not removed.removed and not removed.stayed:
        return tr("No original was removed.")
    gone = plural(removed.removed, "%n original removed", "%n originals removed")
    words = f"{gone}, {size(removed.bytes)}." if removed.removed else tr("No original was removed.")
    stayed = join_nonzero(
        (len(removed.stayed), lambda n: plural(n, "%n stayed where it is.", "%n stayed where they are."))
    )
    return f"{words} {stayed}".strip()
