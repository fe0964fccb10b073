"""Templates for the names of exported files: `{date:%Y-%m-%d} {stem}.{ext}`."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from keeproom.errors import UsageError
from keeproom.library.filenames import safe_name, split_name

DEFAULT_TEMPLATE = "{name}"
UNDATED = "undated"
DAY = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name can be made of. `taken` is wall time, `number` counts the files of one export from 1."""

    name: str
    id: int
    version: int = 1
    number: int = 1
    title: str | None = None
    camera: str | None = None
    kind: str = "image"
    taken: datetime | None = None
    imported: datetime | None = None


def _stem(facts: NameFacts) -> str:
    return split_name(facts.name)[0]


def _extension(facts: NameFacts) -> str:
    return split_name(facts.name)[1].removeprefix(".")


FIELDS: Mapping[str, Callable[[NameFacts], str | int | datetime | None]] = {
    "name": lambda facts: facts.name,
    "stem": _stem,
    "ext": _extension,
    "id": lambda facts: facts.id,
    "number": lambda facts: facts.number,
    "version": lambda facts: facts.version,
    "date": lambda facts: facts.taken,
    "imported": lambda facts: facts.imported,
    "title": lambda facts: facts.title or _stem(facts),
    "camera": lambda facts: facts.camera or "",
    "kind": lambda facts: facts.kind,
}
_DATES = frozenset({"date", "imported"})
_THEN = datetime.fromisoformat("2023-05-14T10:03:01")
_EXAMPLE = NameFacts("photo.jpg", 1, taken=_THEN, imported=_THEN)


class NameTemplate:
    """A template that was found good.

    Raises:
        UsageError: it cannot be understood, or names a field that is not there; the message lists those that are.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        try:
            self._parts = tuple(string.Formatter().parse(text))
            for literal, field, _, conversion in self._parts:
                _check(text, literal, field, conversion)
            self.name_of(_EXAMPLE)
        except ValueError as error:
            raise UsageError(f"The name {text!r} cannot be understood: {error}. {_possible()}") from error

    def name_of(self, facts: NameFacts) -> str:
        """A safe file name for these facts. It has the extension of the file, also where the template has none."""
        text = "".join(literal + _shown(field, spec, facts) for literal, field, spec, _ in self._parts)
        extension = _extension(facts)
        if extension and not text.lower().endswith(f".{extension.lower()}"):
            text = f"{text}.{extension}"
        return safe_name(text)


def _check(text: str, literal: str, field: str | None, conversion: str | None) -> None:
    if "/" in literal or "\\" in literal:
        raise UsageError(f"The name {text!r} has a folder in it. Name the folder where the files are to go instead.")
    if field is not None and (field not in FIELDS or conversion):
        raise UsageError(f"There is no field {{{field}}} for a name. {_possible()}")


def _possible() -> str:
    return "Possible are: " + ", ".join(f"{{{name}}}" for name in FIELDS) + f"; dates also as {{date:{DAY}}}."


def _shown(field: str | None, spec: str | None, facts: NameFacts) -> str:
    if field is None:
        return ""
    value = FIELDS[field](facts)
    if value is None:
        return UNDATED
    return format(value, spec or (DAY if field in _DATES else ""))
