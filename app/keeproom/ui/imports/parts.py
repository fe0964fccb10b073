"""How an import is taken apart: a row a chip, with its share of the bar and the lines that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keeproom.model import Outcome
from keeproom.ui.imports.shares import Share
from keeproom.ui.texts import join_nonzero, locale, plural, tr

if TYPE_CHECKING:
    from keeproom.library.imports import ImportRecord


@dataclass(frozen=True, slots=True)
class Part:
    """`role` is the colour of its share in the bar, empty for what has none; `one` and `many` count it in a balance.

    `outcomes` and `problems` are what the library is asked for: None in `outcomes` are files that wait, None instead of
    it is all.
    """

    name: str
    text: str
    explains: str
    role: str
    count: Callable[[ImportRecord], int]
    one: str = ""
    many: str = ""
    outcomes: frozenset[Outcome | None] | None = None
    problems: bool = False


def found(record: ImportRecord) -> int:
    """How many files the import is about."""
    return sum(record.counts.values()) + record.waiting


def _of(outcome: Outcome) -> Callable[[ImportRecord], int]:
    return lambda record: record.counts.get(outcome, 0)


ALL = Part("all", "All", "Every file of this import", "", found)
NEW = Part(
    "new",
    "New",
    "Added to the library by this import",
    "ok",
    _of(Outcome.IMPORTED),
    "%n added",
    "%n added",
    frozenset({Outcome.IMPORTED}),
)
HERE = Part(
    "here",
    "Already here",
    "The same file was in the library before",
    "accent",
    _of(Outcome.DUPLICATE),
    "%n already here",
    "%n already here",
    frozenset({Outcome.DUPLICATE}),
)
PROBLEMS = Part(
    "problems",
    "Problems",
    "Kept, but without preview or details",
    "warning",
    lambda record: record.problems,
    "%n problem",
    "%n problems",
    problems=True,
)
NOT_KEPT = Part(
    "not-kept",
    "Not imported",
    "Could not be read or stored",
    "error",
    _of(Outcome.FAILED),
    "%n not imported",
    "%n not imported",
    frozenset({Outcome.FAILED}),
)
SKIPPED = Part(
    "skipped",
    "Skipped",
    "Left out: hidden, empty, or no photo, video or sound",
    "outline",
    _of(Outcome.SKIPPED),
    "%n skipped",
    "%n skipped",
    frozenset({Outcome.SKIPPED}),
)
WAITING = Part(
    "waiting",
    "Waiting",
    "Not looked at yet",
    "",
    lambda record: record.waiting,
    outcomes=frozenset({None}),
)

PARTS = (ALL, NEW, HERE, PROBLEMS, NOT_KEPT, SKIPPED, WAITING)
_TOLD = (NEW, HERE, PROBLEMS, NOT_KEPT, SKIPPED)


def counts(record: ImportRecord) -> Mapping[Part, int]:
    return {part: part.count(record) for part in PARTS}


def shares(record: ImportRecord) -> list[Share]:
    """The parts of the bar from left to right; what has a problem is taken out of what is new."""
    trouble = min(record.problems, NEW.count(record))
    sizes = {**counts(record), NEW: NEW.count(record) - trouble, PROBLEMS: trouble}
    return [Share(sizes[part], part.role) for part in _TOLD]


def balance_words(record: ImportRecord) -> str:
    """`18,072 added, 1,902 already here, 3 problems, 23 skipped`"""
    return join_nonzero(
        *((part.count(record), lambda count, part=part: plural(count, part.one, part.many)) for part in _TOLD)
    )


@dataclass(frozen=True, slots=True)
class StateRow:
    """How an import stands, in words and in the colour of a role."""

    text: str
    role: str


STATES: Mapping[str, StateRow] = {  # by the values of ImportState
    "running": StateRow("Running", "accent"),
    "paused": StateRow("Paused", "warning"),
    "interrupted": StateRow("Interrupted", "warning"),
    "ended": StateRow("", "secondary"),
    "cancelled": StateRow("Cancelled", "secondary"),
}


def done_fraction(record: ImportRecord) -> float:
    """How much of the import's files has been looked at."""
    total = found(record)
    return 1 - record.waiting / total if total else 0.0


def state_words(record: ImportRecord) -> str:
    """How it stands, where it is not simply over: `Running, 41 %`."""
    if record.lacks_space:
        return tr("Waits for space")
    text = tr(STATES[record.state].text)
    if record.state != "running" or not found(record):
        return text
    percent = locale().toString(int(done_fraction(record) * 100))
    return tr("{state}, {percent} %").format(state=text, percent=percent)


def short_state(record: ImportRecord) -> str:
    """The same in less room: `41 %`."""
    if record.state == "running" and found(record) and not record.lacks_space:
        return tr("{percent} %").format(percent=locale().toString(int(done_fraction(record) * 100)))
    return state_words(record)


def left_words(record: ImportRecord) -> str:
    """`412 files wait`"""
    return plural(record.waiting, "%n file waits", "%n files wait") if record.waiting else ""
