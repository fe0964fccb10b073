"""Where somebody was in the grid, for the next time."""

from __future__ import annotations

from dataclasses import dataclass

MOST_SELECTED = 500
"""A larger selection is not worth keeping over a restart."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The first asset in sight and how far its row is from the top of the viewport; the current one, and what is
    selected if that is not too much. None where the list was empty."""

    anchor: int | None = None
    above: int = 0
    current: int | None = None
    selected: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {"anchor": self.anchor, "above": self.above, "current": self.current, "selected": list(self.selected)}


def read_bookmark(told: dict[str, object]) -> Bookmark:
    """What `as_json` told; what is not as it should be is left out."""
    above, selected = told.get("above"), told.get("selected")
    ids = selected if isinstance(selected, list) else []
    return Bookmark(
        _id(told.get("anchor")),
        above if isinstance(above, int) else 0,
        _id(told.get("current")),
        tuple(each for each in ids if isinstance(each, int)),
    )


def _id(value: object) -> int | None:
    return value if isinstance(value, int) else None
