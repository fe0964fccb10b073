"""What Keeproom needs from the system: one row each, with how to see whether it is there.

Libraries are looked up by the name the loader knows, not by the package's: distributions rename packages.
"""

from __future__ import annotations

import functools
import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

Probe = Callable[[], bool]


class Use(Enum):
    """What a need is for; a command asks only for the uses it has."""

    SETUP = "making the environment"
    WINDOW = "the window"
    READING = "reading files"
    TESTS = "tests of the real window"
    BENCH = "the benchmarks' plain tools"


@dataclass(frozen=True)
class Need:
    """One thing the system has to bring, under the name its package manager knows."""

    package: str
    use: Use
    present: Probe


class CannotContinueError(Exception):
    """The person has to do something first; the message says what."""


def missing(needs: Iterable[Need], uses: Collection[Use]) -> list[str]:
    """The packages that these uses still need, sorted, each once."""
    return sorted({need.package for need in needs if need.use in uses and not need.present()})


def library(name: str) -> Probe:
    """Whether the loader's cache has a shared library, by its full name: `libmagic.so.1`."""
    return lambda: name in _loadable()


def program(name: str) -> Probe:
    return lambda: shutil.which(name) is not None


def module(name: str) -> Probe:
    return lambda: importlib.util.find_spec(name) is not None


def any_font() -> bool:
    """Whether the system has one scalable font; without any, Qt draws no text."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(next(folder.rglob("*.[to]tf"), None) is not None for folder in folders)


def forget() -> None:
    """Look at the system anew, after something was installed."""
    _loadable.cache_clear()
    importlib.invalidate_caches()


@functools.cache
def _loadable() -> frozenset[str]:
    """The names in the loader's cache; not in every user's PATH, `ldconfig` is asked by its place."""
    place = next((path for path in ("/sbin/ldconfig", "/usr/sbin/ldconfig") if Path(path).exists()), "ldconfig")
    try:
        listing = subprocess.run([place, "-p"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotContinueError(f"The system's libraries cannot be listed: {error}") from error
    return frozenset(line.split(maxsplit=1)[0] for line in listing.splitlines() if "=>" in line)
