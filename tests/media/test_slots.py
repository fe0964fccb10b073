"""Slots are taken in turns, by threads and by processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from keeproom.errors import CancelledError
from keeproom.media.slots import PICTURE_SLOTS, ReaderSlots

HOLD = """
import sys, time
from pathlib import Path
from keeproom.media.slots import ReaderSlots
with ReaderSlots(Path(sys.argv[1])).hold("metadata"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_folder_is_private(tmp_path: Path) -> None:
    ReaderSlots(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_as_many_hold_a_slot_as_there_are(tmp_path: Path) -> None:
    one, other = ReaderSlots(tmp_path), ReaderSlots(tmp_path)
    now, most, lock = 0, 0, threading.Lock()

    def work(slots: ReaderSlots) -> None:
        nonlocal now, most
        with slots.hold("picture"):
            with lock:
                now += 1
                most = max(most, now)
            time.sleep(0.01)
            with lock:
                now -= 1

    threads = [threading.Thread(target=work, args=(slots,)) for slots in (one, other) * 6]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == PICTURE_SLOTS


@pytest.fixture
def one_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keeproom.media.slots.SLOTS", {"metadata": 1})


@pytest.mark.usefixtures("one_slot")
def test_waiting_can_be_stopped(tmp_path: Path) -> None:
    slots, asked = ReaderSlots(tmp_path), []
    with (
        slots.hold("metadata"),
        pytest.raises(CancelledError),
        slots.hold("metadata", lambda: bool(asked.append(1) or len(asked) > 3)),
    ):
        pass
    with slots.hold("metadata"):
        pass


@pytest.mark.usefixtures("one_slot")
def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "app")}
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        slots, tries = ReaderSlots(tmp_path), []
        with pytest.raises(CancelledError), slots.hold("metadata", lambda: bool(tries.append(1) or len(tries) > 2)):
            pass
        holder.send_signal(signal.SIGKILL)
        with slots.hold("metadata"):
            pass
