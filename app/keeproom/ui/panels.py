"""The panels of the window: a panel is one folder and one row."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keeproom.errors import UsageError
from keeproom.ui.panel import PanelWidget

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow


@dataclass(frozen=True, slots=True)
class PanelRow:
    """`name` is what `shot` calls it; the module has `create(window) -> PanelWidget`, imported when it is first shown.

    `sidebar` and `inspector` tell whether these stay beside it.
    """

    name: str
    module: str
    sidebar: bool = True
    inspector: bool = True

    def create(self, window: MainWindow) -> PanelWidget:
        widget: PanelWidget = importlib.import_module(self.module).create(window)
        return widget


PANELS = (
    PanelRow("library", "keeproom.ui.browse.panel"),
    PanelRow("viewer", "keeproom.ui.viewer.panel", sidebar=False),
    PanelRow("compare", "keeproom.ui.compare.panel", sidebar=False, inspector=False),
    PanelRow("imports", "keeproom.ui.imports.panel", inspector=False),
    PanelRow("activity", "keeproom.ui.activity.panel", inspector=False),
    PanelRow("tags", "keeproom.ui.tags.panel", inspector=False),
)


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
