"""Every text on the screen passes through here: translation, plurals, and numbers as the system's locale writes them.

Texts of tables (actions, panels, places) stand in the tables in English and are translated where a widget is built.
Plurals are given as both English forms, so that they come out right without any translation being installed; the
second form is the key of a translation, which may then have as many forms as its language needs.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QCoreApplication, QLocale

CONTEXT = "Keeproom"


def tr(text: str) -> str:
    """The text in the person's language."""
    return QCoreApplication.translate(CONTEXT, text)


def plural(count: int, one: str, many: str) -> str:
    """`one` or `many` in the person's language, with `%n` replaced by the number as the locale writes it."""
    translated = QCoreApplication.translate(CONTEXT, many, None, count)
    untranslated = many.replace("%n", str(count))
    if translated == untranslated:
        translated = one if count == 1 else many
        return translated.replace("%n", number(count))
    return translated.replace(str(count), number(count), 1)


def number(value: int) -> str:
    return locale().toString(value)


def size(value_bytes: int) -> str:
    """`9.1 GB`: powers of 1000, as disks are sold and file managers count."""
    precision = 0 if value_bytes < 1_000_000 else 1
    return locale().formattedDataSize(value_bytes, precision, QLocale.DataSizeFormat.DataSizeSIFormat)


def locale() -> QLocale:
    """The person's locale; plain English with grouped thousands where the system names none (C, POSIX)."""
    here = QLocale()
    return QLocale(QLocale.Language.English) if here.language() == QLocale.Language.C else here


def clock(seconds: float) -> str:
    """A duration as players show it: `0:31`, `1:02:09`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def time_left(seconds: float) -> str:
    """A rough remainder for people: `40 s`, `9 min`, `2 h 10 min`."""
    if seconds < 60:
        return tr("{seconds} s").format(seconds=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{minutes} min").format(minutes=minutes)
    return tr("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def join_nonzero(*parts: tuple[int, Callable[[int], str]]) -> str:
    """The parts whose number is not zero, as an enumeration."""
    return ", ".join(words(count) for count, words in parts if count)


def printable(text: str) -> str:
    """A file's name or path as it can be drawn: each byte of it that is no text becomes a mark."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def tooltip(text: str) -> str:
    """Plain text for a tool tip, which would else guess rich text from what stands in a file's name."""
    return f"<p style='white-space:pre'>{escape(text)}</p>"
