"""The bar above a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from keeproom.ui.fonts import title_font
from keeproom.ui.texts import plural, tr
from keeproom.ui.viewer.sight import Mode
from keeproom.ui.viewer.topbar import HEIGHT_PX, zoom_button, zoom_words
from keeproom.ui.widgets import Bar, IconButton, PlainLabel, Rule

if TYPE_CHECKING:
    from keeproom.ui.actions.action_set import ActionSet


class Header(Bar):
    """Shows what it is told; what its buttons do stands in the action table."""

    def __init__(self, acts: ActionSet, parent: QWidget) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.BottomEdge, parent)
        title = PlainLabel(tr("Compare"), self)
        title.setFont(title_font(self.font()))
        self._count = PlainLabel("", self, "secondary")
        self._zoom = zoom_button(acts, self)
        self._lock = IconButton.of_action(acts["compare.lock"], self)
        self._full_screen = IconButton.of_action(acts["look.full_screen"], self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 1)
        row.setSpacing(6)
        row.addWidget(IconButton.of_action(acts["view.back"], self, small=False))
        row.addSpacing(4)
        row.addWidget(title)
        row.addWidget(self._count, 1)
        for name in ("look.previous", "look.next"):
            row.addWidget(IconButton.of_action(acts[name], self))
        row.addWidget(Rule(self))
        row.addWidget(IconButton.of_action(acts["look.out"], self))
        row.addWidget(self._zoom)
        row.addWidget(IconButton.of_action(acts["look.in"], self))
        row.addWidget(Rule(self))
        row.addWidget(self._lock)
        for name in ("compare.swap", "compare.flicker"):
            row.addWidget(IconButton.of_action(acts[name], self))
        row.addWidget(Rule(self))
        row.addWidget(self._full_screen)

    def show_count(self, count: int) -> None:
        self._count.setText(plural(count, "%n item", "%n items"))

    def show_zoom(self, mode: Mode, scale: float | None) -> None:
        self._zoom.setText(zoom_words(mode, scale))

    def show_locked(self, *, locked: bool) -> None:
        self._lock.set_icon_name("lock" if locked else "lock-open")

    def show_full_screen(self, *, on: bool) -> None:
        self._full_screen.set_icon_name("minimize" if on else "maximize")
