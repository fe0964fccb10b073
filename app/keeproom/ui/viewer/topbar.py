"""The bar above the picture: back, name, place, zoom, and what else can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from keeproom.ui.controls import ElidedLabel
from keeproom.ui.fonts import tabular, title_font
from keeproom.ui.texts import locale, number, tooltip, tr
from keeproom.ui.viewer.sight import Mode
from keeproom.ui.widgets import CONTROL_PX, Bar, IconButton, PlainLabel, Rule

if TYPE_CHECKING:
    from keeproom.ui.actions.action_set import ActionSet

HEIGHT_PX = 44
ZOOM_BUTTON_PX = 84
INSPECTOR = "view.inspector"


class TopBar(Bar):
    """Shows what it is told; what its buttons do stands in the action table."""

    def __init__(self, acts: ActionSet, parent: QWidget) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.BottomEdge, parent)
        self._name = ElidedLabel("", self)
        self._name.setFont(title_font(self.font()))
        self._place = PlainLabel("", self, "secondary")
        self._place.setFont(tabular(self.font()))
        self._zoom = zoom_button(acts, self)
        self._pictures = [self._zoom, *(IconButton.of_action(acts[name], self) for name in ("look.out", "look.in"))]
        self._full_screen = IconButton.of_action(acts["look.full_screen"], self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 1)
        row.setSpacing(6)
        row.addWidget(IconButton.of_action(acts["view.back"], self, small=False))
        row.addSpacing(4)
        row.addWidget(self._name, 1)
        row.addWidget(self._place)
        row.addWidget(Rule(self))
        row.addWidget(self._pictures[1])
        row.addWidget(self._zoom)
        row.addWidget(self._pictures[2])
        row.addWidget(Rule(self))
        row.addWidget(IconButton.of_action(acts["look.filmstrip"], self))
        row.addWidget(IconButton.of_action(acts[INSPECTOR], self))
        row.addWidget(self._full_screen)

    def show_item(self, name: str, index: int, count: int) -> None:
        self._name.setText(name)
        self._name.setToolTip(tooltip(name) if name else "")
        place = tr("{n} of {count}").format(n=number(index + 1), count=number(count))
        self._place.setText(place if count else "")

    def show_zoom(self, mode: Mode, scale: float | None) -> None:
        """The mode and the scale; without a scale there is nothing to zoom."""
        for widget in self._pictures:
            widget.setEnabled(scale is not None)
        self._zoom.setText(zoom_words(mode, scale))

    def show_full_screen(self, *, on: bool) -> None:
        self._full_screen.set_icon_name("minimize" if on else "maximize")

    def text(self) -> str:
        return f"{self._name.text()} {self._place.text()} {self._zoom.text()}"


def zoom_words(mode: Mode, scale: float | None) -> str:
    """`Fit · 23 %`, `100 %`."""
    if scale is None:
        return "–"
    percent = scale * 100
    figure = tr("{percent} %").format(percent=locale().toString(percent, "f", 0 if percent >= 1 else 1))
    prefix = {Mode.FIT: tr("Fit"), Mode.FILL: tr("Fill")}.get(mode)
    return f"{prefix} · {figure}" if prefix else figure


def zoom_button(acts: ActionSet, parent: QWidget) -> QToolButton:
    """A button that tells the zoom and offers the modes."""
    button = QToolButton(parent)
    button.setAutoRaise(True)
    button.setFixedHeight(CONTROL_PX)
    button.setMinimumWidth(ZOOM_BUTTON_PX)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(tr("Zoom"))
    button.setAccessibleName(tr("Zoom"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    menu.addActions([acts[name] for name in ("look.fit", "look.fill", "look.actual")])
    button.setMenu(menu)
    return button
