"""A real window that notes every tick of a timer while many chosen items are described.

`python -m tests.bench.window_edits LIBRARY COUNT IDLE_SECONDS`, started by `bench_edit` on a copy, prints one JSON
object: the gaps between ticks in seconds while nothing happens (`idle`), and for each edit how long it took until the
window had shown it (`seconds`) and its gaps (`gaps`).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt

from keeproom.model import Flag, Label
from keeproom.settings import Settings
from keeproom.ui.acts import describing
from keeproom.ui.acts.changing import Changing
from keeproom.ui.application import make_application, spare_collector
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from tests.bench.window_ticks import Ticks, wait

Act = Callable[[MainWindow], None]

EDITS: Mapping[str, Act] = {
    "rating by its key": describing.rate(4),
    "label by its key": describing.label(Label.GREEN),
    "flag by its key": describing.flag(Flag.PICK),
    "a new tag": lambda window: describing.tag_items(window, window.front.chosen_array(), add=("bench/many",)),
    "a title": lambda window: describing.state_text(window, window.front.chosen_array(), "title", "A day by the sea"),
    "a quarter turn": describing.turn(1),
}


def main() -> None:
    library, count, idle_s = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    application = make_application()
    window = MainWindow(Settings(), Appearance(application, "light"))
    window.resize(1280, 800)
    window.open_folder(library)
    window.show()
    settled = lambda: window.room is not None and window.is_complete() and window.shelf.is_settled  # noqa: E731
    wait(application, lambda: settled() and window.shelf.counts is not None)
    window.grid.make_current(0)
    window.grid.make_current(count - 1, Qt.KeyboardModifier.ShiftModifier)
    spare_collector()  # as `keeproom open` does
    ticks = Ticks(window)
    ticks.start()
    over = time.monotonic() + idle_s
    wait(application, lambda: time.monotonic() > over)
    told: dict[str, object] = {"idle": ticks.stop(), "chosen": window.grid.selected_count()}
    edits = {}
    for name, act in EDITS.items():
        changing = Changing.of(window)
        began = time.perf_counter()
        ticks.start()
        act(window)
        wait(application, lambda: changing.is_settled)  # noqa: B023
        made = time.perf_counter() - began
        quiet = time.monotonic() + 1.0  # the window hears of it, reads and paints
        wait(application, lambda: time.monotonic() > quiet and settled())  # noqa: B023
        edits[name] = {"seconds": made, "gaps": ticks.stop()}
    window.close()
    json.dump({**told, "edits": edits}, sys.stdout)


if __name__ == "__main__":
    main()
