"""What stands in the middle of the canvas while there is nothing to show: why, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import PlainLabel, TextButton
from keeproom.ui.window.notices import Offer

LONGEST_OFFER = 60
LABEL_PX = 560
MARGIN_PX = 32
HIGHEST_PX = 2_000


class Nothing(QWidget):
    """One sentence, perhaps a second one, and a button for each thing that would help."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = _centred(PlainLabel("", self, wrap=True))
        self._more = _centred(PlainLabel("", self, "secondary", wrap=True))
        self._buttons: list[TextButton] = []
        self._offers: tuple[Offer, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addStretch(2)
        for label in (self._label, self._more):
            self._column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(6)
        self._column.addStretch(3)

    def tell(self, text: str, more: str = "", offers: Sequence[Offer] = ()) -> None:
        if (text, more) != (self._label.text(), self._more.text()):
            self._label.setText(text)
            self._more.setText(more)
            self._more.setVisible(bool(more))
            self.setAccessibleName(f"{text} {more}".strip())
            self._fit()
        if tuple(offers) != self._offers:
            self._offers = tuple(offers)
            self._show_offers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Lines are as long as one likes to read them, and as the panel has room for."""
        width = max(0, min(LABEL_PX, self.width() - 2 * MARGIN_PX))
        for label in (self._label, self._more):
            room = QRect(0, 0, width, HIGHEST_PX)
            lines = label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, label.text())
            label.setFixedSize(width, lines.height() + 2)

    def text(self) -> str:
        return "\n".join(label.text() for label in (self._label, self._more) if label.text())

    def offers(self) -> list[str]:
        return [offer.text for offer in self._offers]

    def take(self, text: str) -> None:
        """Do what an offer does."""
        next(offer for offer in self._offers if offer.text == text).act()

    def _show_offers(self) -> None:
        for button in self._buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(offer) for offer in self._offers]
        for place, button in enumerate(self._buttons):
            self._column.insertWidget(self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
            button.setDefault(place == 0)

    def _button(self, offer: Offer) -> TextButton:
        text = shortened(offer.text)
        button = TextButton(text.replace("&", "&&"), self)
        button.setAccessibleName(offer.text)
        button.clicked.connect(offer.act)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colours(self.palette()).canvas)


def shortened(text: str, longest: int = LONGEST_OFFER) -> str:
    """A text for one line, with its middle left out where it is long."""
    words = " ".join(text.split())
    half = longest // 2
    return words if len(words) <= longest else f"{words[:half]}…{words[-half:]}"


def searched_words(query: str, title: str, *, everywhere: bool) -> str:
    """What was searched for, and where."""
    if everywhere:
        return tr("Nothing found for “{query}”.").format(query=shortened(query, 200))
    return tr("Nothing found for “{query}” in “{place}”.").format(query=shortened(query, 200), place=title)


def _centred(label: PlainLabel) -> PlainLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
