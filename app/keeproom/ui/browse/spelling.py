"""The line below the header that says what was searched for instead of words that nothing matches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from keeproom.ui.browse.nothing import shortened
from keeproom.ui.controls import ElidedLabel
from keeproom.ui.texts import tr
from keeproom.ui.widgets import Bar, LinkButton

if TYPE_CHECKING:
    from keeproom.library.search import Correction

HEIGHT_PX = 34
LONGEST_WORD = 40


class SpellingLine(Bar):
    """Hidden while everything was taken as it was spelt."""

    exactly_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.BottomEdge, parent)
        self._label = ElidedLabel("", self)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.exactly = LinkButton(tr("Search exactly"), self)
        self.exactly.clicked.connect(self.exactly_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self.exactly)
        self.hide()

    def tell(self, corrections: Sequence[Correction]) -> None:
        text = " ".join(correction_words(each.word, each.instead) for each in corrections)
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(corrections))

    def text(self) -> str:
        return "" if self.isHidden() else self._label.text()


def correction_words(word: str, instead: str) -> str:
    """`Nothing found for “romme”. Showing “rome”.`"""
    words = tr("Nothing found for “{word}”. Showing “{instead}”.")
    return words.format(word=shortened(word, LONGEST_WORD), instead=shortened(instead, LONGEST_WORD))
