"""What this installation has and lacks."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from keeproom import __version__
from keeproom.media import tools


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that Keeproom needs: whether it is there, and which it is or what to do."""

    name: str
    ok: bool
    detail: str


def check_installation() -> Iterator[Check]:
    """Every check but those of the window, which is not known here."""
    yield Check("keeproom", True, __version__)
    yield Check("python", sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3])))
    yield Check("sqlite", sqlite3.sqlite_version_info >= (3, 35), sqlite3.sqlite_version)
    for name, ok, detail in tools.versions():
        yield Check(name, ok, detail)
