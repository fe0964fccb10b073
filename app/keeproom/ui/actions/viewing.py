"""Looking at single items: the viewer, comparing, playing."""

from __future__ import annotations

from keeproom.ui.actions.rows import ANY, Action, Menu, Situation, Submenu
from keeproom.ui.acts import viewing
from keeproom.ui.viewer.sight import Mode

LISTS = frozenset({"library", "imports", "activity"})
VIEWER = frozenset({"viewer"})
COMPARE = frozenset({"compare"})
LARGE = VIEWER | COMPARE


def _comparable(now: Situation) -> bool:
    return now.panel == "viewer" or 2 <= now.selected <= viewing.MOST_COMPARED


def _playable(now: Situation) -> bool:
    return now.selected == 1 and now.playable + now.images > 0


def _mode(mode: Mode, text: str, shortcut: str) -> Action:
    return Action(
        f"look.{mode}",
        text,
        viewing.set_mode(mode),
        Menu.LOOKING,
        shortcut,
        checked=viewing.is_mode(mode),
        choice="mode",
        local=True,
        panels=LARGE,
    )


def _playing(name: str, text: str, function: viewing.Act, shortcut: str, icon: str = "") -> Action:
    return Action(f"play.{name}", text, function, Menu.PLAYING, shortcut, _playable, icon, local=True, panels=VIEWER)


ROWS: tuple[Action, ...] = (
    Action(
        "item.open",
        "&Open",
        viewing.open_chosen,
        Menu.ITEM | Menu.ON_ITEM,
        "Return Enter",
        ANY,
        "image",
        group=1,
        local=True,
        panels=LISTS,
    ),
    Action(
        "item.preview",
        "&Quick preview",
        viewing.preview_chosen,
        Menu.ITEM | Menu.ON_ITEM,
        "Space",
        ANY,
        "eye",
        group=1,
        local=True,
        panels=LISTS,
    ),
    Action(
        "item.compare",
        "&Compare",
        viewing.compare_chosen,
        Menu.ITEM | Menu.ON_ITEM | Menu.SELECTION_BAR,
        "C",
        _comparable,
        "columns-2",
        group=1,
        local=True,
        panels=LISTS | VIEWER,
    ),
    Action(
        "look.next",
        "&Next",
        viewing.step(1),
        Menu.LOOKING,
        "PgDown",
        ANY,
        "chevron-right",
        local=True,
        panels=LARGE,
    ),
    Action(
        "look.previous",
        "&Previous",
        viewing.step(-1),
        Menu.LOOKING,
        "PgUp",
        ANY,
        "chevron-left",
        local=True,
        panels=LARGE,
    ),
    _mode(Mode.FIT, "&Fit", "Ctrl+0"),
    _mode(Mode.FILL, "F&ill", "Ctrl+9"),
    _mode(Mode.ACTUAL, "&100 %", "Z Ctrl+1"),
    Action(
        "look.in",
        "Zoom &in",
        viewing.zoom_in,
        Menu.LOOKING,
        "+ = Ctrl++ Ctrl+=",
        ANY,
        "zoom-in",
        group=1,
        local=True,
        panels=LARGE,
    ),
    Action(
        "look.out",
        "Zoom &out",
        viewing.zoom_out,
        Menu.LOOKING,
        "Ctrl+-",
        ANY,
        "zoom-out",
        group=1,
        local=True,
        panels=LARGE,
    ),
    Action(
        "look.filmstrip",
        "Films&trip",
        viewing.toggle_filmstrip,
        Menu.VIEW,
        "Ctrl+T",
        icon="gallery-thumbnails",
        checked=lambda window: window.settings.flag("viewer.filmstrip"),
        panels=VIEWER,
    ),
    Action(
        "look.full_screen",
        "F&ull screen",
        viewing.toggle_full_screen,
        Menu.VIEW,
        "F11",
        icon="maximize",
        group=4,
        checked=viewing.is_full_screen,
    ),
    _playing("toggle", "&Play or pause", viewing.toggle_playing, "K", "play"),
    _playing("step_back", "Pre&vious frame", viewing.step_frame(-1), ",", "step-back"),
    _playing("step_forward", "Ne&xt frame", viewing.step_frame(1), ".", "step-forward"),
    _playing("skip_back", "&Back 10 seconds", viewing.skip(-viewing.SKIP_MS), "J"),
    _playing("skip_forward", "&Forward 10 seconds", viewing.skip(viewing.SKIP_MS), "L"),
    _playing("slower", "&Slower", viewing.change_rate(-1), "["),
    _playing("faster", "F&aster", viewing.change_rate(1), "]"),
    Action(
        "play.loop",
        "L&oop",
        viewing.toggle_loop,
        Menu.PLAYING,
        "Ctrl+L",
        _playable,
        "repeat",
        group=1,
        checked=viewing.is_looping,
        local=True,
        panels=VIEWER,
    ),
    Action(
        "play.mute",
        "&Mute",
        viewing.toggle_mute,
        Menu.PLAYING,
        "M",
        _playable,
        "volume-2",
        group=1,
        checked=lambda window: window.settings.flag("viewer.muted"),
        local=True,
        panels=VIEWER,
    ),
    Action(
        "compare.lock",
        "&Lock zoom and place",
        viewing.toggle_lock,
        Menu.LOOKING,
        "L",
        icon="lock",
        group=1,
        checked=viewing.is_locked,
        local=True,
        panels=COMPARE,
    ),
    Action(
        "compare.swap",
        "S&wap sides",
        viewing.swap,
        Menu.LOOKING,
        "W",
        icon="arrow-left-right",
        local=True,
        panels=COMPARE,
    ),
    Action(
        "compare.flicker",
        "Fli&cker",
        viewing.flicker,
        Menu.LOOKING,
        "F",
        icon="layers",
        group=1,
        checked=viewing.is_flickering,
        local=True,
        panels=COMPARE,
    ),
)

SUBMENUS: tuple[Submenu, ...] = (
    Submenu("&Play", Menu.LOOKING, Menu.PLAYING, group=2, needs=lambda now: now.panel == "viewer"),
)
