"""Facts in two columns, section by section."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from keeproom.ui.inspector.fact import Fact, as_text
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import LinkButton

LABEL_PX = 80
GAP_PX = 8
VALUE_LINES = 10


class FactList(QWidget):
    """What is known, a line each. A right click copies one value or all of them."""

    def __init__(self, show_place: Callable[[Path], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_place = show_place
        self._sections: list[list[Fact]] = []
        self._whole: Sequence[Sequence[Fact]] = ()
        self._lines: list[_Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addStretch(1)

    def show_sections(self, sections: Sequence[Sequence[Fact]], whole: Sequence[Sequence[Fact]] = ()) -> None:
        """Show these facts instead of those before; lines are used again. `whole` is what is copied, where that is more
        than what stands here."""
        self._whole = whole or sections
        fresh = [list(section) for section in sections if section]
        if fresh == self._sections:
            return
        self._sections = fresh
        facts = [(fact, at == 0 and nth > 0) for nth, section in enumerate(fresh) for at, fact in enumerate(section)]
        while len(self._lines) < len(facts):
            self._lines.append(_Line(self))
            self._column.insertWidget(len(self._lines) - 1, self._lines[-1])
        for line, (fact, begins) in zip(self._lines, facts, strict=False):
            line.show_fact(fact, begins)
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(facts))

    def text(self) -> str:
        """All that is known, to copy."""
        return as_text(self._whole)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def go_to(self, place: Path) -> None:
        self._show_place(place)

    def menu_for(self, fact: Fact, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy value"), lambda: QGuiApplication.clipboard().setText(fact.text))
        menu.addAction(tr("Copy all"), self.copy)
        if fact.place is not None:
            where = fact.place
            menu.addSeparator()
            menu.addAction(tr("Show folder"), lambda: self.go_to(where))
        menu.popup(place)


class _Line(QWidget):
    """A label, its value, and where it is a place, a way there. The first of a section has a rule above."""

    def __init__(self, facts: FactList) -> None:
        super().__init__(facts)
        self._facts = facts
        self._fact = Fact("", "")
        self._has_rule = False
        self._label = WrappedLabel("", self, "secondary", lines=2)
        self._value = WrappedLabel("", self, lines=VALUE_LINES)
        self._link = _FlushLink(tr("Show folder"), self)
        self._link.setToolTip(tr("Show the folder it came from in the file manager"))
        self._link.setVisible(False)
        self._link.clicked.connect(self._on_link)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_PX)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, LABEL_PX)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._label, 0, 0)
        self._grid.addWidget(self._value, 0, 1)
        self._grid.addWidget(self._link, 1, 1, Qt.AlignmentFlag.AlignLeading)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)

    def show_fact(self, fact: Fact, begins: bool) -> None:
        if begins != self._has_rule:
            self._has_rule = begins
            self._grid.setContentsMargins(0, 13 if begins else 0, 0, 0)
            self.update()
        if fact == self._fact:
            return
        self._fact = fact
        self._label.setText(tr(fact.label))
        self._value.setText(fact.text)
        spoken = fact.spoken or fact.text[:400]
        self._value.setAccessibleName(f"{tr(fact.label)}: {spoken}" if fact.label else spoken)
        self._link.setVisible(fact.place is not None)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._has_rule:
            QPainter(self).fillRect(0, 6, self.width(), 1, colours(self.palette()).separator)

    def _on_link(self) -> None:
        if self._fact.place is not None:
            self._facts.go_to(self._fact.place)

    def _on_menu(self, place: QPoint) -> None:
        self._facts.menu_for(self._fact, self.mapToGlobal(place))


class _FlushLink(LinkButton):
    """A link that begins where the text above it does."""

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 4, self.fontMetrics().height() + 6)
