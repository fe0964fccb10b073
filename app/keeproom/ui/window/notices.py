"""What happened, at the bottom left of the grid for a while; what went wrong, in a bar until it is put away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from keeproom.ui import icons
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import IconButton, LinkButton, PlainLabel, TextButton

NOTICE_PX = 420
NOTICE_MS = 10_000
MOST_NOTICES = 3
MARGIN_PX = 16
ICON_PX = 18
STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb and what it does."""

    text: str
    act: Callable[[], None]


class Notice(QFrame):
    """One message that goes away by itself, but not while someone reads it or has it in focus."""

    def __init__(self, text: str, offers: tuple[Offer, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(min(NOTICE_PX, max(200, parent.width() - 2 * MARGIN_PX)))
        self.setAccessibleName(text)
        self._before: QWidget | None = None
        self._timer = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._timer.timeout.connect(self.dismiss)
        self.label = PlainLabel(text, self, wrap=True)
        self.column = QVBoxLayout(self)
        self._lay_out([self._button(offer) for offer in offers])
        self._start()

    def _lay_out(self, buttons: list[LinkButton]) -> None:
        """One button beside the text, more of them below."""
        first, below = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.label, 1)
        below.addStretch(1)
        for button in buttons:
            (first if len(buttons) == 1 else below).addWidget(button)
        first.addWidget(close_button(self, self.dismiss), 0, Qt.AlignmentFlag.AlignTop)
        self.column.setContentsMargins(14, 8, 8, 8)
        self.column.setSpacing(2)
        self.column.addLayout(first)
        if len(buttons) > 1:
            self.column.addLayout(below)

    def _button(self, offer: Offer) -> LinkButton:
        button = LinkButton(tr(offer.text), self)
        button.clicked.connect(lambda: self._take(offer))
        return button

    def _take(self, offer: Offer) -> None:
        self.dismiss()
        offer.act()

    def focus(self) -> None:
        """Take the keyboard, and give it back when the message goes."""
        self._before = QApplication.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        self._timer.stop()
        give_back_focus(self, self._before)
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def is_counting_down(self) -> bool:
        return self._timer.isActive()

    def _start(self) -> None:
        """Begin to count down."""
        self._timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._timer.stop()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._start()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(those.accent if self.hasFocus() else those.outline, 2 if self.hasFocus() else 1))
        painter.setBrush(those.menu)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class ProgressNotice(Notice):
    """How far some work is, with a way to stop it; it stays until it is dismissed, which does not stop the work."""

    def __init__(self, text: str, offers: tuple[Offer, ...], parent: QWidget) -> None:
        super().__init__(text, offers, parent)
        self._bar = QProgressBar(self, maximum=STEPS, textVisible=False)
        self._bar.setAccessibleName(tr("Progress"))
        self.column.insertWidget(1, self._bar)
        self.column.setSpacing(6)

    def show_progress(self, text: str, fraction: float | None) -> None:
        """What is done now; without a fraction only that something is."""
        self.label.setText(text)
        self.setAccessibleName(text)
        self._bar.setMaximum(0 if fraction is None else STEPS)
        self._bar.setValue(0 if fraction is None else round(fraction * STEPS))

    def fraction(self) -> float | None:
        return self._bar.value() / STEPS if self._bar.maximum() else None

    def _start(self) -> None:
        """It does not go by itself."""


def close_button(parent: QWidget, close: Callable[[], None], role: str = "secondary") -> IconButton:
    """The cross of a message."""
    button = IconButton("x", parent, small=True, role=role)
    button.name_it(tr("Dismiss"), "Esc")
    button.clicked.connect(close)
    return button


def give_back_focus(leaving: QWidget, to: QWidget | None) -> None:
    """Where the keyboard is in what goes away, bring it back to where it was before."""
    current = QApplication.focusWidget()
    if to is not None and current is not None and (current is leaving or leaving.isAncestorOf(current)):
        to.setFocus(Qt.FocusReason.OtherFocusReason)


