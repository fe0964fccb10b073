"""The tags of one item or of many: chips, a field that completes what is typed, and the tags used last.

Everything works by keyboard. In the field: Enter takes the marked suggestion, a comma what is typed, Up and Down mark
another, Tab completes without taking; Backspace or Left in front of the text go to the chips. On a chip: Delete takes
it off, Enter puts it on all, the arrows go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from keeproom.ui.describe.chips import Chip
from keeproom.ui.describe.flatness import INSET_PX
from keeproom.ui.describe.floating import Floating
from keeproom.ui.describe.suggesting import MOST_SHOWN, KnownTag, Suggestion, cleaned, folded, parted, suggest
from keeproom.ui.describe.suggestionlist import SuggestionList
from keeproom.ui.describe.tagline import TagLine
from keeproom.ui.imports.flow import FlowLayout
from keeproom.ui.texts import plural, tr
from keeproom.ui.widgets import LinkButton

FIRST_CHIPS = 30
FIRST_NARROW = 12
MORE_CHIPS = 100
GAP_PX = 4


@dataclass(frozen=True, slots=True)
class TagOn:
    """A tag of what is shown; `on` tells how many items have it where not all do."""

    name: str
    on: int | None = None


class TagField(QWidget):
    """`added` and `removed` carry the target and names; `finished` says that Ctrl+Enter was pressed, or Enter with
    nothing typed; `left` that a person is done; `wanted` that the tags there are should be known now.

    `inline` has the suggestions in the field's own column, and the tags used last as chips; else both are in a list
    that lies over what is below the field while it has the keyboard.
    """

    added = Signal(object, list)
    removed = Signal(object, list)
    finished = Signal()
    left = Signal()
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, inline: bool = False) -> None:
        super().__init__(parent)
        self._inline = inline
        self._target: object = None
        self._tags: list[TagOn] = []
        self._known: Sequence[KnownTag] = ()
        self._recent: Sequence[str] = ()
        self.first_chips = FIRST_CHIPS if inline else FIRST_NARROW
        self._shown = self.first_chips
        self._chips: list[Chip] = []
        self._recent_chips: list[Chip] = []
        self.line = TagLine(self, flat=not inline)
        self.list = SuggestionList(self)
        self.more = LinkButton("", self)
        self._lay_out()
        self._connect()
        self._show_chips()
        self._show_recent()
        self._show_suggestions()

    def _lay_out(self) -> None:
        self._chip_host, self._recent_host = QWidget(self), QWidget(self)
        self._flow = FlowLayout(self._chip_host, GAP_PX)
        self._recent_flow = FlowLayout(self._recent_host, GAP_PX)
        self._flow.addWidget(self.more)
        self._floating = Floating(self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        chips = QVBoxLayout()
        chips.setContentsMargins(0 if self._inline else INSET_PX, 0, 0, 0)
        chips.addWidget(self._chip_host)
        column.addLayout(chips)
        column.addWidget(self.line)
        column.addWidget(self._recent_host)
        if self._inline:
            column.addWidget(self.list)
        else:
            self._floating.hold(self.list)

    def _connect(self) -> None:
        self.more.clicked.connect(self._show_more)
        self.line.textEdited.connect(self._on_edited)
        self.line.taken.connect(self._on_taken)
        self.line.stepped.connect(self.list.step)
        self.line.completed.connect(self._complete)
        self.line.backed.connect(lambda: self._go_to_chip(len(self._chips) - 1))
        self.line.left.connect(self.left)
        self.line.entered.connect(self._on_entered)
        self.line.exited.connect(self._floating.hide)
        self.list.chosen.connect(self._take)

    # What it shows

    def show_tags(self, target: object, tags: Iterable[TagOn]) -> None:
        """The tags of a target; what is typed stays."""
        fresh = sorted(tags, key=lambda tag: (tag.on is not None, folded(tag.name)))
        if target != self._target:
            self._shown = self.first_chips
        self._target = target
        if fresh != self._tags:
            self._tags = fresh
            self._show_chips()
            self._show_recent()

    def set_known(self, known: Sequence[KnownTag], recent: Sequence[str]) -> None:
        """The tags that there are, and those used last."""
        self._known, self._recent = known, recent
        self._show_recent()
        self._show_suggestions()

    def height_for(self, width: int) -> int:
        """How high it is at this width."""
        self._column.activate()
        if not self._column.hasHeightForWidth():  # no chips
            return self._column.totalSizeHint().height()
        return self._column.totalHeightForWidth(width)

    def tags(self) -> list[TagOn]:
        return list(self._tags)

    def chips(self) -> list[Chip]:
        """The chips in sight."""
        return [chip for chip in self._chips if not chip.isHidden()]

    def recent_chips(self) -> list[Chip]:
        return [chip for chip in self._recent_chips if not chip.isHidden()]

    def _show_chips(self) -> None:
        shown = self._tags[: self._shown]
        while len(self._chips) < len(shown):
            self._chips.append(self._made_chip(len(self._chips)))
        for chip, tag in zip(self._chips, shown, strict=False):
            chip.show_name(tag.name, tag.on)
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < len(shown))
        rest = len(self._tags) - len(shown)
        self.more.setText(plural(rest, "and %n more", "and %n more"))
        self.more.setVisible(rest > 0)
        self._chip_host.setVisible(bool(self._tags))
        self._flow.invalidate()
        self._chip_host.updateGeometry()

    def _made_chip(self, at: int) -> Chip:
        chip = Chip(self._chip_host)
        self._flow.removeWidget(self.more)
        self._flow.addWidget(chip)
        self._flow.addWidget(self.more)
        chip.removed.connect(lambda: self._remove(chip, at))
        chip.taken.connect(lambda: self._put_on_all(chip))
        chip.stepped.connect(lambda by: self._go_to_chip(at + by))
        chip.left.connect(lambda: self.line.setFocus(Qt.FocusReason.OtherFocusReason))
        return chip

    def _show_more(self) -> None:
        self._shown += MORE_CHIPS
        self._show_chips()

    def _show_recent(self) -> None:
        names = self._unused() if self._inline and not self.line.text() else []
        while len(self._recent_chips) < len(names):
            chip = Chip(self._recent_host)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.taken.connect(lambda chip=chip: self._add([chip.name]))
            self._recent_flow.addWidget(chip)
            self._recent_chips.append(chip)
        for chip, name in zip(self._recent_chips, names, strict=False):
            chip.show_name(name, crossed=False, offered=True, verb=tr("Add this tag"))
        for at, chip in enumerate(self._recent_chips):
            chip.setVisible(at < len(names))
        self._recent_host.setVisible(bool(names))
        self._recent_host.updateGeometry()

    def _unused(self) -> list[str]:
        """The tags used last that are not on all."""
        taken = self._on_all()
        return [name for name in self._recent if folded(name) not in taken]

    def _on_all(self) -> set[str]:
        return {folded(tag.name) for tag in self._tags if tag.on is None}

    # What is typed

    def _on_entered(self) -> None:
        self.wanted.emit()
        self._show_suggestions()

    def _on_edited(self, text: str) -> None:
        if "," in text or len(parted(text)) > 1:
            self._add(parted(text))
            self.line.clear()
        self._show_suggestions()

    def _show_suggestions(self) -> None:
        found = suggest(self._known, self.line.text(), self._on_all())
        if not self._inline and not self.line.text():
            found = [Suggestion(name) for name in self._unused()[:MOST_SHOWN]]
        self.list.show_suggestions(found, marked=bool(self.line.text()))
        if self._inline:
            self._show_recent()
            self.list.setFixedHeight(self.list.height_wanted() if found else 0)
            self.list.setVisible(bool(found))
        else:
            self._floating.show_under(self.line, bool(found) and self.line.hasFocus())

    def _complete(self) -> None:
        """Write the marked suggestion into the field."""
        marked = self.list.current()
        if marked is not None:
            self.line.setText(marked.name)
            self._show_suggestions()

    def _on_taken(self, finishes: bool) -> None:
        marked, typed = self.list.current(), cleaned(self.line.text())
        if marked is not None:
            self._take(marked)
        elif typed:  # it is on all of them already
            self.line.clear()
            self._show_suggestions()
        if finishes or not typed:
            self.finished.emit()

    def _take(self, suggestion: Suggestion) -> None:
        self.line.clear()
        self._add([suggestion.name])
        self._show_suggestions()

    # What changes

    def _add(self, names: Sequence[str]) -> None:
        """Put tags on all; they are shown at once, before the library has them."""
        on_all = self._on_all()
        fresh = [name for name in names if folded(name) not in on_all]
        if fresh:
            keys = {folded(name) for name in fresh}
            kept = [tag for tag in self._tags if folded(tag.name) not in keys]
            spelt = {tag.key: tag.name for tag in self._known if tag.key in keys}
            self.show_tags(self._target, [*kept, *(TagOn(spelt.get(folded(name), name)) for name in fresh)])
            self.added.emit(self._target, list(fresh))

    def _put_on_all(self, chip: Chip) -> None:
        if not chip.is_on_all():
            self._add([chip.name])

    def _remove(self, chip: Chip, at: int) -> None:
        name, had_focus = chip.name, chip.hasFocus()
        self.show_tags(self._target, [tag for tag in self._tags if tag.name != name])
        if had_focus:
            self._go_to_chip(min(at, len(self.chips()) - 1))
        self.removed.emit(self._target, [name])

    def _go_to_chip(self, at: int) -> None:
        """Give a chip the keyboard; beyond the last one stands the field."""
        shown = self.chips()
        target = shown[max(0, at)] if shown and at < len(shown) else self.line
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._floating.hide()
