"""The next picture in the viewer: from asking for it until it is painted, decoded ahead and not."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from keeproom.library.listing import list_assets
from keeproom.library.opening import Library, open_library
from keeproom.model import Asset, Preview
from keeproom.workers.previews import Previews, Wanted
from tests.bench.command import measure
from tests.bench.product import photos_done, start_import, trial_folder, variables_of
from tests.bench.rounds import BenchFailedError, table, tell_machine, verdict
from tests.bench.workload import Workload, large_photos
from tests.importing import Importer
from tests.media.living import descendants

PHOTOS = 20
SCREEN = (1920, 1200)
AHEAD, AT_ONCE = "decoded ahead", "not decoded ahead"
BESIDE, WHOLE, COLD, PLAIN = "the same while files are imported", "all pixels", "first of all", "plain Pillow"
TARGETS_MS = {AHEAD: 50, AT_ONCE: 250}
PATIENCE_S = 60

Times = list[float]
"""Seconds, one for each picture."""


class Canvas(QWidget):
    """What a viewer is at least: a picture in the middle of a dark ground."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.resize(*SCREEN)

    def show_preview(self, preview: Preview) -> None:
        """Take over a picture and paint it now."""
        self.image = QImage(
            preview.pixels, preview.width, preview.height, 4 * preview.width, QImage.Format.Format_RGB32
        )
        self.repaint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), 0x17181B)
        painter.drawImage(
            (self.width() - self.image.width()) // 2, (self.height() - self.image.height()) // 2, self.image
        )


class Viewer:
    """Pictures wanted one after the other, as a person does who goes through a folder."""

    def __init__(self, library: Library, assets: Sequence[Asset], canvas: Canvas) -> None:
        self.previews = Previews(library)
        self._assets = assets
        self._canvas = canvas
        self._loop = QEventLoop()
        self.previews.arrived.connect(lambda *_: self._loop.quit())
        self.previews.refused.connect(lambda *_: self._loop.quit())
        self._patience = QTimer()
        self._patience.timeout.connect(self._loop.quit)
        self._patience.start(1000)

    def at_once(self, number: int, box: tuple[int, int] = SCREEN) -> float:
        """How long a picture takes of which nothing is there."""
        wanted = self._wanted(number, box)
        start = time.perf_counter()
        self.previews.want([wanted])
        self._canvas.show_preview(self._wait_for(wanted))
        return time.perf_counter() - start

    def ahead(self, number: int) -> float:
        """How long a picture takes that was a neighbour before, after its decode had time to end."""
        wanted, before, after = (self._wanted(place) for place in (number, number - 1, number + 1))
        self.previews.want([before, wanted])
        self._wait_for(wanted)
        self._wait_for(before)
        start = time.perf_counter()
        self.previews.want([wanted, after, before])
        self._canvas.show_preview(self._wait_for(wanted))
        return time.perf_counter() - start

    def _wanted(self, number: int, box: tuple[int, int] = SCREEN) -> Wanted:
        asset = self._assets[number % len(self._assets)]
        return Wanted(asset.id, asset.sha256, *box)

    def _wait_for(self, wanted: Wanted) -> Preview:
        deadline = time.monotonic() + PATIENCE_S
        while (preview := self.previews.get(wanted)) is None:
            if (error := self.previews.error(wanted)) is not None:
                raise BenchFailedError(str(error))
            if time.monotonic() > deadline:
                raise BenchFailedError("a picture did not arrive")
            self._loop.exec()
        return preview


@contextmanager
def viewer(library: Library, assets: Sequence[Asset], canvas: Canvas, *, warm: bool = True) -> Iterator[Viewer]:
    """A viewer whose cache is empty; its readers have read one picture, unless they are to be cold."""
    made = Viewer(library, assets, canvas)
    try:
        if warm:
            made.previews.want([Wanted(0, asset.sha256, 64, 64) for asset in assets[:6]])
            for asset in assets[:6]:
                made._wait_for(Wanted(0, asset.sha256, 64, 64))
        yield made
    finally:
        made.previews.close()


