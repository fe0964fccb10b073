"""The window on a real library: what is dropped in is seen, kept, and found again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.model import Kind, Status
from keeproom.settings import Settings
from keeproom.ui.browse.places import ALL, LAST_IMPORT, PROBLEMS
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.widgets import LinkButton, PlainLabel
from keeproom.ui.window.dialogs import TextDialog
from keeproom.ui.window.main import MainWindow
from tests.ui.helpers import ready
from tests.ui.window.test_dropping import drop, enter

LONG_MS = 60_000
MakePicture = Callable[..., Path]


def drop_paths(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter(window, mime)
    drop(window, mime)


def statuses(window: MainWindow) -> list[Status]:
    cells = (window.grid.cell(index) for index in range(window.grid.count()))
    return [cell.status for cell in cells if cell is not None]


def settled(window: MainWindow, count: int) -> bool:
    """Whether so many items are shown, and none of them is on its way any more."""
    known = statuses(window)
    under_way = {Status.IMPORTING, Status.PROCESSING}
    return ready(window) and len(known) == count and under_way.isdisjoint(known)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Library"


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, folder: Path) -> MainWindow:
    """The window with a new library."""
    window.resize(1280, 800)
    window.open_folder(folder)
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    return window


def test_an_empty_library_invites(opened: MainWindow, folder: Path) -> None:
    invitation = opened.library_panel.invitation
    assert invitation.isVisible()
    assert "Drop photos, videos or folders here\nKeeproom copies them. Your originals stay put." in invitation.text()
    assert str(folder) in invitation.text()
    assert " free" in invitation.text()
    assert opened.settings.text("library.last") == str(folder)


def test_dropped_photos_are_seen_kept_and_found_again(
    qtbot: QtBot, opened: MainWindow, folder: Path, corpus: Path, settings: Settings, appearance: Appearance
) -> None:
    photos = sorted((corpus / "photos").rglob("*.jpg"))[:8]
    video = sorted((corpus / "videos").rglob("*.mp4"))[:1]
    drop_paths(opened, *photos, *video)
    qtbot.waitUntil(lambda: settled(opened, 9), timeout=LONG_MS)
    assert statuses(opened) == [Status.READY] * 9
    assert opened.shelf.place == LAST_IMPORT
    assert [notice.label.text() for notice in opened.notices.shown()] == ["9 added."]
    assert opened.status.text().startswith("9 items · ")
    counts = opened.shelf.counts
    assert counts is not None
    assert counts.kinds == {Kind.IMAGE: 8, Kind.VIDEO: 1}
    opened.close()

    again = MainWindow(settings, appearance)
    again.resize(1280, 800)
    again.open_folder(folder)
    assert again.grid.count() == 9, "the first page is there before the library is open"
    assert again.room is None
    qtbot.waitUntil(lambda: settled(again, 9), timeout=LONG_MS)
    assert again.shelf.place == ALL
    assert statuses(again) == [Status.READY] * 9
    again.close()


def test_later_imports_do_not_move_what_is_shown(qtbot: QtBot, opened: MainWindow, make_picture: MakePicture) -> None:
    drop_paths(opened, *(make_picture(f"{number}.jpg", number) for number in range(30)))
    qtbot.waitUntil(lambda: settled(opened, 30), timeout=LONG_MS)
    with qtbot.waitSignal(opened.shelf.arranged):
        opened.shelf.go(ALL)
    qtbot.waitUntil(lambda: settled(opened, 30), timeout=LONG_MS)
    opened.grid.make_current(14)
    shown = {opened.grid.ids()[index]: opened.grid.viewport_rect(index) for index in opened.grid.visible()}
    drop_paths(opened, make_picture("new.jpg", 77))
    qtbot.waitUntil(lambda: opened.grid.count() == 31, timeout=LONG_MS)
    qtbot.waitUntil(lambda: ready(opened), timeout=LONG_MS)
    after = {opened.grid.ids()[index]: opened.grid.viewport_rect(index) for index in opened.grid.visible()}
    assert {asset: after[asset] for asset in shown} == shown
    assert len(opened.grid.selected_ids()) == 1


def test_a_broken_file_shows_its_problem_and_can_be_retried(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, make_picture: MakePicture
) -> None:
    whole = make_picture("whole.jpg", 3)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(whole.read_bytes()[:90])
    drop_paths(opened, broken, whole)
    qtbot.waitUntil(lambda: settled(opened, 2), timeout=LONG_MS)
    assert sorted(statuses(opened)) == [Status.FAILED, Status.READY]
    qtbot.waitUntil(lambda: opened.toolbar.activity.isVisible() and opened.toolbar.activity.text() == "1")
    opened.shelf.go(PROBLEMS)
    qtbot.waitUntil(lambda: settled(opened, 1), timeout=LONG_MS)
    opened.grid.make_current(0)
    opened.action_set["item.error"].trigger()
    qtbot.waitUntil(lambda: opened.findChild(TextDialog) is not None)
    dialog = opened.findChild(TextDialog)
    assert isinstance(dialog, TextDialog)
    assert "broken.jpg" in dialog.text()
    assert "Preview: failed" in dialog.text()
    asset = opened.grid.selected_ids()[0]
    refreshed: list[int] = []
    opened.shelf.assets_changed.connect(refreshed.extend)
    opened.action_set["item.retry"].trigger()
    qtbot.waitUntil(lambda: asset in refreshed, timeout=LONG_MS)
    qtbot.waitUntil(lambda: settled(opened, 1) and statuses(opened) == [Status.FAILED], timeout=LONG_MS)


def test_what_is_skipped_is_told_with_its_reason(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    nothing = tmp_path / "empty.jpg"
    nothing.touch()
    drop_paths(opened, nothing)
    qtbot.waitUntil(lambda: bool(opened.notices.shown()), timeout=LONG_MS)
    assert opened.notices.shown()[0].label.text() == "1 skipped."
    assert [button.text() for button in opened.notices.shown()[0].findChildren(LinkButton)] == ["Review"]


def test_pause_and_resume(qtbot: QtBot, opened: MainWindow, make_picture: MakePicture) -> None:
    session = opened.session()
    assert session is not None
    session.pause()
    qtbot.waitUntil(lambda: opened.activity.paused, timeout=LONG_MS)
    session.resume()
    qtbot.waitUntil(lambda: not opened.activity.paused, timeout=LONG_MS)
    drop_paths(opened, make_picture("a.jpg", 1))
    qtbot.waitUntil(lambda: settled(opened, 1), timeout=LONG_MS)


def test_a_folder_with_other_things_is_told_on_a_page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    other = tmp_path / "Other"
    other.mkdir()
    (other / "letter.txt").write_text("hello")
    window.open_folder(other)
    qtbot.waitUntil(lambda: bool(window.refusal()), timeout=LONG_MS)
    assert str(other) in window.problem_page.text()
    assert [button.text() for button in window.problem_page.buttons] == [
        "Choose another library…",
        "Try again",
        "Quit",
    ]
    grown = window.problem_page.findChildren(PlainLabel)
    assert all(label.height() >= label.heightForWidth(label.width()) for label in grown if label.wordWrap())
    (other / "letter.txt").unlink()
    window.problem_page.buttons[1].click()
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    assert not window.refusal()


def test_another_library_takes_its_place(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, make_picture: MakePicture
) -> None:
    drop_paths(opened, make_picture("a.jpg", 1))
    qtbot.waitUntil(lambda: settled(opened, 1), timeout=LONG_MS)
    opened.open_folder(tmp_path / "Second")
    qtbot.waitUntil(lambda: ready(opened), timeout=LONG_MS)
    assert opened.grid.count() == 0
    assert opened.library_panel.invitation.isVisible()


def test_names_that_are_not_utf8_come_in(qtbot: QtBot, opened: MainWindow, make_picture: MakePicture) -> None:
    picture = make_picture(b"caf\xe9.jpg", 5)
    opened.import_paths([picture])
    qtbot.waitUntil(lambda: settled(opened, 1), timeout=LONG_MS)
    opened.grid.grab()
    assert os.fsencode(picture.name) == b"caf\xe9.jpg"


def test_the_theme_is_switched_in_the_open_window(opened: MainWindow, qapp: QApplication) -> None:
    light = opened.grab().toImage()
    opened.action_set["view.theme.dark"].trigger()
    qapp.processEvents()
    dark = opened.grab().toImage()
    for place in ((100, 400), (640, 780), (1200, 20)):
        assert light.pixelColor(*place).lightness() > 200
        assert dark.pixelColor(*place).lightness() < 60


def test_a_new_library_invites_at_once(window: MainWindow, tmp_path: Path) -> None:
    window.open_folder(tmp_path / "Library")
    assert window.room is None
    assert window.library_panel.invitation.isVisible()


def test_the_same_library_asked_for_twice_is_opened_once(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    opened: list[object] = []
    window._opener.opened.connect(opened.append)
    window.open_folder(folder)
    window.open_folder(folder)
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    window.open_folder(folder)
    qtbot.waitUntil(lambda: window.room is not None and ready(window), timeout=LONG_MS)
    assert len(opened) == 2
