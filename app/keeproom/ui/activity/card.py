"""One step of the work as a card: what is left, how fast it goes, what is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from keeproom.ui.activity.figures import Figures, done_words, failed_words, left_words, speed_words, state_words
from keeproom.ui.controls import PictureLabel, RoleLabel
from keeproom.ui.fonts import section_font, tabular, title_font
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import PlainLabel

ICON_PX = 16
RADIUS_PX = 8
STEPS = 1_000
LEAST_PX = 140


class StageCard(QWidget):
    """`title` names the step in words of the window."""

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._icon = PictureLabel(icon, ICON_PX, "secondary", self)
        self._heading = RoleLabel(tr(title).upper(), self, "secondary")
        self._heading.setFont(section_font(self.font()))
        self._left = RoleLabel("", self)
        self._left.setFont(tabular(title_font(self.font())))
        self._speed = PlainLabel("", self, "secondary")
        self._progress = QProgressBar(self, maximum=STEPS, textVisible=False)
        self._progress.setFixedHeight(8)
        self._state = PlainLabel("", self, "secondary")
        self._done = PlainLabel("", self, "secondary")
        self._failed = RoleLabel("", self, "warning")
        for label in (self._speed, self._state, self._done, self._failed):
            label.setFont(tabular(self.font()))
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lay_out()
        self.tell(Figures())

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._heading)
        head.addStretch(1)
        foot.setSpacing(10)
        foot.addWidget(self._done, 1)
        self._failed.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        foot.addWidget(self._failed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._left)
        column.addWidget(self._speed)
        column.addSpacing(4)
        column.addWidget(self._progress)
        column.addSpacing(2)
        column.addWidget(self._state)
        column.addLayout(foot)

    def tell(self, figures: Figures) -> None:
        self._left.setText(left_words(figures))
        self._left.set_role("text" if figures.left else "secondary")
        self._speed.setText(speed_words(figures) or " ")
        self._state.setText(state_words(figures) or " ")
        self._done.setText(done_words(figures) or " ")
        self._failed.setText(failed_words(figures))
        self._failed.setVisible(figures.failed > 0)
        self._progress.setValue(round(figures.fraction * STEPS))
        self._progress.setAccessibleName(f"{tr(self._title)}: {self.text()}")
        self.setAccessibleName(f"{tr(self._title)}: {self.text()}")

    def text(self) -> str:
        """All that it says, as one line."""
        said = (self._left, self._speed, self._state, self._done, self._failed)
        return ", ".join(label.text() for label in said if label.text().strip())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_PX, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(those.separator, 1))
        painter.setBrush(those.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)
