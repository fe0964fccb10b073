"""Many items in words: how many of what, how much, from when to when, and what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from keeproom.model import Kind
from keeproom.ui.inspector.fact import Fact, Row, facts_of
from keeproom.ui.inspector.itemwords import day, flag, label, readable, short_day, stars
from keeproom.ui.texts import clock, number, plural, size, tr

if TYPE_CHECKING:
    from keeproom.library.summing import Common, SelectionSummary

T = TypeVar("T")

TOP_CAMERAS = 3
_OF_KIND: Mapping[Kind, tuple[str, str]] = {
    Kind.IMAGE: ("%n photo", "%n photos"),
    Kind.VIDEO: ("%n video", "%n videos"),
    Kind.AUDIO: ("%n sound", "%n sounds"),
    Kind.DOCUMENT: ("%n document", "%n documents"),
}


def sum_sections(summary: SelectionSummary) -> list[list[Fact]]:
    """What is shown of many, section by section."""
    sections = [facts_of(rows, summary) for rows in (_AMOUNT, _SPAN, _SHARED)]
    sections[1] += _cameras(summary)
    return [section for section in sections if section]


def read_sums(summary: SelectionSummary) -> list[list[Fact]]:
    """The same without what is stated, which is edited above it."""
    sections = [[fact for fact in section if fact.label not in _STATED] for section in sum_sections(summary)]
    return [section for section in sections if section]


def kinds(summary: SelectionSummary) -> str:
    """`12 photos, 3 videos`."""
    return ", ".join(plural(count, *_OF_KIND[kind]) for kind, count in summary.kinds.items())


def problems(summary: SelectionSummary) -> str:
    """How many have a problem; empty where none has."""
    return plural(summary.trouble, "%n has a problem", "%n have problems") if summary.trouble else ""


def span(summary: SelectionSummary) -> str:
    """When they were taken, from the first to the last."""
    return _dates(summary) or ""


def _length(summary: SelectionSummary) -> str | None:
    return clock(summary.duration_s) if summary.timed else None


def _dates(summary: SelectionSummary) -> str | None:
    """`1 May 2023 – 14 May 2023`, one day with its weekday, and how many have no date."""
    if summary.earliest is None or summary.latest is None:
        return tr("No dates") if summary.count else None
    undated = summary.count - summary.dated
    rest = f"\n{plural(undated, '%n without a date', '%n without a date')}" if undated else ""
    return _days(summary.earliest, summary.latest) + rest


def _days(earliest: datetime, latest: datetime) -> str:
    if earliest.date() == latest.date():
        return day(earliest)
    return f"{short_day(earliest)} –\n{short_day(latest)}"


def _dimensions(summary: SelectionSummary) -> str | None:
    if summary.smallest is None or summary.largest is None:
        return None
    smallest, largest = (f"{number(width)} × {number(height)}" for width, height in (summary.smallest, summary.largest))
    return smallest if smallest == largest else f"{smallest} –\n{largest}"


def _cameras(summary: SelectionSummary) -> list[Fact]:
    """The cameras that took most; one that took all stands alone."""
    if not summary.cameras:
        return []
    unknown = summary.count - sum(count for _, count in summary.cameras)
    if len(summary.cameras) == 1 and not unknown:
        return [Fact("Camera", summary.cameras[0][0])]
    lines = [f"{number(count)} × {camera}" for camera, count in summary.cameras[:TOP_CAMERAS]]
    others = len(summary.cameras) - TOP_CAMERAS
    if others > 0:
        lines.append(plural(others, "and %n more", "and %n more"))
    if unknown:
        lines.append(tr("{count} unknown").format(count=number(unknown)))
    return [Fact("Cameras" if len(summary.cameras) > 1 else "Camera", "\n".join(lines))]


def _shared(common: Common[T], words: Callable[[T], str | None]) -> str | None:
    if common.is_mixed:
        return tr("mixed")
    return words(common.value) if common.value is not None else None


def _folder(summary: SelectionSummary) -> str | None:
    return readable(str(summary.folder)) if summary.folder else None


_AMOUNT: tuple[Row[SelectionSummary], ...] = (
    Row("Kinds", lambda each: kinds(each).replace(", ", "\n") or None),
    Row("Size", lambda each: size(each.bytes)),
    Row("Length", _length),
    Row("Dimensions", _dimensions),
)
_SPAN: tuple[Row[SelectionSummary], ...] = (Row("Taken", _dates),)
_SHARED: tuple[Row[SelectionSummary], ...] = (
    Row("Came from", _folder),
    Row("Title", lambda each: _shared(each.title, str)),
    Row(
        "Rating",
        lambda each: _shared(each.rating, stars),
        lambda each: "" if each.rating.is_mixed else plural(each.rating.value or 0, "%n star", "%n stars"),
    ),
    Row("Label", lambda each: _shared(each.label, label)),
    Row("Flag", lambda each: _shared(each.flag, flag)),
)
_STATED = frozenset({"Title", "Rating", "Label", "Flag", "Taken"})
