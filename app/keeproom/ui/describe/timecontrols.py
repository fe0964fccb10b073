"""The four ways to change dates and times, each as a row of controls that gives the change it stands for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from keeproom.model import CaptureTime
from keeproom.ui.describe.zones import ZoneBox
from keeproom.ui.texts import tr
from keeproom.ui.widgets import CONTROL_PX, PlainLabel

if TYPE_CHECKING:
    from keeproom.library.retiming import TimeChange

DATE_FORMAT = "yyyy-MM-dd  HH:mm:ss"
MOST_DAYS = 100_000
_PARTS = (("days", MOST_DAYS, 86_400), ("hours", 23, 3_600), ("minutes", 59, 60), ("seconds", 59, 1))
KEEPING = (("wall", "Keep the time on the clock"), ("moment", "Keep the moment"))


class Way(QWidget):
    """One way; `changed` says that it stands for another change now."""

    changed = Signal()

    def change(self) -> TimeChange:
        raise NotImplementedError

    def expect(self, captured: CaptureTime | None) -> None:
        """What the first item has, to begin with."""


class SetWay(Way):
    """One date and time for all, or none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QDateTimeEdit(self)
        self.field.setTimeZone(QTimeZone.utc())
        self.field.setMinimumDate(QDate(100, 1, 1))
        self.field.setDisplayFormat(DATE_FORMAT)
        self.field.setCalendarPopup(True)
        self.field.setFixedHeight(CONTROL_PX)
        self.field.setMinimumWidth(200)
        self.field.setAccessibleName(tr("Date and time"))
        self.zone = ZoneBox(self)
        self.none = QCheckBox(tr("No date"), self)
        _row(self, self.field, self.zone, self.none)
        self.field.dateTimeChanged.connect(self.changed)
        self.zone.currentIndexChanged.connect(self.changed)
        self.none.toggled.connect(self._on_none)

    def expect(self, captured: CaptureTime | None) -> None:
        now = datetime.now(UTC).astimezone().replace(tzinfo=None)
        self.show_time(now if captured is None else captured.wall)
        self.zone.choose(None if captured is None else captured.offset_minutes)

    def show_time(self, wall: datetime) -> None:
        date, time = QDate(wall.year, wall.month, wall.day), QTime(wall.hour, wall.minute, wall.second)
        self.field.setDateTime(QDateTime(date, time, QTimeZone.utc()))

    def change(self) -> TimeChange:
        from keeproom.library.retiming import SetTime

        if self.none.isChecked():
            return SetTime(None)
        date, time = self.field.date(), self.field.time()
        text = f"{date.toString(Qt.DateFormat.ISODate)}T{time.toString(Qt.DateFormat.ISODate)}"
        return SetTime(CaptureTime(datetime.fromisoformat(text), self.zone.minutes()))

    def _on_none(self, none: bool) -> None:
        self.field.setEnabled(not none)
        self.zone.setEnabled(not none)
        self.changed.emit()


class ShiftWay(Way):
    """Later or earlier by some days, hours, minutes and seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.direction = QComboBox(self)
        self.direction.addItem(tr("Later by"), 1)
        self.direction.addItem(tr("Earlier by"), -1)
        self.direction.setFixedHeight(CONTROL_PX)
        self.direction.setAccessibleName(tr("Direction"))
        self.direction.currentIndexChanged.connect(self.changed)
        self.parts = {name: self._part(name, most) for name, most, _ in _PARTS}
        _row(self, self.direction, *(widget for name, box in self.parts.items() for widget in (box, _unit(name, self))))

    def change(self) -> TimeChange:
        from keeproom.library.retiming import Shift

        seconds = sum(self.parts[name].value() * each for name, _, each in _PARTS)
        return Shift(seconds * int(self.direction.currentData()))

    def _part(self, name: str, most: int) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(0, most)
        box.setFixedHeight(CONTROL_PX)
        box.setMinimumWidth(70)
        box.setAccessibleName(tr(name.capitalize()))
        box.valueChanged.connect(self.changed)
        return box


class ZoneWay(Way):
    """Another time zone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone = ZoneBox(self)
        self.keep = QComboBox(self)
        for value, text in KEEPING:
            self.keep.addItem(tr(text), value)
        self.keep.setFixedHeight(CONTROL_PX)
        self.keep.setAccessibleName(tr("What stays"))
        _row(self, self.zone, self.keep)
        self.zone.currentIndexChanged.connect(self.changed)
        self.keep.currentIndexChanged.connect(self.changed)

    def expect(self, captured: CaptureTime | None) -> None:
        here = datetime.now(UTC).astimezone().utcoffset()
        minutes = 0 if here is None else round(here.total_seconds() / 60)
        self.zone.choose(minutes if captured is None or captured.offset_minutes is None else captured.offset_minutes)

    def change(self) -> TimeChange:
        from keeproom.library.retiming import SetZone

        return SetZone(self.zone.minutes(), self.keep.currentData())


class NameWay(Way):
    """What the name says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = tr("Date and time are read from names such as IMG_20230514_101500.jpg or 2023-05-14 10.15.00.mp4.")
        _row(self, PlainLabel(words, self, "secondary", wrap=True))

    def change(self) -> TimeChange:
        from keeproom.library.retiming import FromName

        return FromName()


WAYS: tuple[tuple[str, Callable[[QWidget], Way]], ...] = (
    ("Set", SetWay),
    ("Shift", ShiftWay),
    ("Time zone", ZoneWay),
    ("From the name", NameWay),
)


def _unit(name: str, parent: QWidget) -> PlainLabel:
    return PlainLabel(tr(name), parent, "secondary")


def _row(host: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, PlainLabel) and widget.wordWrap() else 0)
    row.addStretch(0 if len(widgets) == 1 else 1)
    column.addLayout(row)