class Notices(QWidget):
    """The stack of notices over the bottom left corner of `over`; `changed` says that one came or went."""

    changed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._foot_px = 0
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(8)
        over.installEventFilter(self)
        self.hide()

    def tell(self, text: str, *offers: Offer) -> Notice:
        """Show a message; the oldest goes when there are too many."""
        return self._show(Notice(text, offers, self._over))

    def tell_progress(self, text: str, *offers: Offer) -> ProgressNotice:
        """Show work that goes on; whoever does it keeps the notice up to date and dismisses it."""
        notice = ProgressNotice(text, offers, self._over)
        self._show(notice)
        return notice

    def keep_clear(self, foot_px: int) -> None:
        """Leave so much free at the bottom: a bar in which a person acts, and is asked."""
        self._foot_px = foot_px
        self.place()

    def shown(self) -> list[Notice]:
        return [child for child in self.findChildren(Notice) if not child.isHidden()]

    def focus(self) -> None:
        """Bring the newest into focus (F6)."""
        if self.shown():
            self.shown()[-1].focus()

    def _show(self, notice: Notice) -> Notice:
        passing = [each for each in self.shown() if not isinstance(each, ProgressNotice)]
        while len(passing) >= MOST_NOTICES:
            passing.pop(0).dismiss()
        notice.setParent(self)
        notice.destroyed.connect(self._on_gone)
        self._stack.addWidget(notice)
        notice.show()
        self.show()
        self.place()
        QAccessible.updateAccessibility(QAccessibleEvent(notice, QAccessible.Event.Alert))
        self.changed.emit()
        return notice

    def _on_gone(self) -> None:
        self.place()
        self.changed.emit()

    def place(self) -> None:
        """Lay the notices over the corner, newest below."""
        notices = self.shown()
        if not notices:
            self.hide()
            return
        self._stack.activate()
        size = QSize(max(notice.width() for notice in notices), 0)
        heights = [max(notice.heightForWidth(notice.width()), notice.minimumSizeHint().height()) for notice in notices]
        size.setHeight(sum(heights) + 8 * (len(heights) - 1))
        bottom = self._over.height() - self._foot_px - MARGIN_PX
        self.setGeometry(MARGIN_PX, bottom - size.height(), size.width(), size.height())
        self.raise_()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self.place()
        return False


class ErrorBar(QFrame):
    """An error, what is safe, and what can be done; it stays until it is put away or taken care of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = PlainLabel("", self, wrap=True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._icon = QLabel(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._label, 1)
        self._buttons: list[QWidget] = []
        self._before: QWidget | None = None
        self._close = close_button(self, self.dismiss, role="text")
        self._row.addWidget(self._close)
        self.hide()

    def tell(self, text: str, *offers: Offer) -> None:
        """Show an error in place of the one before."""
        for button in self._buttons:
            button.deleteLater()
        self._buttons = [self._button(offer) for offer in offers]
        for place, button in enumerate(self._buttons):
            self._row.insertWidget(2 + place, button)
        self._label.setText(text)
        self.setAccessibleName(text)
        self._recolour()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        return self._label.text()

    def focus(self) -> None:
        """Bring what can be done about it, or else its cross, into focus (F6)."""
        self._before = QApplication.focusWidget()
        (self._buttons or [self._close])[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_focus(self) -> bool:
        return any(child.hasFocus() for child in (*self._buttons, self._close))

    def dismiss(self) -> None:
        give_back_focus(self, self._before)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _button(self, offer: Offer) -> TextButton:
        button = TextButton(tr(offer.text), self)
        button.clicked.connect(offer.act)
        return button

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        colour = colours(self.palette()).error.name()
        self._icon.setPixmap(icons.pixmap("circle-alert", colour, ICON_PX, self.devicePixelRatioF()))

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), those.error_fill)
        painter.fillRect(0, 0, 3, self.height(), those.error)
        painter.fillRect(0, self.height() - 1, self.width(), 1, those.separator)
