"""The inspector in the real window, on a real library."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, insert, update

from keeproom.catalog.tables import AssetRow, TombstoneRow
from keeproom.library import jobs, summing
from keeproom.library.opening import open_library
from keeproom.library.verifying import verify_blobs
from keeproom.model import ItemState, JobState, Stage, Status
from keeproom.ui.inspector.onepage import DETAILS, INFO, STEPS
from keeproom.ui.inspector.panel import MIN_WIDTH_PX, Inspector
from keeproom.ui.inspector.parts import Page
from keeproom.ui.inspector.properties import PropertiesDialog
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from tests.importing import Importer, work_through
from tests.ui.helpers import make_cell, ready
from tests.ui.sharing import put_back, window_on

LONG_MS = 60_000
MakePicture = Callable[..., Path]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, empty_library: Path, corpus: Path) -> Path:
    """A library with a photo (1), a video (2), a sound without a cover (3), a broken file (4) and an odd name (5)."""
    folder = tmp_path_factory.mktemp("stocked")
    cameras = corpus / "photos" / "cameras"
    broken = folder / "broken.jpg"
    broken.write_bytes((cameras / "jolla.jpg").read_bytes()[:3000])
    odd = folder / f"عربي 😀 <b>bold<b>\nline {'x' * 150}.jpg"
    shutil.copy(cameras / "Nikon_D70.jpg", odd)
    shutil.copytree(empty_library, folder / "Library")
    with pytest.MonkeyPatch.context() as patch, open_library(folder / "Library") as library:
        patch.setattr(jobs, "PAUSES", (timedelta(), timedelta()))  # a file is not tried again before
        importer = Importer(library)
        for file in (cameras / "DSCN0010.jpg", corpus / "videos" / "flower.mp4"):
            importer(file)
        importer(corpus / "formats" / "audio" / "full.mp3")
        importer(broken)
        importer(odd)
        work_through(library)
    return folder / "Library"


@pytest.fixture(scope="module")
def shared(
    request: pytest.FixtureRequest, qapp: QApplication, stocked: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("shared") / "Library"
    shutil.copytree(stocked, folder)
    with window_on(QtBot(request), Appearance(qapp, "light"), folder) as window:
        yield window


@pytest.fixture
def opened(qtbot: QtBot, shared: MainWindow) -> MainWindow:
    """A window whose library a test leaves as it is."""
    put_back(qtbot, shared)
    assert shared.side.inspector is not None
    shared.side.inspector.one.open_tab(INFO)
    return shared


@pytest.fixture
def own(qtbot: QtBot, window: MainWindow, stocked: Path, tmp_path: Path) -> MainWindow:
    """A window with a library of its own, for a test that changes that."""
    shutil.copytree(stocked, tmp_path / "Library")
    window.resize(1280, 800)
    window.open_folder(tmp_path / "Library")
    qtbot.waitUntil(lambda: ready(window) and window.is_complete(), timeout=LONG_MS)
    return window


@pytest.fixture
def inspector(opened: MainWindow) -> Inspector:
    return inspector_of(opened)


def inspector_of(window: MainWindow) -> Inspector:
    assert window.side.inspector is not None
    return window.side.inspector


def show(qtbot: QtBot, inspector: Inspector, *ids: int) -> None:
    inspector.follow(ids, len(ids))
    qtbot.waitUntil(inspector.is_complete, timeout=LONG_MS)


def texts(widget: QWidget) -> str:
    labels = (label for label in widget.findChildren(WrappedLabel) if label.isVisible())
    return "\n".join(label.text() for label in labels)


def test_a_photo_is_shown_with_its_picture(qtbot: QtBot, inspector: Inspector) -> None:
    show(qtbot, inspector, 1)
    item = inspector.item()
    assert item is not None
    assert item.details.asset.name == "DSCN0010.jpg"
    assert max(inspector.one.picture.image().width(), inspector.one.picture.image().height()) == 512
    assert inspector.one.picture.accessibleName() == "Open DSCN0010.jpg"
    assert inspector.one.trouble.isHidden()
    assert "Camera: NIKON COOLPIX P6000" in inspector.one.facts.text()
    inspector.one.open_tab(DETAILS)
    assert "EXIF:Model: COOLPIX P6000" in inspector.one.details.text()
    inspector.one.facts.copy()
    assert QGuiApplication.clipboard().text() == inspector.one.facts.text()


def test_a_selection_in_the_grid_is_followed(qtbot: QtBot, opened: MainWindow, inspector: Inspector) -> None:
    assert inspector.item() is None
    assert "Nothing selected" in inspector.many.hint.text()
    assert inspector.many.title.text() == "All"
    opened.grid.make_current(0)
    qtbot.waitUntil(lambda: inspector.item() is not None, timeout=LONG_MS)
    opened.grid.select_all()
    qtbot.waitUntil(lambda: inspector.many.title.text() == "5 selected", timeout=LONG_MS)
    qtbot.waitUntil(lambda: "3 photos" in inspector.many.facts.text(), timeout=LONG_MS)
    assert inspector.many.trouble.text.text() == "1 has a problem"
    qtbot.waitUntil(inspector.many.fields.isVisible, timeout=LONG_MS)
    opened.grid.clear_selection()
    qtbot.waitUntil(lambda: "Nothing selected" in inspector.many.hint.text(), timeout=LONG_MS)
    assert not inspector.many.fields.isVisible(), "there is nothing to edit"
    assert not inspector.many.marks.isVisible()


def test_only_the_last_of_many_questions_is_answered(qtbot: QtBot, inspector: Inspector) -> None:
    for asset in (1, 2, 3, 4, 2):
        inspector.follow([asset], 1)
    inspector.follow([1, 2, 3], 3)
    show(qtbot, inspector, 3)
    item = inspector.item()
    assert item is not None
    assert item.details.asset.id == 3
    assert inspector.one.picture.why() == "No cover picture"


def test_a_failed_item_says_why_and_can_be_retried(qtbot: QtBot, opened: MainWindow, inspector: Inspector) -> None:
    show(qtbot, inspector, 4)
    page = inspector.one
    assert page.trouble.text.text() == "Kept, but no preview"
    assert page.picture.why() == "No preview could be made"
    page.trouble.why.click()
    assert page.tabs.currentIndex() == STEPS
    step = page.steps.stages[Stage.PICTURE]
    assert step.title.text() == "Preview: failed"
    assert "too early" in step.error.toPlainText()
    assert step.facts.text() == "3 attempts"
    assert page.steps.stages[Stage.METADATA].retry.isHidden()
    states = []
    assert opened.room is not None
    opened.room.session.changed.connect(
        lambda _: states.append(inspector.item().details.stages[Stage.PICTURE].state)  # type: ignore[union-attr]
    )
    step.retry.click()
    qtbot.waitUntil(lambda: JobState.WAITING in states or JobState.RUNNING in states, timeout=LONG_MS)
    qtbot.waitUntil(lambda: step.title.text() == "Preview: failed" and inspector.is_complete(), timeout=LONG_MS)


def test_damage_is_told_while_it_is_shown(qtbot: QtBot, own: MainWindow) -> None:
    inspector = inspector_of(own)
    show(qtbot, inspector, 1)
    item = inspector.item()
    assert item is not None
    assert own.room is not None
    library = own.room.library
    with library.blobs.local_path(item.details.asset.sha256) as blob:
        blob.chmod(0o600)
        blob.write_bytes(b"not what it was")
    own.room.run(lambda: list(verify_blobs(library)), lambda _: None)
    qtbot.waitUntil(lambda: inspector.one.trouble.text.text() == "Bytes changed on disk", timeout=LONG_MS)
    assert inspector.one.trouble.retry.isHidden(), "trying again does not help"
    inspector.one.open_tab(STEPS)
    assert inspector.one.steps.bytes.title.text() == "Stored file: bytes changed on disk"
    assert "Import the original once more" in inspector.one.steps.bytes.error.toPlainText()
    assert inspector.item().details.asset.status is Status.DAMAGED  # type: ignore[union-attr]


def test_what_is_deleted_for_good_while_shown_is_gone(qtbot: QtBot, own: MainWindow) -> None:
    inspector = inspector_of(own)
    show(qtbot, inspector, 2)
    assert own.room is not None
    library = own.room.library

    def purge() -> None:
        with library.catalog.write() as write:
            write.session.execute(delete(AssetRow).where(AssetRow.id == 2))
            write.session.execute(insert(TombstoneRow).values(table="asset", row_id=2, revision=write.revision))

    own.room.run(purge, lambda _: None)
    qtbot.waitUntil(lambda: inspector.many.title.text() == "No longer here", timeout=LONG_MS)
    assert inspector.item() is None
    assert own.error_bar.isHidden()


@pytest.mark.parametrize("chosen", [(1, 2), ()])
def test_a_sum_follows_the_library(qtbot: QtBot, own: MainWindow, chosen: tuple[int, ...]) -> None:
    inspector = inspector_of(own)
    show(qtbot, inspector, *chosen)
    assert "Title: <img" not in inspector.many.facts.text()
    assert own.room is not None
    library = own.room.library

    def entitle() -> None:
        with library.catalog.write() as write:
            write.session.execute(update(AssetRow).values(title="<img src=x> Rome", revision=write.revision))

    own.room.run(entitle, lambda _: None)
    qtbot.waitUntil(lambda: "Title: <img src=x> Rome" in inspector.many.facts.text(), timeout=LONG_MS)


def test_lost_and_broken_thumbnails_are_made_again(qtbot: QtBot, own: MainWindow) -> None:
    inspector = inspector_of(own)
    assert own.room is not None
    layout = own.room.library.layout
    from keeproom.library.inspecting import inspect_asset

    lost, broken = (inspect_asset(own.room.library, asset).details.asset.sha256 for asset in (1, 2))
    layout.thumbnail(lost, 512).unlink()
    layout.thumbnail(broken, 512).write_bytes(b"\xff\xd8 no picture \xff\xd9")
    for asset in (1, 2):
        show(qtbot, inspector, asset)
        assert not inspector.one.picture.image().isNull()


def test_nothing_is_wider_than_its_column(qtbot: QtBot, own: MainWindow) -> None:
    inspector = inspector_of(own)
    own.frame.setSizes([216, 1280 - 216 - MIN_WIDTH_PX, MIN_WIDTH_PX])
    show(qtbot, inspector, 5)
    assert inspector.width() == MIN_WIDTH_PX
    assert "<b>bold<b>\nline x" in inspector.one.name.text()
    for tab in (INFO, DETAILS, STEPS):
        inspector.one.open_tab(tab)
        inspector.grab()
        for child in inspector.findChildren(QWidget):
            if child.isVisible() and child.parentWidget() is not None:
                right = child.mapTo(inspector, QPoint(child.width(), 0)).x()
                assert right <= MIN_WIDTH_PX, f"{type(child).__name__} of {child.width()} px"
    tall = inspector.one.name.fontMetrics().lineSpacing()
    assert inspector.one.name.height() <= 2 * tall


def test_all_can_be_reached_by_keyboard(qtbot: QtBot, opened: MainWindow, inspector: Inspector) -> None:
    show(qtbot, inspector, 1)
    opened.activateWindow()
    inspector.one.tabs.setFocus()
    qtbot.keyClick(inspector.one.tabs, Qt.Key.Key_Right)
    assert inspector.one.tabs.currentIndex() == DETAILS
    opened.grid.make_current(0)
    qtbot.waitUntil(lambda: opened.action_set["view.details"].isEnabled())
    opened.action_set["view.details"].trigger()
    assert opened.focusWidget() is inspector.one.details.field
    qtbot.keyClicks(inspector.one.details.field, "iso i")
    assert inspector.one.details.field.text() == "iso i", "letters are text here, and no shortcuts"
    assert inspector.isVisible()
    for widget in inspector.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and type(widget) is not QWidget:
            name = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            assert name or widget.inherits("QScrollArea") or widget.inherits("QStackedWidget"), repr(widget)


def test_it_is_hidden_and_shown_again(qtbot: QtBot, opened: MainWindow, inspector: Inspector) -> None:
    opened.action_set["view.inspector"].trigger()
    assert not inspector.isVisible()
    assert inspector.is_complete(), "nobody waits for what is not in sight"
    inspector.follow([3], 1)
    opened.action_set["view.inspector"].trigger()
    qtbot.waitUntil(lambda: inspector.item() is not None, timeout=LONG_MS)


def test_properties_of_one_and_of_many(qtbot: QtBot, opened: MainWindow, inspector: Inspector) -> None:
    opened.grid.make_current(0)
    opened.action_set["item.properties"].trigger()
    qtbot.waitUntil(lambda: bool(opened.findChildren(PropertiesDialog)), timeout=LONG_MS)
    (one,) = opened.findChildren(PropertiesDialog)
    assert "Checksum (SHA-256)" in one.text()
    one.copy()
    assert QGuiApplication.clipboard().text() == one.text()
    with qtbot.waitSignal(one.destroyed):
        one.close()
    opened.grid.select_all()
    opened.action_set["item.properties"].trigger()
    qtbot.waitUntil(lambda: bool(opened.findChildren(PropertiesDialog)), timeout=LONG_MS)
    assert "Sum:Items: 5" in opened.findChildren(PropertiesDialog)[0].text()


def test_a_folder_that_is_gone_is_said_to_be(qtbot: QtBot, opened: MainWindow, inspector: Inspector) -> None:
    inspector.one.facts.go_to(Path("/nowhere/at/all/photo.jpg"))
    qtbot.waitUntil(lambda: bool(opened.notices.shown()), timeout=LONG_MS)
    assert "/nowhere/at/all is not there any more" in opened.notices.shown()[-1].label.text()


def test_a_long_sum_is_shown_as_it_grows(qtbot: QtBot, inspector: Inspector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summing, "FIRST_CHUNK", 2)
    monkeypatch.setattr(summing, "CHUNK", 1)
    hints: list[str] = []
    show_title = inspector.many.show_title
    monkeypatch.setattr(inspector.many, "show_title", lambda *texts: (hints.append(texts[1]), show_title(*texts)))
    inspector.follow(np.array([1, 2, 3, 5], dtype=np.int64), 4)
    qtbot.waitUntil(inspector.is_complete, timeout=LONG_MS)
    assert hints == ["", "Adding up: 50 %", "Adding up: 75 %", ""]
    assert inspector.many.title.text() == "4 selected"
    assert inspector.many.facts.text().startswith("Kinds: 2 photos\n1 video\n1 sound")


def test_a_line_of_an_import_that_is_no_asset(
    qtbot: QtBot, opened: MainWindow, inspector: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = make_cell(-7, name="letter.doc", status=ItemState.SKIPPED, reason="This is no media file.")
    monkeypatch.setattr(opened.front, "chosen_cells", lambda: [cell])
    inspector.follow([], 1)
    qtbot.waitUntil(inspector.is_complete, timeout=LONG_MS)
    assert inspector.many.title.text() == "letter.doc"
    assert inspector.many.hint.text() == "Left out: This is no media file."
    inspector.follow([-7, -8], 2)
    qtbot.waitUntil(inspector.is_complete, timeout=LONG_MS)
    assert inspector.many.hint.text() == "None of these is in the library."
    assert not inspector.many.facts.text()


def test_ctrl_c_copies_what_is_read(qtbot: QtBot, opened: MainWindow, inspector: Inspector) -> None:
    show(qtbot, inspector, 1)
    page = next(page for page in inspector.findChildren(Page) if page.isVisible())
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("Taken: Wed, Oct 22, 2008")


def test_another_library_starts_with_nothing(qtbot: QtBot, own: MainWindow, tmp_path: Path) -> None:
    inspector = inspector_of(own)
    show(qtbot, inspector, 1)
    own.open_folder(tmp_path / "Second")
    qtbot.waitUntil(lambda: ready(own) and own.is_complete(), timeout=LONG_MS)
    assert inspector.item() is None
    assert not inspector.isVisible(), "there is nothing to know of an empty library"
