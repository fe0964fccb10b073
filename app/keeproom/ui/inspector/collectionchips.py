"""The collections that items are in, as chips that lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from keeproom.ui.describe.chips import Chip
from keeproom.ui.describe.tagfield import GAP_PX
from keeproom.ui.imports.flow import FlowLayout
from keeproom.ui.texts import plural, tr
from keeproom.ui.widgets import LinkButton

if TYPE_CHECKING:
    from keeproom.ui.inspector.described import CollectionOn, Described

MOST_CHIPS = 30


class CollectionChips(QWidget):
    """`gone_to` carries a collection's id and name, `removed` the target with both: its items are taken out of it."""

    gone_to = Signal(int, str)
    removed = Signal(object, int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target: object = None
        self._those: list[CollectionOn] = []
        self._chips: list[Chip] = []
        self._flow = FlowLayout(self, GAP_PX)
        self._more = LinkButton("", self)
        self._more.setEnabled(False)
        self._flow.addWidget(self._more)
        self.setAccessibleName(tr("Collections"))

    def show_collections(self, known: Described) -> None:
        self._target, self._those = known.ids, list(known.collections)
        shown = self._those[:MOST_CHIPS]
        while len(self._chips) < len(shown):
            self._chips.append(self._made_chip(len(self._chips)))
        for chip, each in zip(self._chips, shown, strict=False):
            chip.show_name(each.name, each.on, verb=tr("Go to this collection"))
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < len(shown))
        rest = len(self._those) - len(shown)
        self._more.setText(plural(rest, "and %n more", "and %n more"))
        self._more.setVisible(rest > 0)
        self._flow.invalidate()
        self.updateGeometry()

    def chips(self) -> list[Chip]:
        return [chip for chip in self._chips if not chip.isHidden()]

    def _made_chip(self, at: int) -> Chip:
        chip = Chip(self)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._flow.removeWidget(self._more)
        self._flow.addWidget(chip)
        self._flow.addWidget(self._more)
        chip.taken.connect(lambda: self.gone_to.emit(self._those[at].id, self._those[at].name))
        chip.removed.connect(lambda: self.removed.emit(self._target, self._those[at].id, self._those[at].name))
        chip.stepped.connect(lambda by: self._step(at + by))
        return chip

    def _step(self, to: int) -> None:
        shown = self.chips()
        if 0 <= to < len(shown):
            shown[to].setFocus(Qt.FocusReason.OtherFocusReason)
