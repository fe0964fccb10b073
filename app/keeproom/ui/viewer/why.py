"""What stands on the canvas in place of a picture: what it is, why it is not shown, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from keeproom.model import Cell, ItemState, Kind, Status
from keeproom.ui import icons
from keeproom.ui.fonts import title_font
from keeproom.ui.status import KINDS, STATUSES
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import DARK
from keeproom.ui.widgets import PlainLabel, TextButton

L = TypeVar("L", bound=QLabel)
ICON_PX = 64
WIDTH_PX = 520

REASONS: Mapping[Status | ItemState, str] = {
    Status.DAMAGED: "The stored file is not what was put in, so it is not shown. What is known of it is safe.",
    Status.MISSING: "The stored file is gone. What is known of it is safe.",
    Status.FAILED: "No preview could be made of it. The file itself is kept, as it came.",
    ItemState.NOT_IMPORTED: "It was not taken into the library.",
    ItemState.SKIPPED: "It was left out.",
    ItemState.WAITING: "It has not been copied yet.",
    ItemState.COPYING: "It is being copied.",
}
"""What is said where nothing more is known."""

NOTHING_TO_SHOW = frozenset(REASONS) - {Status.FAILED}

GONE = "This item is not in the library any more."


@dataclass(frozen=True, slots=True)
class Problem:
    """A name, what is the matter in few words, and the reason; `offers` where something can be done about it."""

    name: str
    headline: str
    reason: str
    icon: str = "image-off"
    colour: str = "warning"
    offers: bool = True


def is_unshowable(cell: Cell) -> bool:
    """Whether it is known already that there is nothing to be shown."""
    unread = cell.status == Status.FAILED and not cell.thumbnailed and cell.duration_s is None
    return cell.status in NOTHING_TO_SHOW or unread


def has_picture(cell: Cell) -> bool:
    """Whether it is worth a try to decode a still picture."""
    return cell.kind in (Kind.IMAGE, Kind.DOCUMENT) and not is_unshowable(cell)


def problem_of(cell: Cell, reason: str = "") -> Problem:
    """What is to be said of an item whose status, or some error, is in the way."""
    row = STATUSES[cell.status]
    is_told = cell.status in REASONS
    headline = tr(row.text) if is_told else tr("This cannot be shown")
    said = reason or cell.reason or tr(REASONS.get(cell.status, "There is no picture in it that could be shown."))
    icon = "image-off" if cell.kind == Kind.IMAGE else KINDS[cell.kind].icon
    return Problem(cell.name, headline, said, icon, row.colour if is_told else "warning")


class Why(QWidget):
    """`actions` become buttons; those that are not possible are not shown."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self._offers = False
        self._icon = _centred(QLabel(self))
        self._name = _centred(PlainLabel("", self, wrap=True))
        self._name.setFont(title_font(self.font()))
        self._headline = _centred(PlainLabel("", self, "warning", wrap=True))
        self._reason = _centred(PlainLabel("", self, "secondary", wrap=True))
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = [(action, _button(action, self)) for action in actions]
        self._lay_out()
        for action, _ in self.buttons:
            action.changed.connect(self._follow)
        self._follow()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for _, button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._icon, self._name, self._headline, self._reason):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        column.addLayout(row)
        column.addStretch(3)

    def tell(self, problem: Problem) -> None:
        colour: str = getattr(DARK, problem.colour).name()
        self._icon.setPixmap(icons.pixmap(problem.icon, colour, ICON_PX, self.devicePixelRatioF()))
        for label, text in (
            (self._name, problem.name),
            (self._headline, problem.headline),
            (self._reason, problem.reason),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._offers = problem.offers
        self._fit()
        self._follow()

    def text(self) -> str:
        return f"{self._name.text()}\n{self._headline.text()}\n{self._reason.text()}"

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        """A centred label that wraps gets one line otherwise."""
        width = min(WIDTH_PX, max(160, self.width() - 48))
        for label in (self._name, self._headline, self._reason):
            label.setFixedWidth(width)
            label.setMinimumHeight(max(0, label.heightForWidth(width)))

    def _follow(self) -> None:
        for action, button in self.buttons:
            button.setVisible(self._offers and action.isEnabled())


def _button(action: QAction, parent: QWidget) -> TextButton:
    button = TextButton(action.text().replace("&", ""), parent)
    shortcut = action.shortcut().toString()
    button.setToolTip(f"{button.text()} ({shortcut})" if shortcut else button.text())
    button.clicked.connect(action.trigger)
    return button


def _centred(label: L) -> L:
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
