"""Every setting, once: its name, type, default and what it does; where the values are kept.

A new setting is one row of `SETTINGS`. The values live in one JSON file in the user's configuration folder; what a
newer Keeproom wrote there is kept untouched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from keeproom.errors import ExpectedError

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `choices` lists what a text may be, `bounds` how small and how large a number."""

    name: str
    default: Value
    label: str
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None

    def accepts(self, value: object) -> bool:
        if type(value) is not type(self.default):
            return False
        if self.choices:
            return value in self.choices
        if self.bounds is not None and isinstance(value, int):
            return self.bounds[0] <= value <= self.bounds[1]
        return True


SETTINGS: Mapping[str, Setting] = {
    row.name: row
    for row in (
        Setting("library.last", "", "The library opened last"),
        Setting("window.theme", "system", "Light or dark", choices=("system", "light", "dark")),
        Setting("window.geometry", "", "Size and place of the window"),
        Setting("window.sidebar", True, "Show the sidebar"),
        Setting("grid.cell", 160, "Size of the pictures in the grid", bounds=(96, 512)),
        Setting("grid.sort", "-imported", "Order of the grid"),
        Setting("grid.group", "none", "Headings in the grid", choices=("none", "day", "month", "import", "collection")),
        Setting("grid.stacked", True, "Show groups as one item"),
        Setting("grid.mode", "grid", "Pictures, or a list", choices=("grid", "list")),
        Setting("grid.names", True, "Show names below the pictures"),
        Setting("grid.columns", "", "Columns of the list and their widths"),
        Setting("grid.place", "", "Where the grid was when the window was closed"),
        Setting("window.inspector", True, "Show the inspector"),
        Setting("viewer.filmstrip", True, "Show the filmstrip below the viewer"),
        Setting("viewer.loop", False, "Play again from the beginning at the end"),
        Setting("viewer.muted", False, "Play without sound"),
        Setting("culling.advance", "viewer", "Go on after a mark", choices=("never", "viewer", "always")),
        Setting("viewer.volume", 80, "Loudness in per cent", bounds=(0, 100)),
        Setting("search.history", "", "Searches of before"),
        Setting("sidebar.open", "", "What is open and closed in the sidebar"),
        Setting("collections.recent", "", "Collections that items were added to last"),
        Setting("window.sides", "", "Widths of the sidebar and the inspector"),
        Setting("tags.recent", "", "The tags used last"),
    )
}


def settings_file() -> Path:
    """Where the values are kept; follows XDG_CONFIG_HOME where the system has it."""
    return Path(platformdirs.user_config_dir("keeproom", appauthor=False)) / "settings.json"


class Settings:
    """The values as they are on this machine; reading never fails for a value that is missing or out of range.

    Raises:
        ExpectedError: the file is there but is no JSON object.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or settings_file()
        self._values = self._load()

    def _load(self) -> dict[str, object]:
        if not self._file.exists():
            return {}
        try:
            values = json.loads(self._file.read_text("utf-8"))
        except ValueError as error:
            raise ExpectedError(
                f"The settings in {self._file} cannot be read: {error}. Delete the file to start anew."
            ) from error
        if not isinstance(values, dict):
            raise ExpectedError(
                f"The settings in {self._file} are not what they should be. Delete the file to start anew."
            )
        return values

    def _value(self, name: str) -> Value:
        row = SETTINGS[name]
        value = self._values.get(name)
        return value if isinstance(value, (str, int, bool)) and row.accepts(value) else row.default

    def text(self, name: str) -> str:
        return str(self._value(name))

    def number(self, name: str) -> int:
        return int(self._value(name))

    def flag(self, name: str) -> bool:
        return bool(self._value(name))

    def is_chosen(self, name: str) -> bool:
        """Whether somebody has chosen a value, be it the default."""
        return name in self._values

    def put(self, name: str, value: Value) -> None:
        """Keep a value, at once and whole: a reader of the file sees the old state or the new one.

        Raises:
            ValueError: the setting does not take this value.
        """
        if not SETTINGS[name].accepts(value):
            raise ValueError(f"{name} cannot be {value!r}")
        self._values[name] = value
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(self._values, indent=2, sort_keys=True), "utf-8")
        fresh.replace(self._file)


def default_library(settings: Settings) -> Path:
    """The library of `$KEEPROOM_LIBRARY`, else the one opened last, else `Keeproom` in the user's pictures."""
    named = os.environ.get("KEEPROOM_LIBRARY") or settings.text("library.last")
    return Path(named) if named else Path(platformdirs.user_pictures_dir()) / "Keeproom"
