"""What is said of one file of an import, and the columns that say it: a row a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from keeproom.model import ItemState, Outcome, Status
from keeproom.ui.flattable import RIGHT, Column
from keeproom.ui.imports.words import at_home
from keeproom.ui.status import IN_TROUBLE, STATUSES
from keeproom.ui.texts import locale, printable, size, tr

if TYPE_CHECKING:
    from keeproom.library.imports import ImportItem

IN_TRASH = "in-trash"
ADDED = "Added"
KEPT_WITHOUT_PREVIEW = "Kept, but no preview"


@dataclass(frozen=True, slots=True)
class Said:
    """One file in words; `state` is what its badge tells."""

    path: Path
    name: str
    folder: str
    state: Status | ItemState
    outcome: str
    why: str
    size: str

    @property
    def whole(self) -> str:
        """All of it in lines, as for the clipboard."""
        return "\n".join(part for part in (at_home(self.path), self.outcome, self.why) if part)


COLUMNS: tuple[Column[Said], ...] = (
    Column("Name", lambda said: said.name, 150, 3, 4),
    Column("What became of it", lambda said: said.outcome, 208, 1, 3),
    Column("Why", lambda said: said.why, 260, 5, 2, quiet=True),
    Column("Folder", lambda said: said.folder, 110, 3, 0, quiet=True, elide=Qt.TextElideMode.ElideMiddle),
    Column("Size", lambda said: said.size, 84, 0, 1, RIGHT, quiet=True),
)
OUTCOME = 1


def state_of(item: ImportItem) -> Status | ItemState:
    """What the badge of a file tells."""
    if item.outcome is None:
        return ItemState.WAITING
    if item.outcome is Outcome.DUPLICATE:
        in_trash = item.reason is not None and item.reason.code == IN_TRASH
        return ItemState.IN_TRASH if in_trash else ItemState.ALREADY_HERE
    if item.outcome is Outcome.IMPORTED:
        return item.status or Status.READY
    return ItemState.NOT_IMPORTED if item.outcome is Outcome.FAILED else ItemState.SKIPPED


def said(item: ImportItem, fraction: float | None = None, roots: Sequence[str] = ()) -> Said:
    """A file in words; `fraction` says how much of it is copied by now, where it is in hand.

    Its folder is told from the one of `roots` on through which it was found.
    """
    state = state_of(item)
    if state is ItemState.WAITING and fraction is not None:
        state = ItemState.COPYING
    return Said(
        name=printable(item.path.name),
        path=item.path,
        folder=_short_folder(item.path.parent, roots),
        state=state,
        outcome=_outcome_words(state, fraction),
        why=why(item),
        size=size(item.size_bytes) if item.size_bytes else "",
    )


def _short_folder(folder: Path, roots: Sequence[str]) -> str:
    """`Rome/evening` for what was imported with the folder `Rome`."""
    for root in roots:
        if folder.is_relative_to(root):
            return printable(str(folder.relative_to(Path(root).parent)))
    return at_home(folder)


def _outcome_words(state: Status | ItemState, fraction: float | None) -> str:
    if state is ItemState.COPYING and fraction is not None:
        return tr("Copying, {percent} %").format(percent=locale().toString(round(fraction * 100)))
    return tr(ADDED) if state is Status.READY else tr(STATUSES[state].text)


def why(item: ImportItem) -> str:
    """The reason in words: of what was not kept, of what stayed where it was, or of what has no preview."""
    if item.reason is not None:
        return item.reason.message
    return item.error or "" if item.status in IN_TROUBLE else ""


def as_text(item: ImportItem) -> str:
    """One line for the clipboard or a file: path, outcome, reason, parted by tabs."""
    words = said(item)
    return "\t".join((str(item.path), words.outcome, words.why))
