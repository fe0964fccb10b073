"""The viewer on a real library: what a person sees, and how they get about."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QSlider
from pytestqt.qtbot import QtBot

from keeproom.library.verifying import note_blob_state
from keeproom.model import BlobState, Changes, Status
from keeproom.ui.players.animation import Animation
from keeproom.ui.theme.palette import DARK
from keeproom.ui.viewer.panel import ViewerPanel
from keeproom.ui.viewer.sight import Mode
from keeproom.ui.window.main import MainWindow
from tests.ui.seeing import LONG_MS, View

Index = Callable[[str], int]
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def press(panel: ViewerPanel, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(panel.canvas, key)


def settle(qtbot: QtBot, panel: ViewerPanel) -> None:
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)


def test_enter_opens_the_current_item_and_escape_leads_back(qtbot: QtBot, seen: MainWindow, index_of: Index) -> None:
    seen.grid.make_current(index_of("canon_hdr_NO.jpg"))
    seen.action_set["item.open"].trigger()
    panel = seen.front
    assert isinstance(panel, ViewerPanel)
    settle(qtbot, panel)
    assert panel.canvas.accessibleName() == "canon_hdr_NO.jpg"
    assert "Photo · 1,536 × 2,048" in panel.canvas.accessibleDescription()
    assert "canon_hdr_NO.jpg" in panel.top_bar.text()
    assert f"{index_of('canon_hdr_NO.jpg') + 1} of 9" in panel.top_bar.text()
    assert not seen.sidebar.isVisible()
    shown = panel.canvas.shown
    assert shown is not None
    assert shown.size == (1_536, 2_048)
    assert shown.image is not None
    assert shown.image.height() == panel.canvas.height(), "decoded for the canvas, not for the thumbnail"
    press(panel, Qt.Key.Key_Escape)
    assert seen.front is seen.library_panel


def test_the_grid_follows_what_was_seen_last(qtbot: QtBot, seen: MainWindow, view: View, index_of: Index) -> None:
    seen.grid.make_current(0)
    panel = view("canon_hdr_NO.jpg")
    press(panel, Qt.Key.Key_Right)
    assert panel.current_asset() == seen.grid.ids()[index_of("canon_hdr_YES.jpg")]
    press(panel, Qt.Key.Key_Escape)
    assert seen.grid.current_index() == index_of("canon_hdr_YES.jpg")


def test_a_selection_is_leafed_through_and_stays(qtbot: QtBot, seen: MainWindow, index_of: Index) -> None:
    seen.grid.make_current(index_of("canon_hdr_NO.jpg"))
    seen.grid.toggle(index_of("flower.mp4"))
    seen.action_set["item.open"].trigger()
    panel = seen.front
    assert isinstance(panel, ViewerPanel)
    assert "of 2" in panel.top_bar.text()
    press(panel, Qt.Key.Key_End, Qt.Key.Key_Escape)
    assert seen.grid.selected_count() == 2


def test_a_quick_preview_is_closed_by_the_key_that_opened_it(qtbot: QtBot, seen: MainWindow, index_of: Index) -> None:
    seen.grid.make_current(index_of("canon_hdr_NO.jpg"))
    seen.action_set["item.preview"].trigger()
    panel = seen.front
    assert isinstance(panel, ViewerPanel)
    press(panel, Qt.Key.Key_Space)
    assert seen.front is seen.library_panel
    seen.action_set["item.open"].trigger()
    before = panel.current_asset()
    press(panel, Qt.Key.Key_Space)
    assert seen.front is panel
    assert panel.current_asset() != before


def test_keys_lead_to_every_item(view: View, seen: MainWindow) -> None:
    panel, ids = view("canon_hdr_NO.jpg"), seen.grid.ids()
    press(panel, Qt.Key.Key_Home)
    assert panel.current_asset() == ids[0]
    press(panel, Qt.Key.Key_Left)
    assert panel.current_asset() == ids[0]
    press(panel, Qt.Key.Key_End)
    assert panel.current_asset() == ids[-1]
    seen.action_set["look.previous"].trigger()
    assert panel.current_asset() == ids[-2]
    assert seen.chosen_ids() == [ids[-2]]


def test_the_next_picture_is_ready_before_it_is_wanted(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("canon_hdr_NO.jpg")
    room = seen.room
    assert room is not None
    cell = panel.cells.get(panel._track.neighbours()[0])
    assert cell is not None
    qtbot.waitUntil(lambda: room.previews.get(panel.display.eye.fitting(cell)) is not None, timeout=LONG_MS)
    press(panel, Qt.Key.Key_Right)
    assert panel.display.eye.is_settled(), "at once"


def test_all_pixels_are_decoded_when_they_can_be_seen(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("IMG_5195.HEIC")
    fitted = panel.canvas.shown
    seen.action_set["look.actual"].trigger()
    settle(qtbot, panel)
    shown = panel.canvas.shown
    assert fitted is not None
    assert shown is not None
    assert not fitted.is_whole
    assert shown.is_whole
    assert "100 %" in panel.top_bar.text()
    press(panel, Qt.Key.Key_PageDown)
    assert panel.mode() == Mode.ACTUAL, "the mode stays over next and previous"
    seen.action_set["look.fit"].trigger()
    assert "Fit" in panel.top_bar.text()


def test_keys_zoom_the_picture_and_not_the_grid(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel, cell = view("canon_hdr_NO.jpg"), seen.grid.cell_size()
    seen.activateWindow()
    qtbot.waitUntil(lambda: panel.canvas.hasFocus())
    before = panel.canvas.scale()
    assert before is not None
    for key, modifier in ((Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_Equal, NO_MODIFIER)):
        QTest.keyClick(panel.canvas, key, modifier)
    assert panel.canvas.scale() == pytest.approx(before * 1.25**2)
    assert seen.grid.cell_size() == cell
    QTest.keyClick(panel.canvas, Qt.Key.Key_Z)
    assert panel.mode() == Mode.ACTUAL
    QTest.keyClick(panel.canvas, Qt.Key.Key_Z)
    assert panel.mode() == Mode.FIT, "once more, and all is shown again"


def test_arrows_move_a_picture_that_does_not_fit(qtbot: QtBot, view: View) -> None:
    panel = view("IMG_5195.HEIC")
    panel.set_mode(Mode.ACTUAL)
    before = panel.canvas.sight.centre
    press(panel, Qt.Key.Key_Right)
    assert panel.canvas.accessibleName() == "IMG_5195.HEIC"
    assert panel.canvas.sight.centre[0] > before[0]


def test_an_animation_moves_rests_and_steps(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("anim-gr.gif")
    qtbot.waitUntil(lambda: panel.playback is not None, timeout=LONG_MS)
    playback = panel.playback
    assert isinstance(playback, Animation)
    assert playback.is_playing
    assert panel.controls.isVisible()
    press(panel, Qt.Key.Key_Space)
    assert not playback.is_playing
    before = playback.position_ms
    panel.step_frame(1)
    assert playback.position_ms != before
    press(panel, Qt.Key.Key_PageDown)
    assert panel.playback is not playback


def test_a_broken_file_says_why_and_what_can_be_done(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("broken.jpg")
    assert panel.display.why.isVisible()
    assert panel.display.why.text().startswith("broken.jpg\nKept, but no preview\n")
    assert "ends too early" in panel.display.why.text()
    qtbot.waitUntil(
        lambda: [b.text() for _, b in panel.display.why.buttons if b.isVisible()][:2] == ["Retry", "Show problem"]
    )
    press(panel, Qt.Key.Key_Right)
    settle(qtbot, panel)
    assert not panel.display.why.isVisible()


def test_what_gets_damaged_while_it_is_shown_says_so(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel, room = view("canon_hdr_NO.jpg"), seen.room
    cell = panel.chosen_cells()[0]
    assert room is not None
    note_blob_state(room.library, cell.sha256, BlobState.DAMAGED)
    room.session.changed.emit(Changes(1, changed=(cell.id,)))
    qtbot.waitUntil(panel.display.why.isVisible, timeout=LONG_MS)
    assert "Bytes changed on disk" in panel.display.why.text()
    note_blob_state(room.library, cell.sha256, BlobState.OK)
    room.session.changed.emit(Changes(2, changed=(cell.id,)))
    qtbot.waitUntil(lambda: not panel.display.why.isVisible(), timeout=LONG_MS)
    settle(qtbot, panel)
    assert panel.chosen_cells()[0].status == Status.READY
    assert panel.canvas.shown is not None


def test_a_thumbnail_that_is_broken_is_made_again(qtbot: QtBot, seen: MainWindow, index_of: Index) -> None:
    room, cell = seen.room, seen.grid.cell(index_of("canon_hdr_NO.jpg"))
    assert room is not None
    assert cell is not None
    file = room.library.layout.thumbnail(cell.sha256, 512)
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    seen.view_items(seen.grid.ids(), index_of("canon_hdr_NO.jpg"))
    qtbot.waitUntil(lambda: file.read_bytes() == whole, timeout=LONG_MS)


def test_a_blob_that_is_gone_says_so(qtbot: QtBot, view: View, seen: MainWindow, index_of: Index) -> None:
    room = seen.room
    cell = seen.grid.cell(index_of("canon_hdr_NO.jpg"))
    assert room is not None
    assert cell is not None
    room.library.blobs.quarantine(cell.sha256)
    panel = view("canon_hdr_NO.jpg")
    assert panel.display.why.isVisible()
    assert "canon_hdr_NO.jpg" in panel.display.why.text()


def test_what_is_purged_while_it_is_shown_gives_way_to_the_next(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel, room = view("canon_hdr_NO.jpg"), seen.room
    asset = panel.current_asset()
    assert room is not None
    assert asset is not None
    room.session.changed.emit(Changes(1, removed=(asset,)))
    assert panel.display.hint.text() == "canon_hdr_NO.jpg is not in the library any more."
    settle(qtbot, panel)
    assert panel.canvas.accessibleName() == "canon_hdr_YES.jpg"
    assert "of 8" in panel.top_bar.text()


def test_when_nothing_is_left_it_says_so(qtbot: QtBot, seen: MainWindow) -> None:
    seen.view_items([seen.grid.ids()[0]], 0)
    panel, room = seen.front, seen.room
    assert isinstance(panel, ViewerPanel)
    assert room is not None
    room.session.changed.emit(Changes(1, removed=(int(seen.grid.ids()[0]),)))
    assert "not in the library any more" in panel.display.why.text()
    assert panel.chosen_ids() == []
    press(panel, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


def test_an_id_that_nobody_knows(qtbot: QtBot, seen: MainWindow) -> None:
    seen.view_items([4_711], 0)
    panel = seen.front
    assert isinstance(panel, ViewerPanel)
    qtbot.waitUntil(panel.display.why.isVisible, timeout=LONG_MS)
    assert "not in the library any more" in panel.display.why.text()


def test_a_million_items(qtbot: QtBot, seen: MainWindow) -> None:
    ids = np.resize(np.asarray(seen.grid.ids()), 1_000_000)
    seen.view_items(ids, 500_000)
    panel = seen.front
    assert isinstance(panel, ViewerPanel)
    settle(qtbot, panel)
    assert "500,001 of 1,000,000" in panel.top_bar.text()
    assert len(panel.filmstrip.in_sight()) < 40
    press(panel, Qt.Key.Key_End)
    assert "1,000,000 of 1,000,000" in panel.top_bar.text()


def test_the_filmstrip_leads_there_and_can_be_switched_off(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("canon_hdr_NO.jpg")
    strip = panel.filmstrip
    target = strip.rect_of(0).center()
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=target)
    assert panel.current_asset() == seen.grid.ids()[0]
    height = panel.canvas.height()
    seen.action_set["look.filmstrip"].trigger()
    assert not strip.isVisible()
    assert panel.canvas.height() == height + strip.height()
    assert not seen.settings.flag("viewer.filmstrip")


def test_full_screen_shows_the_picture_alone_and_escape_ends_it_first(
    qtbot: QtBot, view: View, seen: MainWindow
) -> None:
    panel = view("canon_hdr_NO.jpg")
    panel.fading._timer.setInterval(20)
    seen.action_set["look.full_screen"].trigger()
    qtbot.waitUntil(lambda: panel.full_screen.is_on)
    qtbot.waitUntil(lambda: panel.canvas.size() == panel.size() == seen.size())
    assert not seen.toolbar.isVisible()
    qtbot.waitUntil(lambda: panel.fading.are_gone)
    QTest.mouseMove(panel.canvas)
    qtbot.waitUntil(lambda: not panel.fading.are_gone)
    press(panel, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not panel.full_screen.is_on)
    assert seen.front is panel
    assert seen.toolbar.isVisible()
    press(panel, Qt.Key.Key_Escape)
    assert seen.front is seen.library_panel


def test_leaving_ends_full_screen(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("canon_hdr_NO.jpg")
    seen.action_set["look.full_screen"].trigger()
    qtbot.waitUntil(lambda: panel.full_screen.is_on)
    seen.go_back()
    assert not seen.isFullScreen()
    assert seen.toolbar.isVisible()


def test_the_bars_are_dark_in_a_light_window(view: View) -> None:
    panel = view("canon_hdr_NO.jpg")
    image = panel.grab().toImage()
    assert image.pixelColor(300, 4).name() == DARK.panel.name()


def test_everything_can_be_named(view: View) -> None:
    panel = view("flower.mp4")
    buttons = panel.findChildren(QAbstractButton)
    assert [type(each).__name__ for each in buttons if not (each.accessibleName() or each.text())] == []
    assert [each.objectName() for each in buttons if not each.toolTip()] == []
    assert all(each.accessibleName() for each in panel.findChildren(QSlider))


def test_a_library_that_is_closed_leaves_nothing(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("flower.mp4")
    panel.attach(None)
    assert panel.current_asset() is None
    assert panel.playback is None
    assert panel.chosen_cells() == []


def test_a_stage_for_a_picture_of_the_panel(qtbot: QtBot, seen: MainWindow) -> None:
    seen.show_panel("viewer")
    panel = seen.front
    assert isinstance(panel, ViewerPanel)
    panel.stage()
    settle(qtbot, panel)
    assert panel.canvas.shown is not None


def test_what_could_not_be_shown_is_tried_again_when_there_is_news_of_it(
    qtbot: QtBot, view: View, seen: MainWindow, index_of: Index
) -> None:
    room, cell = seen.room, seen.grid.cell(index_of("canon_hdr_NO.jpg"))
    assert room is not None
    assert cell is not None
    with room.library.blobs.local_path(cell.sha256) as path:
        pass
    aside = path.with_name("aside")
    path.rename(aside)
    panel = view("canon_hdr_NO.jpg")
    assert panel.display.why.isVisible()
    aside.rename(path)
    note_blob_state(room.library, cell.sha256, BlobState.DAMAGED)
    room.session.changed.emit(Changes(1, changed=(cell.id,)))
    qtbot.waitUntil(lambda: "Bytes changed" in panel.display.why.text(), timeout=LONG_MS)
    note_blob_state(room.library, cell.sha256, BlobState.OK)
    room.session.changed.emit(Changes(2, changed=(cell.id,)))
    qtbot.waitUntil(lambda: not panel.display.why.isVisible(), timeout=LONG_MS)
    settle(qtbot, panel)
    assert not panel.display.why.isVisible()


def test_a_reason_that_comes_too_late_does_not_keep_the_next_picture_from_its_final_look(
    qtbot: QtBot, view: View, seen: MainWindow, index_of: Index
) -> None:
    panel = view("canon_hdr_NO.jpg")
    panel.go(index_of("broken.jpg"))
    panel.go(index_of("canon_hdr_NO.jpg"))
    settle(qtbot, panel)


def test_another_visit_begins_with_all_of_the_picture(view: View, seen: MainWindow) -> None:
    panel = view("canon_hdr_NO.jpg")
    panel.set_mode(Mode.ACTUAL)
    seen.go_back()
    assert view("canon_hdr_YES.jpg").mode() == Mode.FIT
