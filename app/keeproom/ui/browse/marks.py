"""Bookmarks: where one was in each place and each search, for the way back to it."""

from __future__ import annotations

from keeproom.ui.grid.bookmark import Bookmark

MOST = 300
"""So many places and searches are remembered; the one not been at for longest is forgotten first."""


class Marks:
    """By the name of a place and the search in it."""

    def __init__(self) -> None:
        self._marks: dict[tuple[str, str], Bookmark] = {}

    def keep(self, place: str, query: str, mark: Bookmark) -> None:
        key = (place, query)
        self._marks.pop(key, None)
        if mark.anchor is not None:
            self._marks[key] = mark
        while len(self._marks) > MOST:
            self._marks.pop(next(iter(self._marks)))

    def find(self, place: str, query: str) -> Bookmark | None:
        return self._marks.get((place, query))

    def clear(self) -> None:
        self._marks.clear()
