"""The panels of the window, made when they are first shown, and the way back from each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from keeproom.ui.panel import PanelWidget
from keeproom.ui.panels import PanelRow, panel_row

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

FIRST = "library"


class Pages(QStackedWidget):
    """One panel is in sight. `turned` says that another one is; `chosen_changed` that it has chosen something else."""

    turned = Signal()
    chosen_changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._room: Room | None = None
        self._panels: dict[str, PanelWidget] = {}
        self._way: list[str] = []

    @property
    def name(self) -> str:
        """The name of the panel in sight; empty while the page of a problem is."""
        current = self.currentWidget()
        return next((name for name, panel in self._panels.items() if panel is current), "")

    @property
    def row(self) -> PanelRow | None:
        """The row of the panel in sight."""
        return panel_row(self.name) if self.name else None

    @property
    def front(self) -> PanelWidget:
        """The panel in sight, or the library's while the page of a problem is."""
        return self._panels.get(self.name) or self.panel(FIRST)

    def panel(self, name: str) -> PanelWidget:
        """A panel, made if it has not been shown yet.

        Raises:
            UsageError: there is none of this name.
        """
        if name not in self._panels:
            panel = panel_row(name).create(self._window)
            self._panels[name] = panel
            self.addWidget(panel)
            panel.chosen_changed.connect(lambda: self._on_chosen(panel))
            panel.attach(self._room)
        return self._panels[name]

    def attach(self, room: Room | None) -> None:
        """Another library, or none: every panel made so far follows."""
        self._room = room
        for panel in self._panels.values():
            panel.attach(room)

    def show_panel(self, name: str) -> PanelWidget:
        """Bring a panel into sight; the way back leads to the one that was."""
        before = self.name
        panel = self.panel(name)
        if before != name:
            if name in self._way:
                del self._way[self._way.index(name) :]
            elif before:
                self._way.append(before)
            self._turn_to(panel)
        return panel

    def can_go_back(self) -> bool:
        return bool(self._way)

    def go_back(self) -> None:
        """Bring the panel into sight from which this one was reached."""
        if self._way:
            self._turn_to(self.panel(self._way.pop()))

    def start_over(self) -> None:
        """Another library begins with the first panel."""
        self._way.clear()
        if self.name != FIRST:
            self._turn_to(self.panel(FIRST))

    def _turn_to(self, panel: PanelWidget) -> None:
        before = self._panels.get(self.name)
        self.setCurrentWidget(panel)
        if before is not None:
            before.leave()
        panel.enter()
        panel.focus_first()
        self.turned.emit()
        self.chosen_changed.emit()

    def _on_chosen(self, panel: PanelWidget) -> None:
        if panel is self.currentWidget():
            self.chosen_changed.emit()
