"""Searches that were made before, newest first, as the settings keep them."""

from __future__ import annotations

import json
from collections.abc import Callable

from keeproom.settings import Settings

MOST = 40
LONGEST = 2_000
"""A query longer than this is not remembered."""


class History:
    """`keeps` tells whether what is new is written down."""

    def __init__(self, settings: Settings, keeps: Callable[[], bool] = lambda: True) -> None:
        self._settings = settings
        self._keeps = keeps
        self._searches = _read(settings.text("search.history"))

    def searches(self) -> list[str]:
        return list(self._searches)

    def add(self, search: str) -> None:
        """Remember a search as the newest; what it was typed on the way to is forgotten."""
        search = search.strip()
        if search and len(search) <= LONGEST and self._searches[:1] != [search]:
            others = [each for each in self._searches if each != search]
            self._put([search, *others][:MOST])

    def remove(self, search: str) -> None:
        self._put([each for each in self._searches if each != search])

    def clear(self) -> None:
        self._put([])

    def _put(self, searches: list[str]) -> None:
        self._searches = searches
        if self._keeps():
            self._settings.put("search.history", json.dumps(searches))


def _read(text: str) -> list[str]:
    """What was remembered; nothing, where the text is not ours."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return [each for each in found if isinstance(each, str)][:MOST] if isinstance(found, list) else []
