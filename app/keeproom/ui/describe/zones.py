"""Time zones as a list to choose from: offsets from UTC, as cameras write them."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from keeproom.ui.inspector.itemwords import offset
from keeproom.ui.texts import tr
from keeproom.ui.widgets import CONTROL_PX

_ODD_MINUTES = (-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765)
"""Offsets in use that are no whole hours (tz database)."""
OFFSETS = tuple(sorted((*range(-720, 841, 60), *_ODD_MINUTES)))


class ZoneBox(QComboBox):
    """An offset in minutes, or that none is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(CONTROL_PX)
        self.setAccessibleName(tr("Time zone"))
        self.setMaxVisibleItems(16)
        self.addItem(tr("Unknown time zone"), None)
        for minutes in OFFSETS:
            self.addItem(offset(minutes), minutes)

    def minutes(self) -> int | None:
        value = self.currentData()
        return None if value is None else int(value)

    def choose(self, minutes: int | None) -> None:
        """Choose an offset; one that no zone has is added."""
        at = 0 if minutes is None else self.findData(minutes)
        if at < 0:
            self.addItem(offset(minutes or 0), minutes)
            at = self.count() - 1
        self.setCurrentIndex(at)
