"""What every panel is: a widget that knows when it is in sight, and what its actions act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from keeproom.model import Cell

if TYPE_CHECKING:
    from keeproom.ui.grid.ids import Ids
    from keeproom.ui.window.room import Room


class PanelWidget(QWidget):
    """A page of the window. What a panel does not need it leaves as it is here.

    `chosen_changed` says that the item actions have another object.
    """

    chosen_changed = Signal()

    def attach(self, room: Room | None) -> None:
        """A library was opened, or left."""

    def enter(self) -> None:
        """It has come into sight."""

    def leave(self) -> None:
        """It is in sight no more: what plays stops, what is big is let go."""

    def stage(self) -> None:
        """Show something of the library where nobody has chosen anything: for a picture of the panel."""

    def is_complete(self) -> bool:
        """Whether all that is in sight has its final look."""
        return True

    def chosen_count(self) -> int:
        """How many items the item actions act on."""
        return len(self.chosen_ids())

    def chosen_ids(self) -> list[int]:
        """The assets that the item actions act on, in the order shown."""
        return []

    def chosen_array(self) -> Ids | Sequence[int]:
        """The same ids, without a list of a million where everything is chosen."""
        return self.chosen_ids()

    def chosen_cells(self) -> list[Cell]:
        """What is known of them; of very many only some hundreds."""
        return []

    def focus_first(self) -> None:
        """Give the keyboard to what should have it."""
        self.setFocus()
