"""What is compared below the pictures, a row a fact, and which side has the better one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keeproom.model import Cell
from keeproom.ui.images import seen_sides
from keeproom.ui.inspector.itemwords import short_day, time_of_day
from keeproom.ui.texts import locale, number, size, tr


@dataclass(frozen=True, slots=True)
class Fact:
    """`text` says it of an item, empty where there is nothing to say; the side with the largest `worth` has the better
    one, where the sides differ."""

    name: str
    text: Callable[[Cell], str]
    worth: Callable[[Cell], float]


def _pixels(cell: Cell) -> str:
    sides = seen_sides(cell)
    if sides is None:
        return ""
    millions = sides[0] * sides[1] / 1e6
    megapixels = locale().toString(millions, "f", 1 if millions < 10 else 0)
    words = tr("{sides} · {megapixels} MP")
    return words.format(sides=f"{number(sides[0])} × {number(sides[1])}", megapixels=megapixels)


def _size(cell: Cell) -> str:
    if not cell.size_bytes:
        return ""
    return f"{size(cell.size_bytes)} · {cell.format.upper()}" if cell.format else size(cell.size_bytes)


def _date(cell: Cell) -> str:
    if cell.captured is None:
        return tr("No date")
    return f"{short_day(cell.captured)}, {time_of_day(cell.captured)}"


FACTS = (
    Fact("Pixels", _pixels, lambda cell: (cell.width or 0) * (cell.height or 0)),
    Fact("Size", _size, lambda cell: cell.size_bytes),
    Fact("Taken", _date, lambda cell: cell.captured is not None),
    Fact("Camera", lambda cell: cell.camera or "", lambda _cell: 0),
)


def better(fact: Fact, cells: Sequence[Cell | None]) -> frozenset[int]:
    """The sides that have the better one of it; none where all are alike."""
    worths = [None if cell is None else fact.worth(cell) for cell in cells]
    known = [worth for worth in worths if worth is not None]
    if len(set(known)) < 2:
        return frozenset()
    return frozenset(index for index, worth in enumerate(worths) if worth == max(known))


def shown_facts(cells: Sequence[Cell | None]) -> list[Fact]:
    """Those that can be told of any of them."""
    return [fact for fact in FACTS if any(cell is not None and fact.text(cell) for cell in cells)]
