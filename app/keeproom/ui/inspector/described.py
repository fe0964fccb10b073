"""What a person has stated of one item or of many, in the form in which it is edited."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from keeproom.model import CaptureTime
from keeproom.ui.describe.shared import MIXED, Mixed, Shared
from keeproom.ui.describe.tagfield import TagOn

if TYPE_CHECKING:
    from keeproom.library.facts_of_many import Shared as Counted
    from keeproom.library.facts_of_many import SharedFacts


@dataclass(frozen=True, slots=True)
class CollectionOn:
    """A collection that holds items; `on` tells how many where not all are in it."""

    id: int
    name: str
    on: int | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """`ids` are the items that an edit goes to, `count` how many of them there are. What they differ in is MIXED."""

    ids: array[int]
    count: int = 1
    name: Shared[str] = ""
    title: Shared[str] | None = None
    description: Shared[str] | None = None
    creator: Shared[str] | None = None
    place: Shared[str] | None = None
    captured: CaptureTime | Mixed | None = None
    rotation: Shared[int] = 0
    rating: Shared[int] = 0
    label: Shared[str] | None = None
    flag: Shared[str] | None = None
    tags: Sequence[TagOn] = field(default=())
    collections: Sequence[CollectionOn] = field(default=())


_MIXABLE = frozenset(each.name for each in fields(Described)) - {"ids", "count", "tags", "collections"}


def described(ids: array[int], facts: SharedFacts) -> Described:
    """What the library says of items."""
    known: dict[str, Any] = {name: _shared(value) for name, value in facts.values.items()}
    return Described(
        ids,
        facts.count,
        **known,
        tags=[TagOn(tag.name, _on(tag, facts)) for tag in facts.tags],
        collections=[CollectionOn(each.id, each.name, _on(each, facts)) for each in facts.collections],
    )


def undescribed(ids: array[int]) -> Described:
    """Items of which nobody has asked what they have in common."""
    mixed: dict[str, Any] = dict.fromkeys(_MIXABLE, MIXED)
    return Described(ids, len(ids), **mixed)


def _shared(value: Any) -> Any:
    from keeproom.library.facts_of_many import MIXED as DIFFERENT

    return MIXED if value is DIFFERENT else value


def _on(each: Counted, facts: SharedFacts) -> int | None:
    return None if each.count == facts.count else each.count
