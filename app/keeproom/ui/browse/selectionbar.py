"""What stands in the header while something is selected: how much it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from keeproom.ui.actions.action_set import ActionSet
from keeproom.ui.actions.rows import Menu
from keeproom.ui.fonts import tabular
from keeproom.ui.texts import plural, size
from keeproom.ui.widgets import IconButton, PlainLabel, Rule

SPACING_PX = 4
_WORDS, _ICONS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
_ORDER = {2: 0, 1: 1, 5: 2, 6: 3, 0: 4}
"""Where the groups of the item menus stand: what one does most comes first, what is for problems last."""


class SelectionBar(QWidget):
    """The count always has its room; buttons have words where they fit, and are left out where not even icons do."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._count, self._size_bytes = 0, 0
        self._offered: tuple[bool, ...] = ()
        self._label = PlainLabel("", self)
        self._label.setFont(tabular(self.font()))
        rows = sorted(actions.rows(Menu.SELECTION_BAR), key=lambda row: _ORDER.get(row[0].group, len(_ORDER)))
        self.buttons = [IconButton.of_action(action, self) for _, action in rows]
        self._clear = IconButton.of_action(actions["select.none"], self)
        self._widths: dict[tuple[IconButton, Qt.ToolButtonStyle], tuple[str, int]] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING_PX)
        row.addWidget(self._label)
        row.addSpacing(SPACING_PX)
        row.addWidget(Rule(self))
        row.addSpacing(SPACING_PX)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._clear)

    def text(self) -> str:
        """What it says of the selection: `✓ 12 selected · 96 MB`."""
        return self._label.text()

    def show_selected(self, selected: int) -> None:
        """So many are selected; the actions say what can be done with them."""
        offered = tuple(button.defaultAction().isEnabled() for button in self.buttons)
        if selected == self._count and offered == self._offered:
            return
        if selected != self._count:
            self._count, self._size_bytes = selected, 0
            self._tell()
        self._offered = offered
        self._fit()

    def show_size(self, size_bytes: int) -> None:
        """How much room they take, once that is known."""
        if size_bytes != self._size_bytes:
            self._size_bytes = size_bytes
            self._tell()
            self._fit()

    def _tell(self) -> None:
        words = "✓ " + plural(self._count, "%n selected", "%n selected")
        self._label.setText(f"{words} · {size(self._size_bytes)}" if self._size_bytes else words)

    def _fit(self) -> None:
        """The last buttons give up their words first; where all have, the last ones go."""
        shown = [place for place, offered in enumerate(self._offered) if offered]
        room_px = self.width() - self._rest_px()
        while shown and self._needed_px(shown, 0) > room_px:
            shown.pop()
        worded = next((many for many in range(len(shown), 0, -1) if self._needed_px(shown, many) <= room_px), 0)
        for place, button in enumerate(self.buttons):
            button.setToolButtonStyle(_WORDS if place in shown[:worded] else _ICONS)
            button.setVisible(place in shown)

    def _rest_px(self) -> int:
        """What the count, the line and the cross take."""
        return self._label.sizeHint().width() + 1 + 6 * SPACING_PX + self._clear.sizeHint().width()

    def _needed_px(self, shown: list[int], worded: int) -> int:
        """How wide these are, the first of them with words."""
        words, icons = shown[:worded], shown[worded:]
        wide_px = sum(self._width(self.buttons[place], _WORDS) for place in words)
        return wide_px + sum(self._width(self.buttons[place], _ICONS) for place in icons) + len(shown) * SPACING_PX

    def _width(self, button: IconButton, style: Qt.ToolButtonStyle) -> int:
        """How wide a button is in a style; measured once for each text."""
        known = self._widths.get((button, style))
        if known is None or known[0] != button.text():
            now = button.toolButtonStyle()
            button.setToolButtonStyle(style)
            known = self._widths[button, style] = button.text(), button.sizeHint().width()
            button.setToolButtonStyle(now)
        return known[1]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widths.clear()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
