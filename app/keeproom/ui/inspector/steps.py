"""What was done with an item's file, step by step: how it stands, with what, how often, and why it failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from keeproom.model import BlobState, JobState, Stage, StageStatus
from keeproom.ui import icons
from keeproom.ui.inspector.itemwords import moment
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import SMALL_ICON_PX, TextButton
from keeproom.ui.window.errortext import STORED, attempts, step_title

if TYPE_CHECKING:
    from keeproom.library.inspecting import Inspection

ERROR_LINES = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign of a state and the role of its colour."""

    icon: str
    role: str


_OF_JOB: Mapping[JobState, Mark] = {
    JobState.WAITING: Mark("clock", "secondary"),
    JobState.RUNNING: Mark("clock", "accent"),
    JobState.DONE: Mark("circle-check", "ok"),
    JobState.FAILED: Mark("triangle-alert", "warning"),
}
_OF_BYTES: Mapping[BlobState, Mark] = {
    BlobState.OK: Mark("circle-check", "ok"),
    BlobState.DAMAGED: Mark("circle-alert", "error"),
    BlobState.MISSING: Mark("circle-alert", "error"),
}


class StepsPage(QWidget):
    """The stored file, then each stage."""

    def __init__(self, retry: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bytes = _Step(None, self)
        self.stages = {stage: _Step(retry, self) for stage in Stage}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for step in (self.bytes, *self.stages.values()):
            column.addWidget(step)
        column.addStretch(1)

    def show_item(self, item: Inspection) -> None:
        found = tr("noticed {when}").format(when=moment(item.verified_at)) if item.verified_at else ""
        self.bytes.show_step(
            _OF_BYTES[item.blob_state], f"{tr('Stored file')}: {tr(STORED[item.blob_state])}", found, _harm(item)
        )
        for stage, step in self.stages.items():
            status = item.details.stages.get(stage)
            step.setVisible(status is not None)
            if status is not None:
                step.show_stage(stage, status)


def _harm(item: Inspection) -> str:
    """What to do about bad bytes."""
    if item.blob_state is BlobState.OK:
        return ""
    return tr("Import the original once more: its bytes take the place of these.")


class _Step(QWidget):
    def __init__(self, retry: Callable[[], None] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = _Sign(self)
        self.title = WrappedLabel("", self, lines=2)
        self.facts = WrappedLabel("", self, "secondary", lines=2)
        self.error = ErrorText(self)
        self.retry = TextButton(tr("Retry"), self)
        self.retry.setToolTip(tr("Try this step once more (Ctrl+Shift+R)"))
        if retry is not None:
            self.retry.clicked.connect(retry)
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (self.title, self.facts, self.error):
            words.addWidget(widget)
        words.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignLeading)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_stage(self, stage: Stage, status: StageStatus) -> None:
        tried = attempts(status) if status.attempts else ""
        facts = " · ".join(part for part in (status.tool, tried) if part)
        self.show_step(_OF_JOB[status.state], step_title(stage, status), facts, status.error or "")
        self.retry.setVisible(status.state is JobState.FAILED)

    def show_step(self, mark: Mark, title: str, facts: str, error: str) -> None:
        self._mark.show_mark(mark)
        self.title.setText(title)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self.error.show_text(error)
        self.error.setAccessibleName(f"{title}: {tr('why')}")
        self.retry.hide()


class _Sign(QWidget):
    """A small icon in the colour of what it says."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = _OF_JOB[JobState.WAITING]
        self.setFixedSize(SMALL_ICON_PX, SMALL_ICON_PX + 1)

    def show_mark(self, mark: Mark) -> None:
        self._mark = mark
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = getattr(colours(self.palette()), self._mark.role)
        picture = icons.pixmap(self._mark.icon, colour.name(), SMALL_ICON_PX, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 1, picture)


class ErrorText(QPlainTextEdit):
    """Plain text to read, select and copy, as high as it is long, up to some lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(6)

    def show_text(self, text: str) -> None:
        self.setVisible(bool(text))
        if text != self.toPlainText():
            self.setPlainText(text)
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """High enough for the text, up to some lines; beyond them it scrolls."""
        margin = round(self.document().documentMargin())
        label = WrappedLabel(self.toPlainText(), lines=ERROR_LINES)
        label.setFont(self.font())
        return label.heightForWidth(width - 2 * margin - 4) + 2 * margin + 6

    def sizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(60, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.fontMetrics().lineSpacing() + 14)
