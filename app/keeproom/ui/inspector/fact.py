"""One line of what is known: what it is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from keeproom.ui.texts import tooltip

T = TypeVar("T")

TIP_LONGEST = 1_200
TIP_LINE = 80


@dataclass(frozen=True, slots=True)
class Fact:
    """`spoken` is read out where the text is drawn with signs; `place` is what the file manager can show."""

    label: str
    text: str
    spoken: str = ""
    place: Path | None = None


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A fact of something: its label, and how its text is found; no text, no line."""

    label: str
    text: Callable[[T], str | None]
    spoken: Callable[[T], str] | None = None


def facts_of(rows: Iterable[Row[T]], thing: T) -> list[Fact]:
    """The facts that there are."""
    return [Fact(row.label, text, row.spoken(thing) if row.spoken else "") for row in rows if (text := row.text(thing))]


def as_text(sections: Iterable[Sequence[Fact]]) -> str:
    """Facts to copy: a line each, sections parted by an empty one."""
    return "\n\n".join("\n".join(f"{fact.label}: {fact.text}" for fact in section) for section in sections if section)


def tip(text: str) -> str:
    """A tool tip of plain text that stays on the screen: long ones are cut, long lines broken."""
    cut = text if len(text) <= TIP_LONGEST else f"{text[:TIP_LONGEST]}…"
    lines = (line[at : at + TIP_LINE] for line in cut.splitlines() for at in range(0, max(1, len(line)), TIP_LINE))
    return tooltip("\n".join(lines))
