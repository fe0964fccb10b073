"""The bar below the tags: what can be done with the chosen ones, and the question that it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from keeproom.ui.controls import DangerButton, ElidedLabel
from keeproom.ui.texts import tr
from keeproom.ui.widgets import CONTROL_PX, Bar, Line, PlainLabel, TextButton

HEIGHT_PX = 52
MARGIN_PX = 16
LEAST_WORDS_PX = 60
FIELD_PX = 260
FIELD_LEAST_PX = 100
ROOM_FOR_DETAIL_PX, ROOM_FOR_TEXT_PX = 620, 440
LONGEST_NAME = 4_000


@dataclass(frozen=True, slots=True)
class Question:
    """`text` stands before the field, which is there where `written` is not None and begins with that. `verb` is on
    the button, red where it `endangers`; `act` has what was written, and `detail` tells what that would do, by calling
    what it is given. `needs_text` keeps the button off while nothing is written."""

    text: str
    verb: str
    act: Callable[[str], None]
    written: str | None = None
    hint: str = ""
    names: Sequence[str] = ()
    detail: Callable[[str, Callable[[str], None]], None] | None = None
    endangers: bool = False
    needs_text: bool = True


class Form(QWidget):
    """One question in a line; `ended` says that it is answered, or not wanted any more."""

    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._asked = 0
        self._text = PlainLabel("", self)
        self.field = Line(parent=self)
        self.field.setFixedHeight(CONTROL_PX)
        self.field.setMinimumWidth(FIELD_LEAST_PX)
        self.field.setMaximumWidth(FIELD_PX)
        self.field.setTextMargins(5, 0, 5, 0)
        self.field.setMaxLength(LONGEST_NAME)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.detail = ElidedLabel("", self, "secondary")
        self.detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verb = TextButton("", self, primary=True)
        self.danger = DangerButton("", self)
        self.cancel = TextButton(tr("Cancel"), self)
        self.field.textChanged.connect(lambda _text: self._follow())
        self.field.returnPressed.connect(self._answer)
        for button in (self.verb, self.danger):
            button.clicked.connect(self._answer)
        self.cancel.clicked.connect(self.ended)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (self._text, self.field, self.detail, self.verb, self.danger, self.cancel):
            row.addWidget(widget, {self.field: 2, self.detail: 3}.get(widget, 0))

    def ask(self, question: Question) -> None:
        self._question = question
        self._text.setText(question.text)
        self.field.setVisible(question.written is not None)
        self.field.setPlaceholderText(question.hint)
        self.field.setAccessibleName(question.text)
        self._names.setStringList(list(question.names))
        for button, wanted in ((self.verb, not question.endangers), (self.danger, question.endangers)):
            button.setText(question.verb)
            button.setAccessibleName(question.verb)
            button.setVisible(wanted)
        self.field.setText(question.written or "")
        self._follow()
        if question.written is None:
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def written(self) -> str:
        return self.field.text().strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        asks = self._question is not None and self._question.written is None
        self.detail.setVisible(asks or self.width() >= ROOM_FOR_DETAIL_PX)
        self._text.setVisible(self.width() >= ROOM_FOR_TEXT_PX)

    def _follow(self) -> None:
        question = self._question
        if question is None:
            return
        ready = bool(self.written()) or not question.needs_text or question.written is None
        self.verb.setEnabled(ready)
        self.danger.setEnabled(ready)
        self._asked += 1
        asked = self._asked
        if question.detail is None:
            self.detail.setText("")
        else:
            question.detail(self.written(), lambda text: self._tell(asked, text))

    def _tell(self, asked: int, text: str) -> None:
        """What the library says to what is written, unless something else is written by now."""
        if asked == self._asked:
            self.detail.setText(text)

    def _answer(self) -> None:
        question = self._question
        if question is not None and (self.verb.isEnabled() or self.danger.isEnabled()):
            written = self.written()
            self._question = None
            self.ended.emit()
            question.act(written)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = next((each for each in (self.verb, self.danger, self.cancel) if each.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and pressed is not None:
            pressed.click()
        else:
            super().keyPressEvent(event)


class Strip(Bar):
    """Shows the acts, or one question; `ended` says that the question is over and the keyboard is free."""

    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.TopEdge, parent)
        self.says = ElidedLabel("", self, "secondary")
        self.says.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.buttons: dict[str, TextButton] = {}
        self._acts = QWidget(self)
        self._line = QHBoxLayout(self._acts)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addWidget(self.says, 1)
        self.form = Form(self)
        self.form.ended.connect(self._on_ended)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._acts)
        self._stack.addWidget(self.form)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 1, MARGIN_PX, 0)
        row.addWidget(self._stack)

    def add(self, name: str, text: str, tip: str, act: Callable[[], None]) -> None:
        """One more thing that can be done."""
        button = TextButton(text, self._acts)
        button.setToolTip(tip)
        button.clicked.connect(act)
        self.buttons[name] = button
        self._line.addWidget(button)

    def ask(self, question: Question) -> None:
        self._stack.setCurrentWidget(self.form)
        self.form.ask(question)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all of them, those go first that have a key of their own."""
        super().resizeEvent(event)
        room = self.width() - 2 * MARGIN_PX - LEAST_WORDS_PX
        for name, button in reversed(self.buttons.items()):
            room -= button.sizeHint().width() + self._line.spacing()
            self.buttons[name].setVisible(room >= -LEAST_WORDS_PX)

    @property
    def is_asking(self) -> bool:
        return self._stack.currentWidget() is self.form

    def _on_ended(self) -> None:
        self._stack.setCurrentWidget(self._acts)
        self.ended.emit()
