"""With what and where a picture was taken, from its tags: lens, ISO, position."""

from __future__ import annotations

from collections.abc import Mapping

from keeproom.media.values import number_of, text_of

Tags = Mapping[str, object]

LENSES = ("Composite:LensID", "EXIF:LensModel", "XMP:Lens", "XMP:LensModel")
"""With `-n` exiftool gives a number for a lens that it would look up; only a text is a name."""

LENS_CHARACTERS = 200
MOST_ISO = 2**31 - 1


def lens_of(tags: Tags) -> str | None:
    values = (tags.get(name) for name in LENSES)
    names = (text_of(value, LENS_CHARACTERS) for value in values if isinstance(value, str))
    return next(filter(None, names), None)


def iso_of(tags: Tags) -> int | None:
    iso = tags.get("EXIF:ISO")
    return iso if type(iso) is int and 0 < iso <= MOST_ISO else None


def position_of(tags: Tags) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, north and east positive."""
    return position(*(tags.get(f"Composite:GPS{what}") for what in ("Latitude", "Longitude")))


def position(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Two numbers, if they are a place on Earth."""
    if isinstance(latitude, str) or isinstance(longitude, str):
        return None
    north, east = number_of(latitude), number_of(longitude)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        return None
    return float(north), float(east)
