"""The panels of the window: a panel is one folder and one row."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from keeproom.errors import UsageError

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow


class Panel(Protocol):
    """What the window needs of a panel, besides that it is a widget."""

    def is_complete(self) -> bool:
        """Whether all that is in sight has its final look."""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """`name` is what `shot` calls it; the module has `create(window) -> QWidget`, imported when it is first shown."""

    name: str
    module: str

    def create(self, window: MainWindow) -> QWidget:
        widget: QWidget = importlib.import_module(self.module).create(window)
        return widget


PANELS = (PanelRow("library", "keeproom.ui.browse.panel"),)


def panel_row(name: str) -> PanelRow:
    """The panel of a name.

    Raises:
        UsageError: there is none; the message lists those that are.
    """
    for row in PANELS:
        if row.name == name:
            return row
    known = ", ".join(row.name for row in PANELS)
    raise UsageError(f"There is no panel named {name!r}. There are: {known}.")
