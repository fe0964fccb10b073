"""The tag field over the grid or the viewer, for what is chosen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from keeproom.ui.acts import describing
from keeproom.ui.describe.tagbook import TagBook
from keeproom.ui.describe.tagfield import TagField
from keeproom.ui.fonts import section_font
from keeproom.ui.pace import Pace
from keeproom.ui.texts import plural, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from keeproom.model import Changes
    from keeproom.ui.inspector.described import Described
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

WIDTH_PX = 440
HIGHEST_PX = 460
MARGIN_PX = 16
REST_MS = 60


def open_tag_popup(window: MainWindow, ids: Ids) -> TagPopup | None:
    """Open the field for these items, in place of one that is open; None where there is nothing to tag."""
    from keeproom.ui.inspector.questions import assets_of

    room, assets = window.room, assets_of(ids)
    for before in window.pages.findChildren(TagPopup):
        before.close_down()
    if room is None or not assets:
        return None
    popup = TagPopup(window, room, assets)
    popup.appear()
    return popup


class TagPopup(QFrame):
    """Stays while the keyboard is in it. Enter adds a tag, Ctrl+Enter adds and closes, Escape closes."""

    def __init__(self, window: MainWindow, room: Room, assets: array[int]) -> None:
        super().__init__(window.pages)
        self._window, self._room, self.assets = window, room, assets
        self._book = TagBook.of(window)
        self._title = PlainLabel(plural(len(assets), "Tags of %n item", "Tags of %n items"), self, "secondary")
        self._title.setFont(section_font(self.font()))
        self._hint = PlainLabel(tr("Enter adds · Ctrl+Enter adds and closes · Esc closes"), self, "secondary")
        self.field = TagField(self, inline=True)
        self._pace = Pace(self._ask, REST_MS, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.setAccessibleName(self._title.text())
        self.setFixedWidth(min(WIDTH_PX, max(240, self._window.pages.width() - 2 * MARGIN_PX)))
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(self.field)
        self.field.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 12, MARGIN_PX, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._area, 1)
        column.addWidget(self._hint)

    def _connect(self) -> None:
        self.field.added.connect(self._on_added)
        self.field.removed.connect(self._on_removed)
        self.field.finished.connect(self.close_down)
        self.field.left.connect(self.close_down)
        self.field.wanted.connect(self._book.want)
        self._book.changed.connect(self._follow_book)
        self._room.session.changed.connect(self._on_news)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        self._window.pages.turned.connect(self.close_down)
        self._window.pages.installEventFilter(self)
        self.field.installEventFilter(self)

    def appear(self) -> None:
        """Show it with the keyboard in it."""
        self._follow_book()
        self._pace.turn(on=True)
        self._pace.hurry()
        self.place()
        self.show()
        self.raise_()
        self.field.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def is_complete(self) -> bool:
        return self._pace.is_settled

    def close_down(self) -> None:
        """Go, and give the keyboard back to the panel."""
        if self.isHidden():
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self._pace.turn(on=False)
        self.hide()
        if had_focus:
            self._window.front.focus_first()
        self.deleteLater()

    def place(self) -> None:
        """In the middle, as high as it needs."""
        inner = self.field.height_for(self.width() - 2 * MARGIN_PX)
        around = self._title.sizeHint().height() + self._hint.sizeHint().height() + 2 * 12 + 2 * 8
        pages = self._window.pages.size()
        height = min(inner + around + 2, HIGHEST_PX, pages.height() - 2 * MARGIN_PX)
        self.setFixedHeight(max(height, around + 40))
        self.move((pages.width() - self.width()) // 2, max(MARGIN_PX, pages.height() // 4 - 60))

    # What it shows

    def _ask(self, answered: Callable[[], None]) -> None:
        from keeproom.ui.inspector.questions import describe_many

        room, assets = self._room, self.assets

        def on_done(known: Described | None) -> None:
            if known is not None:
                self.field.show_tags(self.assets, known.tags)
            answered()

        room.run(lambda: describe_many(room, assets), on_done, answered)

    def _follow_book(self) -> None:
        self.field.set_known(self._book.known, self._book.recent)

    def _on_news(self, _changes: Changes) -> None:
        self._pace.nudge()
        self._book.want()

    # What a person does

    def _on_added(self, _target: object, names: list[str]) -> None:
        describing.tag_items(self._window, self.assets, names)
        self._book.used(names)

    def _on_removed(self, _target: object, names: list[str]) -> None:
        describing.tag_items(self._window, self.assets, remove=names)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self and not self.isAncestorOf(now) and now.window() is self.window():
            self.close_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_down()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) or event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(those.outline), 1))
        painter.setBrush(those.menu)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
