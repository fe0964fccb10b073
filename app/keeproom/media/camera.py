"""The name of a camera, tidied."""

from __future__ import annotations

import re

_COMPANY = re.compile(
    r"[\s,]+(corporation|corp|company|optical|digital camera|photo film|electric|electronics?|techwin|imaging|"
    r"co|ltd|inc|gmbh|ag)\b\.?",
    re.IGNORECASE,
)
_LONGEST = 120


def camera_name(make: object, model: object) -> str | None:
    """ "Make Model", the make only where the model does not say it itself: "NIKON D70", "OLYMPUS C-960".

    Either may be missing, or a number, as exiftool's JSON has it where the text looks like one.
    """
    maker = " ".join(_COMPANY.sub(" ", _text(make)).split())
    name = _text(model)
    first = name.partition(" ")[0].lower()
    says_it = not maker or first in _text(make).lower().split() or name.lower().startswith(maker.lower())
    return (name if name and says_it else f"{maker} {name}".strip())[:_LONGEST] or None


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(value).partition("\0")[0]  # where EXIF's text ends, whatever stands behind it
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())
