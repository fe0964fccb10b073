"""What can be done now, from all that decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keeproom.model import Kind
from keeproom.ui.actions.rows import Situation
from keeproom.ui.acts.collecting import shown_collection
from keeproom.ui.status import IN_TROUBLE

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow

PLAYABLE = (Kind.VIDEO, Kind.AUDIO)


def situation_of(window: MainWindow) -> Situation:
    """The situation of a window at this moment; of very many chosen items some hundreds are looked at."""
    cells = window.chosen_cells()
    return Situation(
        open=window.room is not None,
        panel=window.pages.name,
        items=window.grid.count(),
        selected=window.front.chosen_count(),
        images=sum(cell.kind == Kind.IMAGE for cell in cells),
        playable=sum(cell.kind in PLAYABLE for cell in cells),
        in_trouble=sum(cell.status in IN_TROUBLE for cell in cells),
        importing=window.activity.can_cancel,
        working=window.activity.working or window.activity.paused,
        notices=len(window.notices.shown()) + (not window.error_bar.isHidden()),
        can_go_back=window.pages.can_go_back(),
        ratings=frozenset(cell.rating for cell in cells),
        labels=frozenset(cell.label for cell in cells),
        flags=frozenset(cell.flag for cell in cells),
        in_collection=shown_collection(window) is not None,
        grouped=sum(cell.stack is not None for cell in cells),
        trashed=window.shelf.place.trashed,
        ordered=window.grid.is_reorderable(),
    )