def bench(work: Workload, rounds: int) -> None:
    application = QApplication.instance() or QApplication([])
    files = large_photos(PHOTOS)
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"{PHOTOS} photos of 12 to 24 megapixels, {size:.0f} MB, at {SCREEN[0]} × {SCREEN[1]}", flush=True)
    tell_machine()
    canvas = Canvas()
    canvas.show()
    application.processEvents()
    times: dict[str, Times] = {name: [] for name in (AHEAD, AT_ONCE, BESIDE, WHOLE, COLD, PLAIN)}
    cpu: dict[str, Times] = {AT_ONCE: [], PLAIN: []}
    with trial_folder() as folder, _own_places(folder), open_library(folder / "library") as library:
        Importer(library)(*files)
        assets = list(list_assets(library))
        for _ in range(rounds):
            with _cpu_into(cpu[PLAIN]):
                times[PLAIN] += [_seconds(lambda file=file: _decode_plainly(file)) for file in files]  # type: ignore[misc]
            with viewer(library, assets, canvas) as shown, _cpu_into(cpu[AT_ONCE]):
                times[AT_ONCE] += [shown.at_once(number) for number in range(PHOTOS)]
            with viewer(library, assets, canvas) as shown:
                times[AHEAD] += [shown.ahead(number) for number in range(1, PHOTOS)]
            with viewer(library, assets, canvas) as shown:
                times[WHOLE] += [shown.at_once(number, (0, 0)) for number in range(3)]
            with viewer(library, assets, canvas, warm=False) as shown:
                times[COLD].append(shown.at_once(0))
        with viewer(library, assets, canvas) as shown, _import_beside(work, folder):
            times[BESIDE] += [shown.at_once(number) for number in range(PHOTOS)]
    _tell(times)
    ours, plain = (1000 * statistics.median(cpu[name]) for name in (AT_ONCE, PLAIN))
    print(f"CPU time a picture, readers included: {ours:.0f} ms; plain Pillow {plain:.0f}; ratio {ours / plain:.2f}")


def _tell(times: dict[str, Times]) -> None:
    plain = statistics.median(times[PLAIN])
    rows = [_row(name, seconds, plain) for name, seconds in times.items()]
    head = ["from asking to painted", "p50", "p95", "max", "p50 to plain Pillow", "target for p95", ""]
    print(table(head, rows), flush=True)


def _row(name: str, seconds: Times, plain: float) -> list[str]:
    ordered = sorted(1000 * value for value in seconds)
    p50, p95, most = statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], ordered[-1]
    target = TARGETS_MS.get(name)
    shown = [f"{value:.0f} ms" for value in (p50, p95, most)]
    told = "" if target is None else f"≤ {target} ms"
    return [name, *shown, f"{p50 / 1000 / plain:.2f}", told, verdict(p95, target)]


@contextmanager
def _cpu_into(figures: Times) -> Iterator[None]:
    """The CPU seconds a picture of what happens inside, in this process and in its readers, which live on."""
    before = _cpu_seconds()
    yield
    figures.append((_cpu_seconds() - before) / PHOTOS)


def _cpu_seconds() -> float:
    ticks = 0
    for pid in descendants(os.getpid()):
        user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        ticks += int(user) + int(system)
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _decode_plainly(file: Path) -> Image.Image:
    """What anyone would write: the picture at the size of the screen, in this process."""
    with Image.open(file) as image:
        image.draft("RGB", SCREEN)
        image.thumbnail(SCREEN, Image.Resampling.BICUBIC)
        return image.copy()


@contextmanager
def _own_places(folder: Path) -> Iterator[None]:
    """Reader slots and reports of the benchmark's own."""
    before = dict(os.environ)
    os.environ.update(variables_of(folder / "library"))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _import_beside(work: Workload, folder: Path) -> Iterator[None]:
    """An import that is at work, with as many readers as cores, in a process of its own."""
    library = folder / "other"
    process = start_import(library, work.folder, folder / "import.json")
    try:
        deadline = time.monotonic() + PATIENCE_S
        while photos_done(library) < 1:
            if process.poll() is not None or time.monotonic() > deadline:
                raise BenchFailedError("the import beside did not begin")
            time.sleep(0.05)
        yield
        if process.poll() is not None:
            raise BenchFailedError("the import beside ended too early: more photos are needed")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    measure(bench)
