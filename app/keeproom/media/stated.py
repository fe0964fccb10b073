"""What a file states of itself as people do: title, rating, tags and the rest, from the tags that programs keep it in.

Names are exiftool's (12.57, `-n -G`). The order follows the Metadata Working Group's guidelines 2.0 (§5): XMP before
IPTC before EXIF, for programs that edit write XMP always and the others out of courtesy; what belongs to one kind of
container comes last. Of a fact with several sources the first that says something counts; tags come from all of theirs
(`keywords`).

Nothing here fails: what is no sensible value is as if it were not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from math import floor
from typing import Any

from keeproom.media.keywords import keywords
from keeproom.media.labels import COLOR_LABELS, DARKTABLE_LABELS, LABELS
from keeproom.media.values import LINE_CHARACTERS, line_of, lines_of, number_of, text_of
from keeproom.model import Flag, Label, Stated

Tags = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact may stand: a tag, or several that make it together, and who understands them."""

    read: Callable[..., Any]
    tags: tuple[str, ...]

    def __call__(self, tags: Tags) -> Any:
        return self.read(*(tags.get(tag) for tag in self.tags))


def _each(read: Callable[..., Any], *tags: str) -> tuple[Source, ...]:
    return tuple(Source(read, (tag,)) for tag in tags)


def _description(value: object) -> str | None:
    """A text of several lines, unless it is one that a camera or a program writes into each of its files."""
    text = text_of(value)
    return None if text is None or _NOBODYS_WORDS.fullmatch(text) else text


_NOBODYS_WORDS = re.compile(
    r"(\w+ ){0,3}digital (still )?camera|sony dsc|minolta dsc|samsung|<(digimax|samsung).*>|exif[_ ]jpe?g.*|"
    r"dcim[\\/].*|default|diskette picture|my beautiful picture|created with (the )?gimp|oznor|cof|dav|mde|"
    r'processed by sox|\{"shape": .*\}',
    re.IGNORECASE,
)


def _creator(value: object) -> str | None:
    """All names of a list, with semicolons between them as in EXIF's Artist: a name may have a comma."""
    names = dict.fromkeys(part for line in lines_of(value) for part in (p.strip() for p in line.split(";")) if part)
    return "; ".join(names)[:LINE_CHARACTERS] or None


def _place(*parts: object) -> str | None:
    """From the nearest to the farthest: `Rue X, Paris, Île-de-France, France`."""
    named = dict.fromkeys(line for part in parts if (line := line_of(part)))
    return ", ".join(named)[:LINE_CHARACTERS] or None


def _stars(value: object) -> int | None:
    """XMP's rating from -1 (rejected) to 5, which may be a fraction (XMP 1.2 part 2, §2.1)."""
    number = number_of(value)
    return None if number is None or not -1 <= number <= 5 else max(0, floor(number + 0.5))


def _percent(value: object) -> int | None:
    """Windows writes 1, 25, 50, 75 and 99 for one to five stars."""
    number = number_of(value)
    if number is None or not 0 <= number <= 100:
        return None
    return 0 if number == 0 else 1 + floor(min(number, 99) / 25 + 0.5)


def _picked(value: object) -> str | None:
    """digiKam's pick label: 0 none, 1 rejected, 2 pending, 3 accepted."""
    return {1.0: Flag.REJECT, 3.0: Flag.PICK}.get(number_of(value) or 0)


def _pick(value: object) -> str | None:
    """Adobe's `pick`: 1 picked, -1 rejected."""
    return {1.0: Flag.PICK, -1.0: Flag.REJECT}.get(number_of(value) or 0)


def _yes(value: object) -> str | None:
    return Flag.PICK if line_of(value) in ("true", "True", "1", "Yes") else None


def _rejected(value: object) -> str | None:
    return Flag.REJECT if number_of(value) == -1 else None


def _label(value: object) -> Label | None:
    return LABELS.get((line_of(value) or "").casefold())


def _color_label(value: object) -> Label | None:
    return COLOR_LABELS.get(number_of(value) or 0)


def _darktable_label(value: object) -> Label | None:
    """darktable has any number of colours on a photo; the first one counts."""
    first = value[0] if isinstance(value, list) and value else value
    number = number_of(first)
    return None if number is None else DARKTABLE_LABELS.get(number)


