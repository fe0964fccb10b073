from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from keeproom.ui.grid import thumbnails
from keeproom.ui.grid.thumbnails import Key, Thumbnails, load
from tests.ui.helpers import Source


@pytest.fixture
def cache(qtbot: QtBot) -> Iterator[Thumbnails]:
    made = Thumbnails()
    yield made
    made.close()


def key(source: Source, asset: int, side: int = 100) -> Key:
    return Key(f"{asset:064x}", side, 4, source.thumbnail(f"{asset:064x}", 256))


def test_pictures_are_fitted_and_never_enlarged(qtbot: QtBot, source: Source) -> None:
    source.store(1, "red")
    assert load(key(source, 1)).size().toTuple() == (100, 75)
    assert load(key(source, 1, 512)).size().toTuple() == (256, 192)


def test_corners_are_cut(qtbot: QtBot, source: Source) -> None:
    source.store(1, "red")
    picture = load(key(source, 1))
    assert picture.pixelColor(0, 0).alpha() < 60
    assert picture.pixelColor(50, 30).alpha() == 255


def test_on_a_canvas_they_are_opaque_with_it_in_their_corners(qtbot: QtBot, source: Source) -> None:
    source.store(1, "red")
    picture = load(key(source, 1)._replace(canvas=0x102030, corner=8))
    assert not picture.hasAlphaChannel()
    assert picture.pixelColor(0, 0).name() == "#102030"
    assert picture.pixelColor(50, 30).red() > 240


def test_wanted_ones_arrive(qtbot: QtBot, cache: Thumbnails, source: Source) -> None:
    keys = [key(source, asset) for asset in range(1, 30)]
    for asset in range(1, 30):
        source.store(asset, "blue")
    cache.want(keys)
    qtbot.waitUntil(lambda: cache.settled(keys))
    assert all(cache.get(each) is not None for each in keys)


def test_what_was_scrolled_away_is_never_loaded(
    qtbot: QtBot, cache: Thumbnails, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Key] = []
    real = thumbnails.load
    monkeypatch.setattr(thumbnails, "load", lambda each: (loaded.append(each), real(each))[1])
    for asset in (1, 900):
        source.store(asset, "blue")
    away = [key(source, asset) for asset in range(1, 800)]
    seen = [key(source, 900)]
    cache.want(away)
    cache.want(seen)
    qtbot.waitUntil(lambda: cache.settled(seen))
    assert len(loaded) < 200


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff\xe0 cut short"])
def test_a_broken_file_is_known_as_such_until_it_is_made_anew(
    qtbot: QtBot, cache: Thumbnails, source: Source, content: bytes
) -> None:
    wanted = key(source, 1)
    wanted.file.write_bytes(content)
    cache.want([wanted])
    qtbot.waitUntil(lambda: cache.settled([wanted]))
    assert cache.is_broken(wanted)
    source.store(1, "green")
    cache.retry([wanted.sha256])
    cache.want([wanted])
    qtbot.waitUntil(lambda: cache.settled([wanted]))
    assert isinstance(cache.get(wanted), QImage)


def test_a_missing_file_is_no_error(qtbot: QtBot, cache: Thumbnails, tmp_path: Path) -> None:
    wanted = Key("0" * 64, 100, 4, tmp_path / "nothing.jpg")
    cache.want([wanted])
    qtbot.waitUntil(lambda: cache.settled([wanted]))
    assert cache.get(wanted) is None


def test_old_pictures_go(qtbot: QtBot, cache: Thumbnails, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnails, "KEPT_IMAGES", 5)
    for asset in range(1, 21):
        source.store(asset, "blue")
    for first in (1, 11):
        keys = [key(source, asset) for asset in range(first, first + 10)]
        cache.want(keys)
        qtbot.waitUntil(lambda keys=keys: cache.settled(keys))
    cache.want(keys)
    assert cache.get(key(source, 1)) is None
    assert all(cache.get(each) is not None for each in keys)
