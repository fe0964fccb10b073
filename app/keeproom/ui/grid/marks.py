"""What stands beside the scrubber's rail: years and months, first letters, stars, as far as the order has any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate

from keeproom.model import Group, SortKey
from keeproom.ui.texts import locale, plural, printable, tr

NOTHING = "–"
"""Stands for what has no date."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the list, from the cell `start` on, `count` of them. `label` stands beside the rail, where there is
    room for it; it is empty for a lesser mark. `text` is what is said of the place."""

    start: int
    count: int
    label: str
    text: str


def marks_of(groups: Sequence[Group], key: str) -> tuple[Mark, ...]:
    """The marks of an order by `key`, from what the library found; none where it marks nothing."""
    make = _MARKERS.get(key)
    return () if make is None else tuple(make(groups))


def _of_months(groups: Sequence[Group]) -> Iterable[Mark]:
    """A month a mark; the first one of each year has the year's label."""
    before = None
    for group in groups:
        year, _, month = group.key.partition("-")
        label = "" if year == before else year or NOTHING
        before = year
        yield Mark(group.start, group.count, label, _month_words(year, month))


def _month_words(year: str, month: str) -> str:
    if not year:
        return tr("No date")
    return locale().toString(QDate(int(year), int(month), 1), "MMMM yyyy") if month else year


def _of_letters(groups: Sequence[Group]) -> Iterable[Mark]:
    for group in groups:
        letter = printable(group.key) or NOTHING
        yield Mark(group.start, group.count, letter, letter)


def _of_stars(groups: Sequence[Group]) -> Iterable[Mark]:
    for group in groups:
        stars = int(group.key or 0)
        words = plural(stars, "%n star", "%n stars") if stars else tr("No rating")
        yield Mark(group.start, group.count, f"{stars} ★" if stars else NOTHING, words)


_MARKERS: Mapping[str, Callable[[Sequence[Group]], Iterable[Mark]]] = {
    SortKey.CAPTURED: _of_months,
    SortKey.IMPORTED: _of_months,
    SortKey.NAME: _of_letters,
    SortKey.RATING: _of_stars,
}


@dataclass(frozen=True, slots=True)
class Rail:
    """Where on the scrubber a place of the content is: no screen needed.

    The handle points, a little below its top, at what is at the top of the viewport. What only the last page shows lies
    below that, down to the end. All in logical pixels.
    """

    top: int
    length: int
    handle: int
    maximum: int
    page: int
    nose: float

    @classmethod
    def fitting(cls, top: int, length: int, shortest: int, maximum: int, page: int) -> Rail:
        """The rail with a handle that is as long as the page is of the whole, but not too short to be caught."""
        share = length * page // max(1, maximum + page)
        handle = min(length, max(shortest, share))
        return cls(top, max(1, length), handle, max(0, maximum), max(1, page), min(handle, shortest) / 2)

    @property
    def way(self) -> int:
        """How far the handle can go."""
        return self.length - self.handle

    def handle_top(self, value: int) -> float:
        return self.top + (self.way * min(value, self.maximum) / self.maximum if self.maximum else 0)

    def y_of(self, place: int) -> float:
        """Where a height of the content is: where the handle points when that is at the top, if it can be."""
        beyond = min(max(0, place - self.maximum), self.page) / self.page
        return self.handle_top(place) + self.nose + beyond * (self.handle - self.nose)

    def place_at(self, y: float) -> int:
        """The height of the content that is there."""
        beyond = (y - self.top - self.nose - self.way) / max(1.0, self.handle - self.nose)
        return self.value_at(y) + round(min(max(0.0, beyond), 1.0) * self.page)

    def value_at(self, y: float) -> int:
        """The value at which the handle points there, as far as it can go."""
        share = (y - self.top - self.nose) / max(1, self.way)
        return round(min(max(0.0, share), 1.0) * self.maximum)


@dataclass(frozen=True, slots=True)
class Label:
    """A label beside the rail: the number of its mark, and where its middle is."""

    mark: int
    y: float


def placed_labels(marks: Sequence[Mark], ys: Sequence[float], gap: float, within: tuple[float, float]) -> list[Label]:
    """The labels there is room for, from above; what stands for more cells comes first. Middles are `gap` apart, and
    none is beyond `within`."""
    named = [number for number, mark in enumerate(marks) if mark.label]
    ends = dict(zip(named, [*named[1:], len(marks)], strict=False))
    weights = {number: sum(mark.count for mark in marks[number:end]) for number, end in ends.items()}
    chosen: list[Label] = []
    for number in sorted(named, key=lambda number: -weights[number]):
        y = min(max(ys[number], within[0]), within[1])
        if all(abs(y - other.y) >= gap for other in chosen):
            chosen.append(Label(number, y))
    return sorted(chosen, key=lambda label: label.y)


def spaced(ys: Sequence[float], gap: float) -> list[float]:
    """Those of these heights, ascending, that are so far from the last one that a line between them is seen."""
    result: list[float] = []
    for y in ys:
        if not result or y - result[-1] >= gap:
            result.append(y)
    return result
