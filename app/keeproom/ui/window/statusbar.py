"""The line at the bottom: how much is here, and what is going on, with its pause and its end."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from keeproom.ui.controls import ElidedLabel
from keeproom.ui.fonts import tabular
from keeproom.ui.texts import plural, size, tooltip, tr
from keeproom.ui.widgets import Bar, IconButton, LinkButton, PlainLabel, Rule
from keeproom.ui.window.activity import IMPORTS_PAGE, Doing

HEIGHT_PX = 32
BAR_PX = 140
SHOW_PX = 24
STEPS = 1_000


class StatusBar(Bar):
    """`pause` and `cancel` are the actions of the action table. `asked` says that more is wanted of what goes on: it
    carries the name of the panel that tells it."""

    asked = Signal(str)

    def __init__(self, pause: QAction, cancel: QAction, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.TopEdge, parent)
        self._totals = PlainLabel("", self)
        self._totals.setFont(tabular(self.font()))
        self._rule = Rule(self)
        self._doing = _Clickable("", self)
        self._doing.clicked.connect(self._ask)
        self._doing.setFont(tabular(self.font()))
        self._progress = QProgressBar(self, maximum=STEPS, textVisible=False)
        self._progress.setFixedWidth(BAR_PX)
        self._progress.setAccessibleName(tr("Progress"))
        self._pause = IconButton.of_action(pause, self)
        self._cancel = IconButton.of_action(cancel, self)
        self._show = LinkButton(tr("Show"), self)
        self._show.setFixedHeight(SHOW_PX)
        self._show.clicked.connect(self._ask)
        self._page = ""
        self._lay_out()
        self.show_doing(None, paused=False)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 8, 0)
        row.setSpacing(12)
        for widget in (self._totals, self._rule, self._doing, self._progress):
            row.addWidget(widget)
        row.addSpacing(-8)
        row.addWidget(self._pause)
        row.addSpacing(-10)
        row.addWidget(self._cancel)
        row.addSpacing(-6)
        row.addWidget(self._show)
        row.addStretch(1)

    def show_totals(self, items: int, size_bytes: int) -> None:
        self._totals.setText(f"{plural(items, '%n item', '%n items')} · {size(size_bytes)}" if items else "")

    def show_doing(self, doing: Doing | None, *, paused: bool) -> None:
        """What is going on; None hides all of it."""
        for widget in (self._rule, self._doing, self._progress, self._pause, self._cancel, self._show):
            widget.setVisible(doing is not None)
        self._rule.setVisible(doing is not None and bool(self._totals.text()))
        self._cancel.setVisible(doing is not None and self._cancel.isEnabled())
        self._pause.set_icon_name("play" if paused else "pause")
        if doing is None:
            return
        self._page = doing.page
        self._doing.setText(doing.text)
        self._doing.setToolTip(tooltip(doing.text))
        where = tr("Show the imports") if doing.page == IMPORTS_PAGE else tr("Show the activity")
        self._show.setToolTip(where)
        self._show.setAccessibleName(where)
        self._progress.setMaximum(0 if doing.fraction is None else STEPS)
        self._progress.setValue(0 if doing.fraction is None else round(doing.fraction * STEPS))

    def _ask(self) -> None:
        self.asked.emit(self._page)

    def text(self) -> str:
        """All that is said, as one line."""
        said: list[QLabel] = [self._totals, self._doing]
        return " │ ".join(label.text() for label in said if label.text() and not label.isHidden())


class _Clickable(ElidedLabel):
    """Words to click on; who has no mouse takes the button behind them."""

    clicked = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
