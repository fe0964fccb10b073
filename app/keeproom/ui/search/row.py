"""The inside of the field: chips, the line that is typed in, chips; what has no room is scrolled to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from keeproom.ui.search.chip import Chip
from keeproom.ui.search.draft import Item
from keeproom.ui.search.edit import Keys, SearchEdit
from keeproom.ui.widgets import PlainLabel

GAP_PX = 4
LEAST_TYPED_PX = 120
STEP_PX = 48


class Row(QScrollArea):
    """Carries what a chip wants: `opened` and `removed` its item, `wrote` and so on what it has no use for itself."""

    opened = Signal(object)
    removed = Signal(object, bool)
    wrote = Signal(str)
    asked_for_all = Signal()
    left = Signal()

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = SearchEdit(keys)
        self._before: list[QWidget] = []
        self._after: list[QWidget] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._host = QWidget()
        self._line = QHBoxLayout(self._host)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP_PX)
        self._line.addWidget(self.edit, 1)
        self._line.addStretch(0)
        self.setWidget(self._host)
        for each in (self, self.viewport(), self._host):
            each.setBackgroundRole(QPalette.ColorRole.NoRole)
            each.setAutoFillBackground(False)
        self._see_soon = QTimer(self, singleShot=True, interval=0)
        self._see_soon.timeout.connect(self.see_edit)
        self.edit.textChanged.connect(self._fit)

    # What stands there

    def show_items(self, before: Sequence[Item], after: Sequence[Item]) -> None:
        """Show these pieces on both sides of what is typed; those that stay are left alone."""
        self._before = self._side(self._before, before, 0)
        self._after = self._side(self._after, after, len(before) + 1)
        self._fit()
        self._see_soon.start()

    def _side(self, there: list[QWidget], wanted: Sequence[Item], offset: int) -> list[QWidget]:
        same = [_item_of(widget) for widget in there] == list(wanted)
        if same:
            return there
        had_focus = any(widget.hasFocus() for widget in there)
        for widget in there:
            self._line.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        made = [self._made(item) for item in wanted]
        for place, widget in enumerate(made):
            self._line.insertWidget(offset + place, widget)
            widget.show()
        if had_focus:
            self.edit.setFocus()
        return made

    def _made(self, item: Item) -> QWidget:
        if not item.is_chip:
            label = PlainLabel(item.label, self._host, "secondary")
            label.setProperty("item", item)
            return label
        chip = Chip(item, self._host)
        chip.opened.connect(lambda: self.opened.emit(item))
        chip.removed.connect(lambda back: self.removed.emit(item, back))
        chip.stepped.connect(lambda by: self._step(chip, by))
        chip.ended.connect(self.go_to_end)
        chip.wrote.connect(self.wrote)
        chip.asked_for_all.connect(self.asked_for_all)
        chip.left.connect(self.left)
        return chip

    def chips(self) -> list[Chip]:
        """All chips, from left to right."""
        return self.chips_before() + self.chips_after()

    def chips_before(self) -> list[Chip]:
        return [widget for widget in self._before if isinstance(widget, Chip)]

    def chips_after(self) -> list[Chip]:
        return [widget for widget in self._after if isinstance(widget, Chip)]

    # Walking

    def step_from_edit(self, by: int) -> bool:
        """Go to the chip beside what is typed; whether there is one."""
        side = self.chips_before() if by < 0 else self.chips_after()
        if side:
            self.go_to(side[-1] if by < 0 else side[0])
        return bool(side)

    def go_to_end(self, side: int) -> None:
        """Go to the first thing or the last."""
        chips = self.chips_before() if side < 0 else self.chips_after()
        if chips:
            self.go_to(chips[0] if side < 0 else chips[-1])
        else:
            self.edit.setFocus()
            self.edit.home(False) if side < 0 else self.edit.end(False)
            self.see_edit()

    def go_to(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(widget, GAP_PX, 0)

    def _step(self, chip: Chip, by: int) -> None:
        stops: list[QWidget] = [*self.chips_before(), self.edit, *self.chips_after()]
        place = stops.index(chip) + by
        if not 0 <= place < len(stops):
            return
        self.go_to(stops[place])
        if stops[place] is self.edit:
            self.edit.end(False) if by < 0 else self.edit.home(False)

    # Room

    def _fit(self) -> None:
        """What is typed has all the room behind it, unless chips stand there."""
        text = self.edit.text_width() if len(self.edit.text()) <= 500 else 4 * LEAST_TYPED_PX
        if self._after:
            self.edit.setFixedWidth(max(24, min(text, 4 * LEAST_TYPED_PX)))
        else:
            self.edit.setMinimumWidth(min(max(LEAST_TYPED_PX, text), max(LEAST_TYPED_PX, self.width() * 2 // 3)))
            self.edit.setMaximumWidth(16_777_215)
        self._line.setStretchFactor(self.edit, 0 if self._after else 1)
        self._line.setStretch(self._line.count() - 1, 1 if self._after else 0)

    def see_edit(self) -> None:
        """Bring what is typed into sight, if nobody walks among the chips."""
        if not any(chip.hasFocus() for chip in self.chips()):
            self.ensureWidgetVisible(self.edit, 0, 0)

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self._fit()
        self._see_soon.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (STEP_PX if turned > 0 else -STEP_PX))


def _item_of(widget: QWidget) -> Item | None:
    return widget.item if isinstance(widget, Chip) else widget.property("item")
