"""Below the field: what is wrong with the query and what could stand there, and the list to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from keeproom.ui.controls import PictureLabel, RoleLabel
from keeproom.ui.imports.flow import FlowLayout
from keeproom.ui.search.language import Trouble
from keeproom.ui.search.lines import Line, LineKind, LineList, shortened
from keeproom.ui.search.sheet import Sheet
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import IconButton, LinkButton

MOST_LINKS = 12
LONGEST_MESSAGE = 400
EDGE_PX = 6


class TroubleStrip(QFrame):
    """What is wrong, and what is possible as links; quiet while somebody is still typing there."""

    chosen = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_angry = False
        self._icon = PictureLabel("circle-alert", 16, "error", self)
        self._words = RoleLabel("", self, wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._close = IconButton("x", self, small=True)
        self._close.name_it(tr("Dismiss"), "Esc")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.dismissed)
        self._links = QWidget(self)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self._words, 1)
        first.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 10, 6)
        self._column.setSpacing(2)
        self._column.addLayout(first)
        self._column.addWidget(self._links)
        self.hide()

    def tell(self, trouble: Trouble, *, angry: bool) -> None:
        self._is_angry = angry
        self._icon.setVisible(angry)
        self._close.setVisible(angry)
        self._words.set_role("error" if angry else "secondary")
        self._words.setText(shortened(trouble.message)[:LONGEST_MESSAGE] if angry else tr("Possible here:"))
        self._show_links(trouble.possible[:MOST_LINKS])
        self.show()
        self.update()

    def _show_links(self, possible: Sequence[str]) -> None:
        if [link.text() for link in self.links()] == [shortened(each) for each in possible]:
            return
        old, self._links = self._links, QWidget(self)
        self._column.replaceWidget(old, self._links)
        old.hide()
        old.deleteLater()
        flow = FlowLayout(self._links, 2)
        for each in possible:
            flow.addWidget(self._link(each))
        self._links.setVisible(bool(possible))

    def text(self) -> str:
        return self._words.text()

    def links(self) -> list[LinkButton]:
        return self._links.findChildren(LinkButton)

    def _link(self, possible: str) -> LinkButton:
        link = LinkButton(shortened(possible), self._links)
        link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        link.setAccessibleName(tr("Put in {text}").format(text=possible))
        link.clicked.connect(lambda: self.chosen.emit(possible))
        return link

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_angry:
            those = colours(self.palette())
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(those.error_fill)
            painter.drawRoundedRect(self.rect(), 6, 6)


class Popup(Sheet):
    """`taken` carries the line that a person chose, `chosen` what they want in place of what is wrong."""

    taken = Signal(object)
    chosen = Signal(str)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.strip = TroubleStrip(self)
        self.list = LineList(self)
        self.list.setAccessibleName(tr("Suggestions"))
        self.strip.chosen.connect(self.chosen)
        self.strip.dismissed.connect(self.hide)
        self.list.taken.connect(self.taken)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(2)
        column.addWidget(self.strip)
        column.addWidget(self.list, 1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show a list, or none; the popup goes where it has nothing to show."""
        if tuple(lines) != tuple(self.list.lines()):
            self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self._follow()

    def tell(self, trouble: Trouble | None, *, angry: bool = False) -> None:
        if trouble is None or not (angry or trouble.possible):
            self.strip.hide()
        else:
            self.strip.tell(trouble, angry=angry)
        self._follow()

    def has_lines(self) -> bool:
        """Whether there is something to choose from in sight."""
        return not self.isHidden() and any(line.kind is not LineKind.HEADING for line in self.list.lines())

    def wanted_height(self, width: int) -> int:
        inner = width - 2 * EDGE_PX
        strip = (
            0 if self.strip.isHidden() else max(self.strip.heightForWidth(inner), self.strip.minimumSizeHint().height())
        )
        listed = self.list.wanted_height() if self.list.lines() else 0
        return 2 * EDGE_PX + strip + listed + (2 if strip and listed else 0)

    def _follow(self) -> None:
        if self.strip.isHidden() and not self.list.lines():
            self.hide()
        else:
            self.open()
