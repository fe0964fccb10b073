"""The quick filters as chips, in a sheet below the field."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from keeproom.ui.fonts import section_font
from keeproom.ui.imports.flow import FlowLayout
from keeproom.ui.search.filterchip import CHIP_PX, FilterChip
from keeproom.ui.search.filters import SECTIONS, TO_JUDGE, Quick, count_of
from keeproom.ui.search.sheet import Sheet
from keeproom.ui.texts import tr
from keeproom.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts

GAP_PX = 6
WIDTH_PX = 560
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterSheet(Sheet):
    """`wanted` carries the filters that a person switched; `left` says that they are done."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor, WIDTH_PX)
        self.setAccessibleName(tr("Filters"))
        self.chips: dict[tuple[Quick, ...], FilterChip] = {}
        self._rows: list[tuple[QWidget, FlowLayout]] = []
        self._headings = 0
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        judge = self._chip(TO_JUDGE, tr("Still to judge: unrated and unflagged"))
        grid.addWidget(judge, 0, 1, Qt.AlignmentFlag.AlignLeft)
        for line, section in enumerate(SECTIONS, 1):
            heading = PlainLabel(tr(section.text).upper(), self, "secondary")
            heading.setFont(section_font(self.font()))
            heading.setFixedHeight(CHIP_PX)
            self._headings = max(self._headings, heading.sizeHint().width())
            grid.addWidget(heading, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._row(section.rows), line, 1)

    def _row(self, rows: Sequence[Quick]) -> QWidget:
        host = QWidget(self)
        flow = FlowLayout(host, GAP_PX)
        for quick in rows:
            flow.addWidget(self._chip((quick,), quick.text, host))
        self._rows.append((host, flow))
        return host

    def wanted_height(self, width: int) -> int:
        """Its rows are as high as their chips need lines at this width."""
        margins = self._grid.contentsMargins()
        room = width - margins.left() - margins.right() - self._grid.horizontalSpacing() - self._headings
        for host, flow in self._rows:
            host.setFixedHeight(flow.heightForWidth(room))
        self._grid.invalidate()
        return self._grid.sizeHint().height()

    def _chip(self, wanted: tuple[Quick, ...], text: str, parent: QWidget | None = None) -> FilterChip:
        first = wanted[0] if len(wanted) == 1 else None
        explains, label = (first.explains, first.label) if first is not None else ("", "")
        chip = FilterChip(text, parent or self, explains, label)
        chip.clicked.connect(lambda: self.wanted.emit(wanted))
        self.chips[wanted] = chip
        return chip

    def show_held(self, held: Collection[Quick]) -> None:
        """Mark the filters that the query asks for."""
        for wanted, chip in self.chips.items():
            chip.setChecked(all(quick in held for quick in wanted))

    def show_counts(self, counts: SidebarCounts | None) -> None:
        """Tell how many each would leave of what is found now."""
        for wanted, chip in self.chips.items():
            if len(wanted) == 1:
                chip.show_count(None if counts is None else count_of(wanted[0], counts))
        if not self.isHidden():
            self.place()

    def enter(self) -> None:
        """Open it, and give it the keyboard."""
        self.open()
        on = [chip for chip in self.chips.values() if chip.isChecked()]
        (on or list(self.chips.values()))[0].setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        return any(chip.hasFocus() for chip in self.chips.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _TAKING and self.has_focus():
            next(chip for chip in self.chips.values() if chip.hasFocus()).click()
        elif key in _STEPS:
            self._step(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        chips = list(self.chips.values())
        here = next((place for place, chip in enumerate(chips) if chip.hasFocus()), 0)
        chips[(here + by) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
