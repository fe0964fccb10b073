"""Looking at single items: opening, leafing, zooming, playing, comparing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

from keeproom.ui.viewer.sight import STEP, Mode

if TYPE_CHECKING:
    from keeproom.ui.compare.panel import ComparePanel
    from keeproom.ui.viewer.panel import ViewerPanel
    from keeproom.ui.viewer.track import Ids
    from keeproom.ui.window.main import MainWindow

Act = Callable[["MainWindow"], None]
MOST_COMPARED = 4
SKIP_MS = 10_000


def view(window: MainWindow, ids: Ids | Sequence[int], index: int, *, quick: bool = False) -> None:
    """Open the viewer on one of these."""
    viewer = cast("ViewerPanel", window.panel("viewer"))
    viewer.show_items(ids, index, quick=quick)
    window.show_panel("viewer")


def open_chosen(window: MainWindow) -> None:
    _view_chosen(window, quick=False)


def preview_chosen(window: MainWindow) -> None:
    _view_chosen(window, quick=True)


def _view_chosen(window: MainWindow, *, quick: bool) -> None:
    """One chosen item is opened among all that are shown; of several only they are leafed through."""
    if window.pages.name != "library":
        view(window, window.chosen_ids(), 0, quick=quick)
        return
    grid = window.grid
    if grid.selected_count() in (0, 1, grid.count()):
        view(window, grid.ids(), grid.current_index(), quick=quick)
        return
    chosen, current = grid.selected_ids(), grid.current_index()
    current_id = grid.ids()[current] if 0 <= current < grid.count() else None
    view(window, chosen, chosen.index(current_id) if current_id in chosen else 0, quick=quick)


def compare_chosen(window: MainWindow) -> None:
    """The chosen items side by side; in the viewer the one in sight and the next."""
    if window.pages.name == "viewer":
        compare(window, viewer_of(window).pair())
    else:
        compare(window, window.chosen_ids()[:MOST_COMPARED])


def compare(window: MainWindow, ids: Sequence[int]) -> None:
    """Open two to four items side by side."""
    panel = cast("ComparePanel", window.panel("compare"))
    panel.show_items(ids)
    window.show_panel("compare")


def viewer_of(window: MainWindow) -> ViewerPanel:
    return cast("ViewerPanel", window.panel("viewer"))


def compare_of(window: MainWindow) -> ComparePanel:
    return cast("ComparePanel", window.panel("compare"))


def _front(window: MainWindow) -> ViewerPanel | ComparePanel | None:
    """The panel in sight, if it is one that shows pictures large."""
    if window.pages.name == "viewer":
        return viewer_of(window)
    return compare_of(window) if window.pages.name == "compare" else None


def step(by: int) -> Callable[[MainWindow], None]:
    """A function that goes on by so many items, or back."""

    def go(window: MainWindow) -> None:
        panel = _front(window)
        if panel is not None:
            panel.step(by)

    return go


def set_mode(mode: Mode) -> Callable[[MainWindow], None]:
    """A function that shows pictures so; once more, and all of the picture is shown again."""

    def see(window: MainWindow) -> None:
        panel = _front(window)
        if panel is not None:
            panel.set_mode(Mode.FIT if panel.mode() == mode else mode)

    return see


def is_mode(mode: Mode) -> Callable[[MainWindow], bool]:
    """A function that tells whether pictures are shown so."""

    def is_so(window: MainWindow) -> bool:
        panel = _front(window)
        return panel is not None and panel.mode() == mode

    return is_so


def zoom_in(window: MainWindow) -> None:
    _zoom(window, STEP)


def zoom_out(window: MainWindow) -> None:
    _zoom(window, 1 / STEP)


def _zoom(window: MainWindow, factor: float) -> None:
    panel = _front(window)
    if panel is not None:
        panel.zoom(factor)


def toggle_full_screen(window: MainWindow) -> None:
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)


def is_full_screen(window: MainWindow) -> bool:
    return window.isFullScreen()


def toggle_filmstrip(window: MainWindow) -> None:
    """Show the filmstrip, or don't; kept for the next time."""
    viewer_of(window).show_filmstrip(shown=not window.settings.flag("viewer.filmstrip"))


def toggle_playing(window: MainWindow) -> None:
    viewer_of(window).toggle_playing()


def step_frame(frames: int) -> Callable[[MainWindow], None]:
    return lambda window: viewer_of(window).step_frame(frames)


def skip(by_ms: int) -> Callable[[MainWindow], None]:
    return lambda window: viewer_of(window).controls.skip(by_ms)


def change_rate(steps: int) -> Callable[[MainWindow], None]:
    return lambda window: viewer_of(window).controls.change_rate(steps)


def toggle_loop(window: MainWindow) -> None:
    controls = viewer_of(window).controls
    controls.set_loop(on=not controls.loops())


def is_looping(window: MainWindow) -> bool:
    return window.pages.name == "viewer" and viewer_of(window).controls.loops()


def toggle_mute(window: MainWindow) -> None:
    viewer_of(window).controls.set_muted(muted=not window.settings.flag("viewer.muted"))


def toggle_lock(window: MainWindow) -> None:
    panel = compare_of(window)
    panel.set_locked(locked=not panel.is_locked())


def is_locked(window: MainWindow) -> bool:
    return window.pages.name == "compare" and compare_of(window).is_locked()


def swap(window: MainWindow) -> None:
    compare_of(window).swap()


def flicker(window: MainWindow) -> None:
    panel = compare_of(window)
    panel.set_flicker(on=not panel.is_flickering())


def is_flickering(window: MainWindow) -> bool:
    return window.pages.name == "compare" and compare_of(window).is_flickering()
