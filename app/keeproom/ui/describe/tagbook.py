"""The tags that there are and those used last, for every tag field of a window."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from keeproom.ui.describe.suggesting import KnownTag, known_tags, with_recent

if TYPE_CHECKING:
    from keeproom.model import Changes
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

RECENT = "tags.recent"


class TagBook(QObject):
    """Asks for the tags of the open library when somebody wants them and there is news; `changed` tells of others."""

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._room: Room | None = None
        self._known: tuple[KnownTag, ...] = ()
        self._is_stale = True
        self._is_asking = False

    @classmethod
    def of(cls, window: MainWindow) -> TagBook:
        """The tags of a window, known from the first time on."""
        return window.findChild(cls) or cls(window)

    @property
    def known(self) -> tuple[KnownTag, ...]:
        return self._known

    @property
    def recent(self) -> list[str]:
        """The tags used last, newest first."""
        try:
            names = json.loads(self._window.settings.text(RECENT) or "[]")
        except ValueError:
            return []
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []

    def used(self, names: Sequence[str]) -> None:
        """These were put on something."""
        if self._window.works:
            self._window.settings.put(RECENT, json.dumps(with_recent(self.recent, names)))
        self.changed.emit()

    def want(self) -> None:
        """Somebody is about to choose: ask, if what is known is old."""
        room = self._window.room
        if room is not self._room:
            self._follow(room)
        if room is not None and self._is_stale and not self._is_asking:
            self._is_stale, self._is_asking = False, True
            room.run(lambda: _read(room), lambda known: self._on_known(room, known), self._on_failed)

    def _follow(self, room: Room | None) -> None:
        self._room, self._known = room, ()
        self._is_stale, self._is_asking = True, False
        if room is not None:
            room.session.changed.connect(self._on_news)

    def _on_news(self, _changes: Changes) -> None:
        self._is_stale = True

    def _on_known(self, room: Room, known: tuple[KnownTag, ...]) -> None:
        if room is self._room:
            self._is_asking = False
            self._known = known
            self.changed.emit()

    def _on_failed(self) -> None:
        self._is_asking = False


def _read(room: Room) -> tuple[KnownTag, ...]:
    from keeproom.library.tagging import list_tags

    return known_tags((tag.name, tag.count) for tag in list_tags(room.library))
