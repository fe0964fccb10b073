"""Back to where one was, after a restart: the place, what was in sight, current and selected, as one text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keeproom.ui.browse.places import ALL, Place, place_as_json, read_place
from keeproom.ui.grid.bookmark import Bookmark, read_bookmark
from keeproom.ui.grid.ids import position

if TYPE_CHECKING:
    from keeproom.ui.grid.ids import Ids


@dataclass(frozen=True, slots=True)
class WayBack:
    """A place, and a bookmark in its list."""

    place: Place
    mark: Bookmark

    def is_on(self, first_page: Ids) -> bool:
        """Whether the first page of the whole library shows it."""
        anchor = self.mark.anchor
        return self.place == ALL and (anchor is None or position(first_page, anchor) is not None)


def write_way_back(place: Place, mark: Bookmark, library: Path) -> str:
    """The text; from the list of an import one comes back to the whole library."""
    if place.entry is not None or place.last_import:
        place, mark = ALL, Bookmark()
    return json.dumps({"library": str(library), **place_as_json(place), **mark.as_json()})


def read_way_back(text: str, library: Path) -> WayBack | None:
    """What `write_way_back` wrote for this library; None where there is nothing of use."""
    try:
        told = json.loads(text) if text else None
    except ValueError:
        return None
    if not isinstance(told, dict) or told.get("library") != str(library):
        return None
    return WayBack(read_place(told) or ALL, read_bookmark(told))
