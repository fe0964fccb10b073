"""Places in a text: Python counts characters, Qt counts units of UTF-16, of which an emoji has two."""

from __future__ import annotations


def to_units(text: str, place: int) -> int:
    """Where Qt sees a place that Python names."""
    return place if text.isascii() else len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def to_place(text: str, units: int) -> int:
    """Where Python sees a place that Qt names."""
    if text.isascii():
        return units
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))
