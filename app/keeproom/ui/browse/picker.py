"""To which collection: a field over the panel that finds one by a few letters, or makes a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from keeproom.ui.acts import collecting
from keeproom.ui.describe.suggesting import MOST_SHOWN, Suggestion, known_tags, suggest
from keeproom.ui.describe.suggestionlist import SuggestionList
from keeproom.ui.fonts import section_font
from keeproom.ui.texts import plural, printable, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import CONTROL_PX, Line, PlainLabel

if TYPE_CHECKING:
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.window.main import MainWindow

WIDTH_PX = 400
MARGIN_PX = 16
RADIUS_PX = 10


def open_picker(window: MainWindow, ids: Ids) -> Picker | None:
    """Open the field for these items, in place of one that is open; None where there is nothing to collect."""
    from keeproom.ui.inspector.questions import assets_of

    for before in window.pages.findChildren(Picker):
        before.close_down()
    assets = assets_of(ids)
    if window.room is None or not assets:
        return None
    picker = Picker(window, assets)
    picker.appear()
    return picker


class Picker(QFrame):
    """Enter takes the marked collection, Escape closes; it goes with the keyboard."""

    def __init__(self, window: MainWindow, assets: Ids) -> None:
        super().__init__(window.pages)
        self._window, self.assets = window, assets
        self._known = known_tags((row.name, row.count or 0) for row in collecting.fillable(window))
        self._recent = [Suggestion(row.name, row.count or 0) for row in collecting.recent(window)]
        title = PlainLabel(plural(len(assets), "Add %n item to", "Add %n items to"), self, "secondary")
        title.setFont(section_font(self.font()))
        self.field = Line(parent=self)
        self.field.setMinimumHeight(CONTROL_PX)
        self.field.setPlaceholderText(tr("Name of a collection"))
        self.field.setAccessibleName(f"{title.text()} {self.field.placeholderText()}")
        self.list = SuggestionList(self)
        self.list.setAccessibleName(tr("Collections"))
        self.list.viewport().setAutoFillBackground(False)
        hint = PlainLabel(tr("Enter adds · Esc closes"), self, "secondary")
        self.setAccessibleName(title.text())
        self.setFixedWidth(min(WIDTH_PX, max(240, window.pages.width() - 2 * MARGIN_PX)))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 12, MARGIN_PX, 12)
        column.setSpacing(8)
        for widget in (title, self.field, self.list, hint):
            column.addWidget(widget)
        self.field.textEdited.connect(lambda _text: self._suggest())
        self.list.chosen.connect(self._take)
        self.field.installEventFilter(self)
        window.pages.installEventFilter(self)
        window.pages.turned.connect(self.close_down)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def appear(self) -> None:
        """Show it with the keyboard in it."""
        self._suggest()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_down(self) -> None:
        """Go, and give the keyboard back to the panel."""
        if self.isHidden():
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if had_focus:
            self._window.front.focus_first()
        self.deleteLater()

    def suggestions(self) -> list[Suggestion]:
        """What is offered for what is typed: without a word those used last, then those with most items."""
        typed = self.field.text()
        if typed.strip():
            return suggest(self._known, typed)
        names = {each.name for each in self._recent}
        rest = sorted((tag for tag in self._known if tag.name not in names), key=lambda tag: -tag.count)
        return [*self._recent, *(Suggestion(tag.name, tag.count) for tag in rest)][:MOST_SHOWN]

    def _suggest(self) -> None:
        those = self.suggestions()
        self.list.show_suggestions(those)
        for line, suggestion in enumerate(those):
            if suggestion.creates:
                words = tr("Create collection “{name}”").replace("{name}", printable(suggestion.name))
                self.list.item(line).setText(" ".join(words.split()))
        self.list.setVisible(bool(those))
        self.list.setFixedHeight(self.list.height_wanted())
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        pages = self._window.pages.size()
        self.move((pages.width() - self.width()) // 2, max(MARGIN_PX, pages.height() // 4 - 60))

    def _take(self, suggestion: Suggestion | None) -> None:
        if suggestion is not None:
            collecting.add_items(self._window, self.assets, suggestion.name)
            self.close_down()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self and not self.isAncestorOf(now) and now.window() is self.window():
            self.close_down()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._place()
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.list.step(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.current())
        elif event.key() == Qt.Key.Key_Escape:
            self.close_down()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(those.outline, 1))
        painter.setBrush(those.menu)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)
