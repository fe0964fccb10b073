"""A text to read and to copy, beside the window and never in its way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from keeproom.ui.fonts import title_font
from keeproom.ui.texts import tr
from keeproom.ui.widgets import PlainLabel, TextButton

WIDTH_PX, HEIGHT_PX = 560, 340


class TextDialog(QDialog):
    """A headline and a text, plain, with a button that copies both."""

    def __init__(self, title: str, headline: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._whole = f"{headline}\n\n{text}"
        label = PlainLabel(headline, self, wrap=True)
        label.setFont(title_font(self.font()))
        self.body = QPlainTextEdit(text, self)
        self.body.setReadOnly(True)
        self.body.setAccessibleName(title)
        self.body.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(label)
        column.addWidget(self.body, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        copy = TextButton(tr("Copy"), self)
        copy.clicked.connect(self.copy)
        close = TextButton(tr("Close"), self, primary=True)
        close.clicked.connect(self.close)
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        return row

    def text(self) -> str:
        return self._whole

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._whole)
