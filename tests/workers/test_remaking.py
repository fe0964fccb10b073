"""Thumbnails that are gone are made again, by one reader however many they are."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.model import THUMBNAIL_SIZES
from keeproom.workers import remaking
from keeproom.workers.remaking import Remaker
from tests.conftest import MakePicture
from tests.importing import Importer
from tests.media.living import alive, descendants, eventually

WAIT_MS = 30_000


@pytest.fixture
def remaker(library: Library, qtbot: QtBot) -> Iterator[Remaker]:
    made = Remaker(library)
    yield made
    made.close()


@pytest.fixture
def names(importer: Importer, make_picture: MakePicture) -> list[str]:
    for number in range(12):
        make_picture(f"{number}.jpg", 10 * number)
    importer(make_picture("0.jpg").parent)
    return [asset.sha256 for asset in list_assets(importer.library)]


def test_many_at_once_are_made_by_one_reader_each_once(
    remaker: Remaker, library: Library, names: list[str], qtbot: QtBot
) -> None:
    done: list[tuple[str, bool]] = []
    readers: set[int] = set()
    before = set(descendants(os.getpid()))
    for name in (*names, *names):

        def on_done(whether: bool, name: str = name) -> None:
            done.append((name, whether))
            readers.update(set(descendants(os.getpid())) - before)

        remaker.remake(name, on_done)
    qtbot.waitUntil(lambda: len(done) == 24, timeout=WAIT_MS)
    assert set(done) == {(name, True) for name in names}
    assert len(readers) == 1
    assert all(library.layout.thumbnail(name, px).exists() for name in names for px in THUMBNAIL_SIZES)


def test_what_cannot_be_made_is_told(remaker: Remaker, library: Library, names: list[str], qtbot: QtBot) -> None:
    (library.layout.blobs / names[0][:2] / names[0][2:4] / names[0]).unlink()
    done: list[bool] = []
    remaker.remake(names[0], done.append)
    qtbot.waitUntil(lambda: len(done) == 1, timeout=WAIT_MS)
    remaker.remake("0" * 64, done.append)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=WAIT_MS)
    remaker.remake(names[1], done.append)
    qtbot.waitUntil(lambda: len(done) == 3, timeout=WAIT_MS)
    assert done == [False, False, True]


def test_the_reader_ends_when_there_is_nothing_to_do(
    remaker: Remaker, names: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remaking, "IDLE_SECONDS", 0.2)
    before = set(descendants(os.getpid()))
    done: list[bool] = []
    remaker.remake(names[0], done.append)
    qtbot.waitUntil(lambda: len(done) == 1, timeout=WAIT_MS)
    assert eventually(lambda: not any(map(alive, set(descendants(os.getpid())) - before)))
    remaker.remake(names[1], done.append)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=WAIT_MS)
    assert done == [True, True]


def test_nothing_is_called_after_closing(remaker: Remaker, names: list[str], qtbot: QtBot) -> None:
    done: list[bool] = []
    for name in names:
        remaker.remake(name, done.append)
    remaker.close()
    remaker.remake(names[0], done.append)
    qtbot.wait(50)
    assert not done


def test_a_bug_over_one_does_not_end_the_others(
    remaker: Remaker, names: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, done = remaking.remake_thumbnails, list[bool]()

    def planted(library: Library, sha256: str, *rest: object) -> object:
        if sha256 == names[0]:
            raise RuntimeError("a bug")
        return real(library, sha256, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(remaking, "remake_thumbnails", planted)
    remaker.remake(names[0], done.append)
    qtbot.waitUntil(lambda: len(done) == 1, timeout=WAIT_MS)
    remaker.remake(names[1], done.append)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=WAIT_MS)
    assert done == [False, True]
    assert [record.message for record in caplog.records] == ["A thumbnail could not be made again"]
    caplog.clear()
