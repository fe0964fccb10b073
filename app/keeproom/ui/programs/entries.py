"""Desktop entries: what a program is called, what it opens, and the command that starts it.

Source: freedesktop.org, Desktop Entry Specification 1.5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 1_000_000
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\", ";": "\\;"}
_FILE_CODES = frozenset("fFuU")
_GROUP = "[Desktop Entry]"


@dataclass(frozen=True, slots=True)
class Program:
    """A program as a desktop entry tells of it. `words` is its command, with the codes that stand for files."""

    id: str
    name: str
    words: tuple[str, ...]
    mimes: frozenset[str]
    icon: str = ""
    file: str = ""
    try_exec: str = ""
    hidden: bool = False
    no_display: bool = False
    terminal: bool = False

    def takes_files(self) -> bool:
        return any(word[0] == "%" and word[1:] in _FILE_CODES for word in self.words if len(word) == 2)

    def command(self, path: Path) -> list[str]:
        """The command that opens a file with this program."""
        result: list[str] = []
        for word in self.words:
            result += self._expanded(word, path)
        return result

    def _expanded(self, word: str, path: Path) -> list[str]:
        whole: Mapping[str, list[str]] = {
            **{code: [str(path)] for code in ("%f", "%F")},
            **{code: [path.as_uri()] for code in ("%u", "%U")},
            "%i": ["--icon", self.icon] if self.icon else [],
        }
        if word in whole:
            return whole[word]
        inside = {"%": "%", "c": self.name, "k": self.file}
        text = re.sub(r"%(.)", lambda found: inside.get(found[1], ""), word)
        return [text] if text or not word else []


def read_entry(file: Path, identity: str, languages: Sequence[str] = ()) -> Program | None:
    """The program that a desktop entry describes; None where it is no program, or cannot be read.

    `languages` are tried in their order for the program's name, such as `de_AT`, `de`.
    """
    values = _values(file)
    if values.get("Type") != "Application" or not values.get("Name"):
        return None
    names = [values[f"Name[{language}]"] for language in languages if f"Name[{language}]" in values]
    return Program(
        id=identity,
        name=(names or [values["Name"]])[0],
        words=tuple(split_command(values.get("Exec", ""))),
        mimes=frozenset(each for each in values.get("MimeType", "").split(";") if each),
        icon=values.get("Icon", ""),
        file=str(file),
        try_exec=values.get("TryExec", ""),
        hidden=values.get("Hidden") == "true",
        no_display=values.get("NoDisplay") == "true",
        terminal=values.get("Terminal") == "true",
    )


def _values(file: Path) -> dict[str, str]:
    """The keys of the entry's own group."""
    return {key: _unescaped(value) for key, value in read_groups(file).get(_GROUP, {}).items()}


def read_groups(file: Path) -> dict[str, dict[str, str]]:
    """A file of groups and keys; an empty one where it can't be read. The first value of a key counts."""
    try:
        if not file.is_file():
            return {}
        with file.open("rb") as stream:
            text = stream.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return {}  # a list of programs is not worth an error: what can't be read is not installed
    groups: dict[str, dict[str, str]] = {}
    keys: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("["):
            keys = groups.setdefault(line.strip(), {})
        elif "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            keys.setdefault(key.strip(), value.strip())
    return groups


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), value)


def split_command(text: str) -> list[str]:
    """The words of an `Exec` key: parted by blanks, or in double quotes, in which a backslash keeps what follows."""
    words = re.findall(r'"((?:\\.|[^"\\])*)"|([^\s"]+)', text)
    return [re.sub(r"\\(.)", r"\1", quoted) if quoted else plain for quoted, plain in words]
