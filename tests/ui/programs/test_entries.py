from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from keeproom.ui.programs.associations import programs_for
from keeproom.ui.programs.entries import Program, read_entry, split_command


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gimp-2.10 %U", ["gimp-2.10", "%U"]),
        ('"/opt/a b/view" --to %f', ["/opt/a b/view", "--to", "%f"]),
        (r'sh -c "echo \"\$HOME\" \\x"', ["sh", "-c", 'echo "$HOME" \\x']),
        ("", []),
    ],
)
def test_commands_are_split_as_the_specification_says(text: str, words: list[str]) -> None:
    assert split_command(text) == words


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("view", "%f"), ["view", "/tmp/a b.jpg"]),
        (("view", "%F"), ["view", "/tmp/a b.jpg"]),
        (("view", "%u"), ["view", "file:///tmp/a%20b.jpg"]),
        (("view", "%i", "%U"), ["view", "--icon", "eye", "file:///tmp/a%20b.jpg"]),
        (("view", "--title=%c", "100%%", "%d", "%k"), ["view", "--title=View", "100%", "/usr/view.desktop"]),
    ],
)
def test_codes_stand_for_the_file(words: tuple[str, ...], command: list[str]) -> None:
    program = Program("v", "View", words, frozenset(), icon="eye", file="/usr/view.desktop")
    assert program.command(Path("/tmp/a b.jpg")) == command


class Desktop:
    """Folders as a desktop has them, and programs that can be started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("home", "system", "config", "bin"):
            (folder / name / "applications").mkdir(parents=True)
        self.environment: Mapping[str, str] = {
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "home"),
            "XDG_DATA_DIRS": str(folder / "system"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CONFIG_DIRS": str(folder / "none"),
            "PATH": str(folder / "bin"),
            "XDG_CURRENT_DESKTOP": "Fine",
        }

    def install(self, name: str, text: str = "", *, where: str = "system", starts: bool = True) -> None:
        entry = self.folder / where / "applications" / f"{name}.desktop"
        entry.parent.mkdir(parents=True, exist_ok=True)
        lines = f"[Desktop Entry]\nType=Application\nName={name.title()}\nExec={name} %f\nMimeType=image/png;\n"
        given = {line.partition("=")[0] for line in text.splitlines()}
        kept = [line for line in lines.splitlines() if line.partition("=")[0] not in given]
        entry.write_text("\n".join([*kept, text, "[Desktop Action New]", "Name=Other"]))
        if starts:
            program = self.folder / "bin" / name
            program.write_text("#!/bin/sh\n")
            program.chmod(0o755)

    def associate(self, text: str, name: str = "mimeapps.list") -> None:
        (self.folder / "config" / name).write_text(text)

    def names(self, *mimes: str) -> tuple[list[str], str | None]:
        choice = programs_for(mimes or ("image/png",), ("de_AT", "de"), self.environment)
        return [program.name for program in choice.programs], choice.default.name if choice.default else None


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    return Desktop(tmp_path)


def test_what_says_that_it_opens_the_kind(desktop: Desktop) -> None:
    desktop.install("zoom")
    desktop.install("alpha")
    desktop.install("player", "MimeType=video/mp4;")
    assert desktop.names() == (["Alpha", "Zoom"], "Alpha")
    assert desktop.names("image/x-strange") == ([], None)


def test_what_a_person_chose_comes_first(desktop: Desktop) -> None:
    for name in ("alpha", "beta", "gamma", "delta"):
        desktop.install(name)
    desktop.install("editor", "MimeType=text/plain;")
    desktop.associate(
        "[Default Applications]\nimage/png=gone.desktop;gamma.desktop;\n"
        "[Added Associations]\nimage/png=editor.desktop;\n[Removed Associations]\nimage/png=beta.desktop;\n"
    )
    assert desktop.names() == (["Gamma", "Editor", "Alpha", "Delta"], "Gamma")
    desktop.associate("[Default Applications]\nimage/png=delta.desktop\n", "fine-mimeapps.list")
    assert desktop.names()[1] == "Delta"


def test_what_cannot_be_started_is_not_offered(desktop: Desktop) -> None:
    desktop.install("gone", starts=False)
    desktop.install("tried", "TryExec=nothing-of-the-kind")
    desktop.install("shell", "Terminal=true")
    desktop.install("deaf", "Exec=deaf")
    desktop.install("hidden", "Hidden=true")
    desktop.install("link", "Type=Link")
    desktop.install("silent", "NoDisplay=true")
    desktop.install("keeproom")
    assert desktop.names() == ([], None)
    desktop.associate("[Default Applications]\nimage/png=silent.desktop\n")
    assert desktop.names() == (["Silent"], "Silent")


def test_an_entry_of_ones_own_hides_the_systems(desktop: Desktop) -> None:
    desktop.install("view")
    desktop.install("view", "Name=Mine\nName[de]=Meiner", where="home")
    assert desktop.names() == (["Meiner"], "Meiner")
    desktop.install("view", "Hidden=true", where="home")
    assert desktop.names() == ([], None)


def test_entries_in_folders_have_a_name_with_a_dash(desktop: Desktop) -> None:
    desktop.install("kde/view", "Exec=view %U", starts=False)
    desktop.install("view", "Hidden=true")
    desktop.associate("[Default Applications]\nimage/png=kde-view.desktop\n")
    assert desktop.names() == (["Kde/View"], "Kde/View")


def test_the_nearest_kind_comes_first(desktop: Desktop) -> None:
    desktop.install("tiff", "MimeType=image/tiff;")
    desktop.install("raw", "MimeType=image/x-canon-cr2;")
    assert desktop.names("image/x-canon-cr2", "image/x-dcraw", "image/tiff") == (["Raw", "Tiff"], "Raw")


def test_what_is_no_entry_is_passed_over(desktop: Desktop, tmp_path: Path) -> None:
    place = tmp_path / "system" / "applications"
    (place / "binary.desktop").write_bytes(os.urandom(500))
    (place / "folder.desktop").mkdir()
    os.mkfifo(place / "pipe.desktop")
    (place / "empty.desktop").touch()
    (place / "nowhere.desktop").symlink_to("gone")
    assert desktop.names() == ([], None)
    assert read_entry(place / "gone.desktop", "gone.desktop") is None
