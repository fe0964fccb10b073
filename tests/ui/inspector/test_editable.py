"""Texts edited where they stand: saved, reverted, and never lost or given to other items."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from keeproom.ui.describe.shared import MIXED
from keeproom.ui.inspector.editable import LineField, TextField
from keeproom.ui.theme.appearance import Appearance

Told = list[tuple[object, str]]


@pytest.fixture
def host(qtbot: QtBot, appearance: Appearance) -> QWidget:
    shown = QWidget()
    shown.resize(260, 300)
    qtbot.addWidget(shown)
    return shown


@pytest.fixture
def other(host: QWidget) -> QLineEdit:
    """What has the keyboard when the field has not."""
    return QLineEdit(host)


@pytest.fixture(params=[LineField, TextField])
def field(qtbot: QtBot, host: QWidget, other: QLineEdit, request: pytest.FixtureRequest) -> LineField | TextField:
    shown: LineField | TextField = request.param("Title", "Add a title", host)
    column = QVBoxLayout(host)
    column.addWidget(shown)
    column.addWidget(other)
    host.show()
    host.activateWindow()
    shown.load(1, "Rome")
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    return shown


@pytest.fixture
def told(field: LineField | TextField) -> Told:
    told: Told = []
    field.saved.connect(lambda target, text: told.append((target, text)))
    return told


def type_anew(qtbot: QtBot, field: LineField | TextField, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text) if text else qtbot.keyClick(field, Qt.Key.Key_Delete)


def test_enter_saves(qtbot: QtBot, field: LineField | TextField, told: Told) -> None:
    type_anew(qtbot, field, "Paris")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == [(1, "Paris")]
    assert field.hasFocus()


def test_leaving_the_field_saves(qtbot: QtBot, field: LineField | TextField, other: QLineEdit, told: Told) -> None:
    type_anew(qtbot, field, "")
    other.setFocus()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(1, "")], "empty takes it away"
    field.setFocus()
    other.setFocus()
    assert len(told) == 1, "what is not changed is not saved"


def test_escape_reverts_and_then_leaves(qtbot: QtBot, field: LineField | TextField, told: Told) -> None:
    type_anew(qtbot, field, "Paris")
    with qtbot.assertNotEmitted(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Rome"
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told == []


def test_what_is_typed_goes_to_the_items_it_was_typed_for(
    qtbot: QtBot, field: LineField | TextField, told: Told
) -> None:
    type_anew(qtbot, field, "Paris")
    field.load(2, "Berlin")
    assert told == [(1, "Paris")]
    assert field.text() == "Berlin"
    assert not field.is_changed()


def test_news_of_the_same_items_leave_what_is_typed_alone(
    qtbot: QtBot, field: LineField | TextField, told: Told
) -> None:
    type_anew(qtbot, field, "Par")
    field.load(1, "Roma")
    qtbot.keyClicks(field, "is")
    assert field.text() == "Paris"
    assert told == []
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    field.load(1, "Roma")
    assert field.text() == "Roma"


def test_what_was_refused_comes_back(qtbot: QtBot, field: LineField | TextField, told: Told) -> None:
    type_anew(qtbot, field, "a/b")
    field.save()
    field.load(1, "Rome")
    assert field.text() == "Rome"


def test_mixed_is_no_text(field: LineField | TextField, told: Told) -> None:
    field.load(3, MIXED)
    assert field.text() == ""
    assert field.placeholderText() == "Mixed"
    field.load(4, None)
    assert field.placeholderText() == "Add a title"
    assert told == []


def test_any_text_is_shown_without_being_changed(
    field: LineField | TextField, told: Told, host: QWidget, other: QLineEdit, corpus: Path
) -> None:
    strings = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    for number, text in enumerate([*strings[::7], "a\u00a0b", "x" * 20_000, "tab\tand\r\nlines\u2028\u2029"]):
        field.load(number, text)
        assert not field.is_changed()
    assert not host.grab().isNull()
    other.setFocus()
    assert not host.grab().isNull()
    assert told == []


def test_no_break_spaces_stay_what_they_are(qtbot: QtBot, field: LineField | TextField, told: Told) -> None:
    field.load(1, "10\u00a0km")
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClicks(field, "!")
    field.save()
    assert told == [(1, "10\u00a0km!")] or told == [(1, "!10\u00a0km")]


def test_several_lines_are_as_high_as_they_need(qtbot: QtBot, host: QWidget, other: QLineEdit) -> None:
    field = TextField("Description", "", host)
    column = QVBoxLayout(host)
    column.addWidget(field)
    column.addStretch(1)
    host.show()
    low = field.height()
    field.load(1, "one\ntwo\nthree")
    assert field.height() >= low + field.fontMetrics().lineSpacing()
    field.load(1, "line\n" * 100)
    assert field.height() < 12 * field.fontMetrics().lineSpacing()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text().startswith("\nline"), "Enter begins a line"


def test_what_is_pasted_is_all_of_it(field: LineField | TextField, told: Told) -> None:
    text = "x" * 100_000
    QApplication.clipboard().setText(text)
    field.selectAll()
    field.paste()
    field.save()
    QApplication.clipboard().clear()
    assert told == [(1, text)]


def test_every_return_is_a_plain_new_line(qtbot: QtBot, host: QWidget) -> None:
    field = TextField("Description", "", host)
    field.load(1, "a")
    field.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "b")
    assert field.text() == "a\n\nb"
