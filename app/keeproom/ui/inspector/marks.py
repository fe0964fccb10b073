"""Stars, flags, labels and which side is up: what is set by a click, of one item or of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from keeproom.ui.describe.labels import Flags, LabelDots
from keeproom.ui.describe.stars import Stars
from keeproom.ui.texts import tr
from keeproom.ui.widgets import IconButton

if TYPE_CHECKING:
    from keeproom.ui.inspector.described import Described

_TURNS = ((-1, "rotate-ccw-square", "Rotate left", "Ctrl+["), (1, "rotate-cw-square", "Rotate right", "Ctrl+]"))


class Marks(QWidget):
    """Signals carry the target, as `Described.ids`, and what a person wants of it."""

    rated = Signal(object, int)
    labelled = Signal(object, object)
    flagged = Signal(object, object)
    turned = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target: object = None
        self.stars, self.dots, self.flags = Stars(self), LabelDots(self), Flags(self)
        self.turns = [self._turn_button(*row) for row in _TURNS]
        self.stars.rated.connect(lambda stars: self.rated.emit(self._target, stars))
        self.dots.labelled.connect(lambda label: self.labelled.emit(self._target, label))
        self.flags.flagged.connect(lambda flag: self.flagged.emit(self._target, flag))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(_row([self.stars], [self.flags]))
        column.addLayout(_row([self.dots], self.turns))

    def show_marks(self, known: Described) -> None:
        self._target = known.ids
        self.stars.show_rating(known.rating)
        self.dots.show_label(known.label)
        self.flags.show_flag(known.flag)

    def _turn_button(self, quarters: int, icon: str, text: str, keys: str) -> IconButton:
        button = IconButton(icon, self, small=True)
        button.name_it(tr(text), keys)
        button.clicked.connect(lambda: self.turned.emit(self._target, quarters))
        return button


def _row(left: list[QWidget], right: list[IconButton] | list[Flags]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    for widget in left:
        row.addWidget(widget)
    row.addStretch(1)
    for button in right:
        row.addWidget(button)
    return row
