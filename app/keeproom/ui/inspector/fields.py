"""The texts, tags, collections and date of one item or of many, each edited where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from keeproom.model import CaptureTime
from keeproom.ui.describe.flatness import INSET_PX, LINE_PX
from keeproom.ui.describe.shared import Mixed
from keeproom.ui.describe.tagfield import TagField
from keeproom.ui.inspector.collectionchips import CollectionChips
from keeproom.ui.inspector.editable import LineField, TextField
from keeproom.ui.inspector.factlist import GAP_PX, LABEL_PX
from keeproom.ui.inspector.itemwords import taken
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.texts import tr
from keeproom.ui.widgets import IconButton, PlainLabel

if TYPE_CHECKING:
    from keeproom.ui.inspector.described import Described

LINES = {
    "title": ("Title", "Add a title"),
    "place": ("Place", "Add a place"),
    "creator": ("Creator", "Add a creator"),
}


class DateLine(QWidget):
    """When it was taken, with the way to change that."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = WrappedLabel("", self, lines=3)
        self.button = IconButton("calendar-clock", self, small=True)
        self.button.name_it(tr("Date and time…"))
        self.button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(INSET_PX, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(_lowered(self.text), 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def show_time(self, captured: CaptureTime | Mixed | None, span: str = "") -> None:
        """A time, or where they differ from when to when."""
        has_time = isinstance(captured, CaptureTime) or bool(isinstance(captured, Mixed) and span)
        self.text.set_role("text" if has_time else "secondary")
        self.text.setText(_date_words(captured, span))


def _date_words(captured: CaptureTime | Mixed | None, span: str) -> str:
    if isinstance(captured, Mixed):
        return span or tr("Mixed")
    return tr("No date") if captured is None else taken(captured)


class Fields(QWidget):
    """`saved` carries the target, as `Described.ids`, the fact and its text."""

    saved = Signal(object, str, str)
    left = Signal()
    asked_for_date = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target: object = None
        self.lines = {fact: self._line(fact, *words) for fact, words in LINES.items()}
        self.description = TextField(tr("Description"), tr("Add a description"), self)
        self.description.saved.connect(lambda target, text: self.saved.emit(target, "description", text))
        self.description.left.connect(self.left)
        self.tags = TagField(self)
        self.tags.left.connect(self.left)
        self.collections = CollectionChips(self)
        self.date = DateLine(self)
        self.date.asked.connect(lambda: self.asked_for_date.emit(self._target))
        self._lay_out()

    def _line(self, fact: str, name: str, empty: str) -> LineField:
        field = LineField(tr(name), tr(empty), self)
        field.saved.connect(lambda target, text: self.saved.emit(target, fact, text))
        field.left.connect(self.left)
        return field

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._add("Title", self.lines["title"])
        self._add("Description", self.description)
        self._add("Tags", self.tags)
        self._collections_row = self._add("Collections", self.collections)
        self._add("Taken", self.date)
        self._add("Place", self.lines["place"])
        self._add("Creator", self.lines["creator"])

    def _add(self, label: str, field: QWidget) -> QWidget:
        """A label and what it names, side by side."""
        host = QWidget(self)
        name = PlainLabel(tr(label), host, "secondary")
        name.setFixedSize(LABEL_PX, LINE_PX)
        name.setBuddy(field)
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX if field is self.collections else GAP_PX - INSET_PX)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(field, 1)
        self._column.addWidget(host)
        return host

    def show_fields(self, known: Described) -> None:
        """Show what is stated; what was typed for other items is saved for those."""
        self._target = known.ids
        for fact, line in self.lines.items():
            line.load(known.ids, getattr(known, fact))
        self.description.load(known.ids, known.description)
        self.tags.show_tags(known.ids, known.tags)
        self.collections.show_collections(known)
        self._collections_row.setVisible(bool(known.collections))

    def save(self) -> None:
        """Keep what is typed."""
        for line in self.lines.values():
            line.save()
        self.description.save()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.save()


def _lowered(label: QWidget) -> QWidget:
    """A label whose first line stands where that of a field does."""
    host = QWidget()
    column = QVBoxLayout(host)
    column.setContentsMargins(0, (LINE_PX - label.fontMetrics().lineSpacing()) // 2, 0, 4)
    column.addWidget(label)
    return host