SOURCES: Mapping[str, tuple[Source, ...]] = {
    "title": _each(
        line_of,
        *("XMP:Title", "IPTC:ObjectName", "EXIF:XPTitle"),
        *("QuickTime:Title", "Matroska:Title", "ASF:Title", "RIFF:Title"),
        *("Vorbis:Title", "ID3:Title", "APE:Title", "AIFF:Name", "PDF:Title", "PNG:Title"),
    ),
    "description": _each(
        _description,
        *("XMP:Description", "IPTC:Caption-Abstract", "EXIF:ImageDescription", "EXIF:XPComment"),
        *("QuickTime:Description", "QuickTime:LongDescription", "QuickTime:Comment"),
        *("Matroska:Description", "Matroska:Synopsis", "Matroska:Comment"),
        *("ASF:Description", "RIFF:Comment", "Vorbis:Description", "Vorbis:Comment", "APE:Comment"),
        *("PDF:Subject", "PNG:Description"),
    ),
    "creator": _each(
        _creator,
        *("XMP:Creator", "IPTC:By-line", "EXIF:Artist", "EXIF:XPAuthor"),
        *("QuickTime:Artist", "QuickTime:Author", "Matroska:Artist", "Matroska:Author", "ASF:Author", "RIFF:Artist"),
        *("Vorbis:Artist", "ID3:Artist", "APE:Artist", "AIFF:Author", "PDF:Author", "PNG:Author"),
    ),
    "place": (
        Source(_place, ("XMP:Location", "XMP:City", "XMP:State", "XMP:Country")),
        Source(_place, ("IPTC:Sub-location", "IPTC:City", "IPTC:Province-State", "IPTC:Country-PrimaryLocationName")),
        *(
            Source(
                _place, tuple(f"XMP:{place}{part}" for part in ("Sublocation", "City", "ProvinceState", "CountryName"))
            )
            for place in ("LocationCreated", "LocationShown")
        ),
        Source(_place, ("QuickTime:LocationName",)),
    ),
    "rating": (
        *_each(_stars, "XMP:Rating"),
        *_each(_percent, "XMP:RatingPercent"),
        *_each(_stars, "EXIF:Rating"),
        *_each(_percent, "EXIF:RatingPercent", "ASF:SharedUserRating"),
    ),
    "label": (
        *_each(_label, "XMP:Label"),
        *_each(_color_label, "XMP:ColorLabel"),
        *_each(_darktable_label, "XMP:Colorlabels"),
    ),
    "flag": (
        *_each(_picked, "XMP:PickLabel"),
        *_each(_pick, "XMP:Pick"),
        *_each(_yes, "XMP:Good", "XMP:Tagged"),
        *_each(_rejected, "XMP:Rating"),
    ),
}
"""The facts but the tags, each with where it may stand. A new source is one row."""

WORDS = (
    *("XMP:Headline", "IPTC:Headline", "XMP:Title", "IPTC:ObjectName"),
    *("XMP:Description", "IPTC:Caption-Abstract", "EXIF:ImageDescription", "EXIF:XPComment", "EXIF:XPSubject"),
    *("XMP:Location", "XMP:City", "XMP:State", "XMP:Country", "IPTC:Sub-location", "IPTC:City"),
    *("IPTC:Province-State", "IPTC:Country-PrimaryLocationName", "XMP:LocationShownCity", "XMP:LocationCreatedCity"),
    *("XMP:PersonInImage", "XMP:RegionName", "XMP:RegionPersonDisplayName", "XMP:Event"),
    *(f"{group}:Album" for group in ("ID3", "QuickTime", "Vorbis", "APE", "Matroska")),
    *(f"{group}:Composer" for group in ("ID3", "QuickTime", "Vorbis", "APE", "ASF")),
    *("ASF:AlbumTitle", "QuickTime:LocationName"),
)
"""What of a file's metadata is found by words, whatever a person states of the asset."""

WORDS_CHARACTERS = 20_000


def stated(tags: Tags) -> Stated:
    """What a file states, from its tags by `Group:Tag`."""
    facts = {fact: _first(sources, tags) for fact, sources in SOURCES.items()}
    return Stated(**facts, tags=keywords(tags))


def over(first: Stated, second: Stated) -> Stated:
    """The facts of `first`, and those of `second` where it says nothing: a companion file's over its file's own."""
    said = {each.name: value for each in fields(Stated) if (value := getattr(first, each.name)) not in (None, ())}
    return replace(second, **said)


def words_of(tags: Tags) -> str:
    """What a file's metadata says in words, in one line."""
    found = dict.fromkeys(line for name in WORDS for line in lines_of(tags.get(name), WORDS_CHARACTERS))
    return " ".join(line for line in found if not _NOBODYS_WORDS.fullmatch(line))[:WORDS_CHARACTERS]


def _first(sources: tuple[Source, ...], tags: Tags) -> Any:
    return next((value for source in sources if (value := source(tags)) is not None), None)
