"""Which programs open a kind of file, the person's choice first.

Source: freedesktop.org, "Association between MIME types and applications" 1.0.1, and the base directories of XDG.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from keeproom.ui.programs.entries import Program, read_entry, read_groups

OWN_ID = "keeproom.desktop"
_DEFAULT, _ADDED, _REMOVED = "[Default Applications]", "[Added Associations]", "[Removed Associations]"


@dataclass(frozen=True, slots=True)
class Choice:
    """The programs for one kind of file; `default` is one of them, or None where nobody chose any."""

    programs: tuple[Program, ...] = ()
    default: Program | None = None


def programs_for(
    mimes: Sequence[str], languages: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> Choice:
    """The installed programs that open a kind of file, most fitting first. Reads many small files: not for the main
    thread.

    `mimes` are the names of the kind, then those of the kinds that it is a case of.
    """
    if sys.platform in ("win32", "darwin"):
        return Choice()
    system = _System(os.environ if environment is None else environment, languages)
    found: dict[str, Program] = {}
    default: Program | None = None
    for mime in mimes:
        default = default or system.default(mime)
        for program in system.programs(mime):
            found.setdefault(program.id, program)
    if default is not None:
        found = {default.id: default} | found
    programs = tuple(found.values())
    return Choice(programs, default or (programs[0] if programs else None))


class _System:
    """The desktop entries and the lists of associations, as they are now."""

    def __init__(self, environment: Mapping[str, str], languages: Sequence[str]) -> None:
        home = environment.get("HOME") or str(Path.home())
        data = [environment.get("XDG_DATA_HOME") or f"{home}/.local/share"]
        data += (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
        config = [environment.get("XDG_CONFIG_HOME") or f"{home}/.config"]
        config += (environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
        self._path = environment.get("PATH")
        self._places = [Path(each) / "applications" for each in data if each.startswith("/")]
        desktops = [each.lower() for each in environment.get("XDG_CURRENT_DESKTOP", "").split(":") if each]
        names = [*(f"{desktop}-mimeapps.list" for desktop in desktops), "mimeapps.list"]
        folders = [*(Path(each) for each in config if each.startswith("/")), *self._places]
        self._lists = [read_groups(folder / name) for folder in folders for name in names]
        self._programs = {program.id: program for program in self._installed(languages)}

    def default(self, mime: str) -> Program | None:
        for each in self._lists:
            for identity in _identities(each, _DEFAULT, mime):
                if identity in self._programs:
                    return self._programs[identity]
        return None

    def programs(self, mime: str) -> Iterator[Program]:
        """What was added to the kind by a person or a system, then what says of itself that it opens it."""
        removed: set[str] = set()
        for each in self._lists:
            added = [name for name in _identities(each, _ADDED, mime) if name not in removed]
            yield from (self._programs[name] for name in added if name in self._programs)
            removed.update(_identities(each, _REMOVED, mime))
        fitting = (program for program in self._programs.values() if mime in program.mimes)
        yield from (program for program in fitting if program.id not in removed and not program.no_display)

    def _installed(self, languages: Sequence[str]) -> Iterable[Program]:
        """Every program once: an entry in an earlier folder hides those of its name in later ones."""
        seen: set[str] = {OWN_ID}
        for place in self._places:
            for file in sorted(place.rglob("*.desktop")):
                identity = "-".join(file.relative_to(place).parts)
                if identity in seen:
                    continue
                seen.add(identity)
                program = read_entry(file, identity, languages)
                if program is not None and self._can_start(program):
                    yield program

    def _can_start(self, program: Program) -> bool:
        if program.hidden or program.terminal or not program.takes_files():
            return False
        needed = program.try_exec or program.words[0]
        return shutil.which(needed, path=self._path) is not None


def _identities(groups: Mapping[str, Mapping[str, str]], group: str, mime: str) -> list[str]:
    return [each for each in groups.get(group, {}).get(mime, "").split(";") if each]
