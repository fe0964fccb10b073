"""Imports in words: when, from where, how far, and what became of each file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from keeproom.ui.texts import locale, plural, printable, tr

FOLDERS_NAMED = 2


def moment_words(at: datetime, now: datetime | None = None) -> str:
    """`Today, 14:02`, `Yesterday, 9:10`, `14 May 2023, 14:02`, in this place's time."""
    here = at.astimezone()
    today = (now or datetime.now().astimezone()).astimezone().date()
    days = (today - here.date()).days
    day = {0: tr("Today"), 1: tr("Yesterday")}.get(days) or date_words(here)
    return f"{day}, {locale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)}"


def date_words(at: datetime) -> str:
    """The day as the locale writes it at length, without the name of the weekday."""
    pattern = re.sub(r"[\W_]*dddd[\W_]*", "", locale().dateFormat(QLocale.FormatType.LongFormat))
    return locale().toString(QDate(at.year, at.month, at.day), pattern)


def exact_moment(at: datetime) -> str:
    """Day and time in full, for a tool tip."""
    here = at.astimezone()
    moment = QDateTime(QDate(here.year, here.month, here.day), QTime(here.hour, here.minute, here.second))
    return locale().toString(moment, QLocale.FormatType.LongFormat)


def folder_words(folders: Sequence[str]) -> str:
    """`Holiday, DCIM and 3 more`: the last names of what was imported."""
    names = [Path(folder).name or folder for folder in folders[:FOLDERS_NAMED]]
    more = len(folders) - len(names)
    listed = ", ".join(names)
    if not more:
        return listed
    rest = plural(more, "%n more", "%n more")
    return tr("{names} and {more}").format(names=listed, more=rest)


def at_home(path: Path | str) -> str:
    """A path as people write it: `~` for their home."""
    path = Path(path)
    home = Path.home()
    shown = f"~/{path.relative_to(home)}" if path != home and path.is_relative_to(home) else str(path)
    return printable(shown)
