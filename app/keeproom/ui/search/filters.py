"""The filters that are one click away: each is a value of a field of the query, put in and taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keeproom.ui.search.draft import Parts, with_term, without
from keeproom.ui.search.language import Part

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts

_TERM = re.compile(r"""(\w+)(?::|(?=[<>=]))([^\s"“„«()]*)""")


@dataclass(frozen=True, slots=True)
class Quick:
    """What it asks of a `field`. `explains` is told where the words alone do not; `label` names a colour."""

    field: str
    value: str
    text: str
    explains: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Filters of one field; where `several` hold, an item answers to any of them."""

    text: str
    rows: tuple[Quick, ...]
    several: bool = True


UNRATED = Quick("rating", "0", "Unrated", "Items without stars")
UNFLAGGED = Quick("flag", "none", "Unflagged", "Items neither picked nor rejected")
TO_JUDGE = (UNRATED, UNFLAGGED)
"""What a person who goes through new pictures has not decided on yet."""

SECTIONS = (
    Section(
        "Rating",
        (
            UNRATED,
            Quick("rating", ">=1", "★ 1+", "One star or more"),
            Quick("rating", ">=2", "★ 2+", "Two stars or more"),
            Quick("rating", ">=3", "★ 3+", "Three stars or more"),
            Quick("rating", ">=4", "★ 4+", "Four stars or more"),
            Quick("rating", "5", "★ 5", "Five stars"),
        ),
        several=False,
    ),
    Section("Flag", (UNFLAGGED, Quick("flag", "pick", "Picked"), Quick("flag", "reject", "Rejected"))),
    Section(
        "Label",
        (
            Quick("label", "none", "No label"),
            Quick("label", "red", "Red", label="red"),
            Quick("label", "yellow", "Yellow", label="yellow"),
            Quick("label", "green", "Green", label="green"),
            Quick("label", "blue", "Blue", label="blue"),
            Quick("label", "purple", "Purple", label="purple"),
        ),
    ),
    Section(
        "Kind",
        (
            Quick("kind", "image", "Photos"),
            Quick("kind", "video", "Videos"),
            Quick("kind", "audio", "Sounds"),
            Quick("kind", "document", "Documents"),
        ),
    ),
)
_SEVERAL = {row.field: section.several for section in SECTIONS for row in section.rows}
_ORDER = {(row.field, row.value): place for section in SECTIONS for place, row in enumerate(section.rows)}


def held(whole: str, parts: Parts) -> frozenset[Quick]:
    """The filters that a query has in it."""
    found = {(field, value) for part in parts(whole) for field, values in _terms(part) for value in values}
    return frozenset(row for section in SECTIONS for row in section.rows if (row.field, row.value) in found)


def toggled(whole: str, wanted: Sequence[Quick], parts: Parts) -> str:
    """The query with these filters in it; without them, if all of them were."""
    takes_out = set(wanted) <= held(whole, parts)
    for quick in wanted:
        whole = _switched(whole, quick, parts, on=not takes_out)
    return whole.strip()


def _switched(whole: str, quick: Quick, parts: Parts, *, on: bool) -> str:
    """The query with one filter in it, or without it; its field stands once in it then, where it stood first."""
    places = [(part, values) for part in parts(whole) for field, values in _terms(part) if field == quick.field]
    several = _SEVERAL[quick.field]
    values = {value for _, found in places for value in found} - {quick.value} if several else set()
    if on:
        values.add(quick.value)
    for part, _ in reversed(places[1:] if values else places):
        whole = without(whole, part.start, part.end)
    if not values:
        return whole
    term = f"{quick.field}:{','.join(sorted(values, key=lambda value: (_ORDER.get((quick.field, value), 99), value)))}"
    if not places:
        return with_term(whole, term)
    return whole[: places[0][0].start] + term + whole[places[0][0].end :]


def _terms(part: Part) -> list[tuple[str, list[str]]]:
    """The field of a part with its values; nothing for a word, and for what is excluded."""
    match = None if part.negated or part.error else _TERM.fullmatch(part.text)
    return [] if match is None else [(match[1].casefold(), match[2].casefold().split(","))]


def count_of(quick: Quick, counts: SidebarCounts) -> int:
    """How many of what is found now answer to a filter."""
    return _COUNTS[quick.field](quick.value, counts)


def _rated(value: str, counts: SidebarCounts) -> int:
    if value.isdecimal():
        return counts.ratings.get(int(value), 0)
    least = int(value.removeprefix(">="))
    return sum(count for stars, count in counts.ratings.items() if stars >= least)


def _of_kind(value: str, counts: SidebarCounts) -> int:
    return next((count for kind, count in counts.kinds.items() if kind == value), 0)


_COUNTS: Mapping[str, Callable[[str, SidebarCounts], int]] = {
    "rating": _rated,
    "flag": lambda value, counts: counts.flags.get("" if value == "none" else value, 0),
    "label": lambda value, counts: counts.labels.get("" if value == "none" else value, 0),
    "kind": _of_kind,
}
