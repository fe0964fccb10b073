"""A real window over a large library, and how long its grid takes for what a person does.

`python -m tests.bench.window_of_many LIBRARY PAGES`, started by `bench_grid`, prints one JSON object: seconds, but for
those names that say bytes, and how many assets there are, and cells in sight.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from keeproom.library.arranger import Arranger
from keeproom.model import Grouping, SortKey
from keeproom.settings import Settings
from keeproom.ui.application import make_application
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from tests.bench.rounds import BenchFailedError
from tests.bench.synthetic import THUMBNAILED

Figures = dict[str, float]

SIZES = {"1280×800": (1280, 800), "3840×2160": (3840, 2160)}
TIMES = 7
PATIENCE_MS = 60_000
IN_SIGHT = 40


class Probe:
    """One window and what is done to it."""

    def __init__(self, application: QApplication, library: Path, pages: int) -> None:
        self._application = application
        self._pages = pages
        self.worked: list[float] = []
        # The newest imports come first: they have stored thumbnails.
        self.window = MainWindow(Settings(), Appearance(application, "light"), works=False)
        self.window.resize(*SIZES["1280×800"])
        self.window.open_folder(library)
        self.window.show()
        self.grid = self.window.grid
        self.until(self.window.is_complete)

    def until(self, happened: Callable[[], bool]) -> None:
        """Let events happen until something has.

        Raises:
            BenchFailedError: it did not.
        """
        ticking = QTimer(interval=1)
        ticking.start()
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not happened():
            if deadline.hasExpired():
                raise BenchFailedError("the window did not come to rest")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle(self) -> None:
        self.until(self.window.is_complete)

    def timed(self, act: Callable[[], object]) -> float:
        """How long something takes until it is on the screen: the act, the paint, and all that it set off at once."""
        began, worked = time.perf_counter(), time.thread_time()
        act()
        self.grid.viewport().repaint()
        self._application.processEvents()
        self.worked.append(time.thread_time() - worked)
        return time.perf_counter() - began

    def take_worked(self) -> list[float]:
        """What the window's thread worked in each stretch that was timed; other programs don't count here."""
        worked, self.worked = self.worked, []
        return worked

    def median(self, act: Callable[[], object]) -> float:
        return statistics.median(self.timed(act) for _ in range(TIMES))

    # What is measured

    def first_paint(self) -> float:
        """All ids given to the grid anew, and painted."""
        ids = self.grid.ids()
        return self.median(lambda: self.grid.set_ids(ids, keep_place=False))

    def resize(self) -> float:
        width, height = self.window.width(), self.window.height()
        sides = iter([(width - 30 * step, height - 20 * step) for step in range(1, TIMES + 1)])
        taken = self.median(lambda: self.window.resize(*next(sides)))
        self.window.resize(width, height)
        self.settle()
        return taken

    def page_frames(self) -> list[float]:
        """A page at a time through what has stored thumbnails, each when the one before has its final look."""
        bar, frames = self.grid.verticalScrollBar(), []
        bar.setValue(0)
        while len(frames) < self._pages:
            self.until(self.grid.is_complete)
            span = self.grid.visible()
            if span.stop + 2 * len(span) > min(THUMBNAILED, self.grid.count()):
                bar.setValue(0)
                continue
            frames.append(self.timed(lambda: bar.setValue(bar.value() + bar.pageStep())))
        return frames

    def far_frames(self) -> list[float]:
        """Jumps all over the library, to where nothing is known yet."""
        bar = self.grid.verticalScrollBar()
        places = [number * bar.maximum() // self._pages for number in range(self._pages)]
        return [self.timed(lambda place=place: bar.setValue(place)) for place in places]  # type: ignore[misc]

    def thumbnails(self) -> list[float]:
        """Jumps to cells that were never in sight, each until all of some forty pictures are there."""
        bar, taken = self.grid.verticalScrollBar(), []
        page = bar.pageStep()
        per_page = max(1, len(self.grid.visible()))
        pages = min(THUMBNAILED, self.grid.count()) // per_page - 1
        for number in range(1, min(self._pages // 2, pages // 4) + 1):
            began = time.perf_counter()
            bar.setValue((4 * number) * page)
            self.until(self.grid.is_complete)
            taken.append(time.perf_counter() - began)
        return taken

    def sort(self, sort: str, grouping: Grouping) -> float:
        """Another order, until it is painted."""
        shelf, arranged = self.window.shelf, []
        connection = shelf.arranged.connect(lambda *_: arranged.append(True))
        began = time.perf_counter()
        shelf.set_grouping(grouping)
        shelf.set_sort(sort)
        self.until(lambda: bool(arranged))
        self.grid.viewport().repaint()
        taken = time.perf_counter() - began
        shelf.arranged.disconnect(connection)
        self.settle()
        return taken


def measure(library: Path, pages: int) -> Figures:
    probe = Probe(make_application(), library, pages)
    figures: Figures = {"assets": probe.grid.count()}
    for name, size in SIZES.items():
        probe.window.resize(*size)
        probe.settle()
        figures |= {f"{name} first paint": probe.first_paint(), f"{name} resize": probe.resize()}
        probe.take_worked()
        figures |= _spread(f"{name} page", probe.page_frames())
        figures |= _spread(f"{name} page, CPU", probe.take_worked())
        figures |= _spread(f"{name} far page", probe.far_frames())
        probe.settle()
    probe.window.resize(*SIZES["1280×800"])
    cell_px = probe.window.settings.number("grid.cell")
    while len(probe.grid.visible()) < IN_SIGHT and cell_px > 96:
        cell_px -= 4
        probe.grid.set_cell_size(cell_px)
    probe.settle()
    figures["in sight"] = len(probe.grid.visible())
    figures |= _spread("thumbnails", probe.thumbnails())
    figures["select all"] = probe.median(probe.grid.select_all)
    figures["invert"] = probe.median(probe.grid.invert_selection)
    probe.grid.select_all()
    probe.settle()
    probe.grid.clear_selection()
    probe.settle()
    for key in SortKey:
        figures[f"sort by {key}"] = probe.sort(f"-{key}", Grouping.NONE)
    figures["headings by day"] = probe.sort("-captured", Grouping.DAY)
    for name, size in SIZES.items():
        probe.window.resize(*size)
        probe.settle()
        figures |= _spread(f"{name} page with headings", probe.page_frames())
    figures |= _memory_and_views(probe)
    probe.window.close()
    return figures


def _memory_and_views(probe: Probe) -> Figures:
    """A snapshot of its own, as the shelf has one: how large it is, and what a view takes of it."""
    assert probe.window.room is not None
    began = time.perf_counter()
    arranger = Arranger(probe.window.room.library)
    snapshot = arranger.snapshots.latest()
    figures = {"snapshot read": time.perf_counter() - began}
    from keeproom.library.views import View

    for key in SortKey:
        began = time.perf_counter()
        arranger.arrange(View(), f"-{key}")
        figures[f"first order by {key}"] = time.perf_counter() - began
    figures["view"] = max(
        _taken(lambda view=view: arranger.arrange(view, "-captured"))  # type: ignore[misc]
        for view in (View(), View("is:problem"))
        for _ in range(TIMES)
    )
    figures["view by day"] = _taken(lambda: arranger.arrange(View(), "-captured", Grouping.DAY))
    figures["counts"] = _taken(arranger.counts)
    figures["columns bytes"] = snapshot.size_bytes
    figures["snapshot bytes"] = arranger.snapshots.latest().size_bytes
    figures["process bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return figures


def _taken(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _spread(name: str, values: Sequence[float]) -> Figures:
    if not values:
        return {}
    ordered = sorted(values)
    return {
        f"{name} p50": statistics.median(ordered),
        f"{name} p99": ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))],
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
