"""The keys of the search field: what each does while the keyboard is in the line that is typed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from keeproom.ui.search.field import SearchField

Act = Callable[["SearchField"], bool]


def act(field: SearchField, event: QKeyEvent) -> bool:
    """Do what a key means to the field; whether it means something to it."""
    if event.matches(QKeySequence.StandardKey.SelectAll):
        field.select_all()
        return True
    if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
        field.open_history()
        return True
    if event.key() == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        field.suggest()
        return True
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    key = _KEYS.get(Qt.Key(event.key()))
    return key is not None and key(field)


def _escape(field: SearchField) -> bool:
    """Away with what is open, then with the query, then from the field."""
    if not field.popup.isHidden():
        field.suggesting.close()
        field.popup.hide()
    elif field.text():
        field.clear()
    else:
        field.left.emit()
    return True


def _enter(field: SearchField) -> bool:
    line = field.suggesting.marked()
    if line is not None:
        field.suggesting.take(line)
    elif field.commit():
        field.to_items.emit()
    return True


def _down(field: SearchField) -> bool:
    if field.suggesting.is_open:
        field.suggesting.move_mark(1)
    elif not field.text():
        field.open_history()
    elif field.commit():
        field.to_items.emit()
    return True


def _up(field: SearchField) -> bool:
    if field.suggesting.is_open:
        field.suggesting.move_mark(-1)
    return True


def _tab(field: SearchField) -> bool:
    line = field.suggesting.first()
    if line is not None:
        field.suggesting.take(line)
    return line is not None


def _back(field: SearchField) -> bool:
    return field.edit.is_at_start() and field.step(-1)


def _forth(field: SearchField) -> bool:
    return field.edit.is_at_end() and field.step(1)


def _home(field: SearchField) -> bool:
    return field.edit.is_at_start() and field.go_to_end(-1)


def _end(field: SearchField) -> bool:
    return field.edit.is_at_end() and field.go_to_end(1)


_KEYS: Mapping[Qt.Key, Act] = {
    Qt.Key.Key_Escape: _escape,
    Qt.Key.Key_Return: _enter,
    Qt.Key.Key_Enter: _enter,
    Qt.Key.Key_Down: _down,
    Qt.Key.Key_Up: _up,
    Qt.Key.Key_Tab: _tab,
    Qt.Key.Key_Left: _back,
    Qt.Key.Key_Backspace: _back,
    Qt.Key.Key_Right: _forth,
    Qt.Key.Key_Delete: _forth,
    Qt.Key.Key_Home: _home,
    Qt.Key.Key_End: _end,
}
