"""Pictures for the viewer: what is wanted most comes first, and nothing waits for what is not wanted any more."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from keeproom.errors import AssetNotFoundError, BlobMissingError, UnreadableMediaError
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.media.pictures import MEMORY_BYTES
from keeproom.media.previews import PreviewReader
from keeproom.model import Asset, Preview
from keeproom.workers import previews as module
from keeproom.workers.previews import PreviewCache, Previews, Wanted
from tests.conftest import MakePicture
from tests.importing import Importer
from tests.media.living import alive, descendants, eventually

WAIT_MS = 30_000

HANGS = 13
"""The width of a box over which the planted reader hangs."""

PLANT = f"""
import sys, time
from keeproom.media import reader
real = reader.read_preview
def planted(request):
    if request.get("width") == {HANGS}:
        time.sleep(1000)
    return real(request)
reader.HANDLERS = {{"preview": planted}}
sys.exit(reader.main(sys.argv[1:]))
"""


def make_reader() -> PreviewReader:
    arguments = ["preview", str(MEMORY_BYTES), str(os.getpid())]
    return PreviewReader(command=[sys.executable, "-P", "-s", "-B", "-c", PLANT, *arguments])


@pytest.fixture
def previews(library: Library, qtbot: QtBot) -> Iterator[Previews]:
    shown = Previews(library, make_reader=make_reader)
    yield shown
    shown.close()


@pytest.fixture
def arrived(previews: Previews) -> list[Wanted]:
    seen: list[Wanted] = []
    previews.arrived.connect(lambda wanted, _: seen.append(wanted))
    return seen


@pytest.fixture
def assets(importer: Importer, make_picture: MakePicture) -> list[Asset]:
    for number in range(6):
        make_picture(f"{number}.jpg", 10 * number)
    importer(make_picture("0.jpg").parent)
    return sorted(list_assets(importer.library), key=lambda asset: asset.name)


def wanted(asset: Asset, width: int = 40, height: int = 40) -> Wanted:
    return Wanted(asset.id, asset.sha256, width, height)


def hanging(asset: Asset) -> Wanted:
    return wanted(asset, HANGS)


def take_in_hand(previews: Previews, tasks: list[Wanted], qtbot: QtBot) -> None:
    """Want these, and wait until readers are at them."""
    previews.want(tasks)
    qtbot.waitUntil(lambda: len(previews._in_hand) == len(tasks), timeout=WAIT_MS)


def test_a_picture_arrives_in_the_main_thread_and_is_kept(
    previews: Previews, assets: list[Asset], qtbot: QtBot, arrived: list[Wanted]
) -> None:
    threads: list[object] = []
    previews.arrived.connect(lambda *_: threads.append(QThread.currentThread()))
    task = wanted(assets[1])
    assert previews.get(task) is None
    with qtbot.waitSignal(previews.arrived, timeout=WAIT_MS) as told:
        previews.want([task])
    assert threads == [QThread.currentThread()]
    preview = told.args[1]
    assert isinstance(preview, Preview)
    assert (preview.width, preview.height, preview.full_width, preview.full_height) == (40, 30, 64, 48)
    blue, green, red, fourth = preview.pixels[:4]
    assert (abs(red - 10) < 6, abs(green) < 6, abs(blue - 80) < 6, fourth) == (True, True, True, 255)
    assert previews.get(task) is preview
    previews.want([task, wanted(assets[2])])
    qtbot.waitUntil(lambda: len(arrived) == 2, timeout=WAIT_MS)
    assert arrived == [task, wanted(assets[2])]


def test_what_is_wanted_most_comes_first(
    previews: Previews, assets: list[Asset], qtbot: QtBot, arrived: list[Wanted]
) -> None:
    previews.want([wanted(asset) for asset in assets[:2]])
    qtbot.waitUntil(lambda: len(arrived) == 2, timeout=WAIT_MS)  # both readers run
    order = [hanging(assets[5]), hanging(assets[3]), *(wanted(asset) for asset in assets[2:5])]
    previews.want(order)
    qtbot.waitUntil(lambda: len(previews._in_hand) == 2, timeout=WAIT_MS)
    assert {task.wanted for task in previews._in_hand} == set(order[:2])
    assert [task.wanted for task in previews._waiting] == order[2:]


def test_what_is_not_wanted_any_more_is_never_decoded(
    previews: Previews, assets: list[Asset], qtbot: QtBot, arrived: list[Wanted]
) -> None:
    previews.want([wanted(asset) for asset in assets[:5]])
    previews.want([wanted(assets[5])])
    qtbot.waitUntil(lambda: wanted(assets[5]) in arrived, timeout=WAIT_MS)
    assert arrived == [wanted(assets[5])]
    assert not any(previews.get(wanted(asset)) for asset in assets[2:5])


def test_a_decode_that_hangs_gives_way_when_it_is_not_wanted_any_more(
    previews: Previews, assets: list[Asset], qtbot: QtBot, arrived: list[Wanted]
) -> None:
    take_in_hand(previews, [hanging(assets[0]), hanging(assets[1])], qtbot)
    previews.want([wanted(asset) for asset in assets[:4]])
    qtbot.waitUntil(lambda: len(arrived) == 4, timeout=10_000)  # a reader that hangs is ended after 30 s


def test_a_neighbour_that_hangs_gives_way_to_what_is_looked_at(
    previews: Previews, assets: list[Asset], qtbot: QtBot, arrived: list[Wanted]
) -> None:
    neighbours = [hanging(assets[0]), hanging(assets[1])]
    take_in_hand(previews, neighbours, qtbot)
    previews.want([wanted(assets[2]), *neighbours])
    qtbot.waitUntil(lambda: arrived == [wanted(assets[2])], timeout=10_000)
    qtbot.waitUntil(lambda: {task.wanted for task in previews._in_hand} == set(neighbours), timeout=10_000)


def test_what_cannot_be_shown_says_why_and_is_tried_again_later(
    previews: Previews, importer: Importer, assets: list[Asset], tmp_path: Path, qtbot: QtBot, arrived: list[Wanted]
) -> None:
    library = importer.library
    (tmp_path / "text.jpg").write_bytes(b"a text, whatever its name says")
    importer(tmp_path / "text.jpg")
    text = next(asset for asset in list_assets(library) if asset.name == "text.jpg")
    blob = library.layout.blobs / assets[0].sha256[:2] / assets[0].sha256[2:4] / assets[0].sha256
    kept = blob.read_bytes()
    blob.unlink()
    cases = {
        wanted(assets[0]): (BlobMissingError, "stored file is gone"),
        wanted(text): (UnreadableMediaError, "No reader knows"),
        Wanted(999, "0" * 64, 40, 40): (AssetNotFoundError, "not in the library any more"),
    }
    refused: dict[Wanted, Exception] = {}
    previews.refused.connect(refused.__setitem__)
    previews.want(list(cases))
    qtbot.waitUntil(lambda: len(refused) == len(cases), timeout=WAIT_MS)
    for task, (kind, words) in cases.items():
        assert type(refused[task]) is kind
        assert words in str(refused[task])
        assert previews.error(task) is refused[task]
    assert next(asset for asset in list_assets(library) if asset.id == assets[0].id).status == "missing"
    blob.write_bytes(kept)
    refused.clear()
    previews.want(list(cases))
    previews.want([])
    previews.want([wanted(assets[0])])
    qtbot.waitUntil(lambda: arrived == [wanted(assets[0])], timeout=WAIT_MS)
    assert not refused


def test_an_animation_comes_as_all_its_pictures(
    previews: Previews, importer: Importer, assets: list[Asset], tmp_path: Path, qtbot: QtBot
) -> None:
    pictures = [Image.new("RGB", (60, 40), (80 * number, 0, 0)) for number in range(3)]
    pictures[0].save(tmp_path / "moving.gif", save_all=True, append_images=pictures[1:], duration=[40, 5, 120])
    importer(tmp_path / "moving.gif")
    moving = next(asset for asset in list_assets(importer.library) if asset.name == "moving.gif")
    previews.want([wanted(moving), wanted(assets[0])])
    with qtbot.waitSignal(previews.animated, timeout=WAIT_MS) as told:
        previews.animate(wanted(moving))
    assert [frame.duration_ms for frame in told.args[1]] == [40, 100, 120]
    assert [frame.preview.width for frame in told.args[1]] == [40, 40, 40]
    with qtbot.waitSignal(previews.animated, timeout=WAIT_MS) as told:
        previews.animate(wanted(assets[0]))
    assert told.args == [wanted(assets[0]), ()]


def test_closing_ends_readers_at_once_even_those_that_hang(
    previews: Previews, assets: list[Asset], qtbot: QtBot
) -> None:
    before = set(descendants(os.getpid()))
    take_in_hand(previews, [hanging(assets[0]), hanging(assets[1])], qtbot)
    assert eventually(lambda: len(set(descendants(os.getpid())) - before) == 2)
    started = set(descendants(os.getpid())) - before
    previews.close()
    assert not any(map(alive, started))
    previews.close()
    previews.want([wanted(assets[0])])


def test_readers_are_warm_before_the_first_picture_and_rest_after_a_while(
    previews: Previews, assets: list[Asset], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, arrived: list[Wanted]
) -> None:
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.3)
    before = set(descendants(os.getpid()))
    previews.warm()
    assert eventually(lambda: len(set(descendants(os.getpid())) - before) == 2)
    started = set(descendants(os.getpid())) - before
    assert eventually(lambda: not any(map(alive, started)))
    previews.want([wanted(assets[0])])
    qtbot.waitUntil(lambda: arrived == [wanted(assets[0])], timeout=WAIT_MS)


@pytest.fixture
def make_preview() -> Callable[..., Preview]:
    def made(width: int, height: int, full: int = 1) -> Preview:
        return Preview(width, height, False, bytes(4 * width * height), full * width, full * height)

    return made


def test_the_cache_drops_what_was_not_used_for_longest(make_preview: Callable[..., Preview]) -> None:
    cache = PreviewCache(room_bytes=3 * 400)
    tasks = [Wanted(number, str(number), 10, 10) for number in range(5)]
    for task in tasks[:3]:
        cache.put(task, make_preview(10, 10, 2), ())
    assert cache.get(tasks[0]) is not None
    cache.put(tasks[3], make_preview(10, 10, 2), ())
    assert [cache.get(task) is not None for task in tasks] == [True, False, True, True, False]
    assert cache.used_bytes == 3 * 400


def test_the_cache_never_drops_what_is_wanted_now(make_preview: Callable[..., Preview]) -> None:
    cache = PreviewCache(room_bytes=400)
    tasks = [Wanted(number, str(number), 10, 10) for number in range(3)]
    for task in tasks:
        cache.put(task, make_preview(10, 10, 2), tasks)
    assert all(cache.get(task) for task in tasks)
    cache.put(tasks[0], make_preview(10, 10, 2), tasks[:1])
    assert [cache.get(task) is not None for task in tasks] == [True, False, False]
    assert cache.used_bytes == 400


def test_a_picture_that_came_whole_is_the_picture_for_every_larger_box(make_preview: Callable[..., Preview]) -> None:
    cache = PreviewCache()
    whole = make_preview(30, 20)
    cache.put(Wanted(1, "a", 100, 100), whole, ())
    assert cache.get(Wanted(1, "a", 0, 0)) is whole
    assert cache.get(Wanted(2, "a", 200, 20)) is whole
    assert cache.get(Wanted(1, "a", 29, 100)) is None
