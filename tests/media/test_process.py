"""Readers that misbehave, planted; and none that outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from keeproom.errors import CancelledError, ReaderFailedError
from keeproom.media.metadata import MetadataReader
from keeproom.media.pictures import PictureReader
from keeproom.media.process import resident_bytes
from keeproom.media.slots import ReaderSlots
from keeproom.media.spawner import reader_command
from keeproom.model import MetadataFacts
from tests.media.living import alive, descendants, eventually

APP = Path(__file__).parents[2] / "app"

READ = "import os, sys, time, struct; from keeproom.media.wire import *; read_frame(os.fdopen(os.dup(0), 'rb')); "
PLANTS = {
    "segfault": ("import ctypes; ctypes.string_at(0)", "crashed.*SIGSEGV"),
    "exit": ("sys.exit(3)", "crashed.*exit status 3"),
    "hang": ("time.sleep(1000)", "longer than 0.6 seconds"),
    "garbage": ("os.write(1, b'Warning: hello\\n'); time.sleep(1000)", "makes no sense"),
    "endless": ("os.write(1, struct.pack('>4sII', b'KPR1', 2**31, 1)); time.sleep(1000)", "makes no sense"),
    "half": ("os.write(1, pack(Frame({'width': 1}))[:20])", "crashed"),
    "half and hang": ("os.write(1, pack(Frame({'width': 1}))[:20]); time.sleep(1000)", "longer than"),
    "two answers": ("os.write(1, 2 * pack(Frame({'unreadable': 'no'})))", "makes no sense"),
    "lies": ("os.write(1, pack(Frame({'width': 'x'})))", "makes no sense"),
    "memory": ("hog = b'x' * (300 << 20); time.sleep(1000)", "more than 128 MiB"),
    "memory of a child": (
        "import subprocess; hog = 'import time; x = bytes([1]) * (300 << 20); time.sleep(99)'; "
        "subprocess.run([sys.executable, '-c', hog])",
        "more than 128 MiB",
    ),
}


@pytest.fixture
def photo(tmp_path: Path, scene: Callable[..., Image.Image]) -> Path:
    path = tmp_path / "photo.jpg"
    scene(640, 480).save(path)
    return path


@pytest.mark.parametrize("plant", PLANTS)
def test_a_reader_that_misbehaves_costs_one_file(plant: str, photo: Path, tmp_path: Path, slots: ReaderSlots) -> None:
    """The first start misbehaves, the second is a real reader: the same object reads the next file."""
    script, message = PLANTS[plant]
    marker = tmp_path / "started"
    real = reader_command("picture", 1 << 30)
    first = f"import os, pathlib; m = pathlib.Path({str(marker)!r})\n"
    first += f"if m.exists(): os.execv({real[0]!r}, {real!r})\nm.touch()\n"
    command = [sys.executable, "-c", first + READ + script]
    before = set(descendants(os.getpid()))
    with PictureReader(slots, timeout_s=0.6, memory_bytes=128 << 20, command=command) as reader:
        with pytest.raises(ReaderFailedError, match=message) as caught:
            reader.read(photo, "jpeg")
        assert str(photo) not in str(caught.value)
        assert eventually(lambda: not any(map(alive, set(descendants(os.getpid())) - before)))
        reader._driver._memory_bytes, reader._timeout_s = 1 << 30, 30
        assert reader.read(photo, "jpeg").facts.width == 640


def test_a_program_that_is_not_there(photo: Path, slots: ReaderSlots) -> None:
    with PictureReader(slots, command=["/nonexistent"]) as reader, pytest.raises(ReaderFailedError, match="started"):
        reader.read(photo, "jpeg")


def test_a_real_reader_cannot_take_more_memory_than_it_may(tmp_path: Path, slots: ReaderSlots) -> None:
    path = tmp_path / "large.png"
    Image.new("P", (10000, 10000)).save(path, compress_level=1)
    with PictureReader(slots, memory_bytes=400 << 20) as reader:
        with pytest.raises(ReaderFailedError, match="more than 400 MiB"):
            reader.read(path, "png")
        path = tmp_path / "small.png"
        Image.new("RGB", (12, 12)).save(path)
        assert reader.read(path, "png").facts.width == 12


def test_work_can_be_stopped_in_the_middle(photo: Path, slots: ReaderSlots) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(1000)"]
    with PictureReader(slots, command=command) as reader, pytest.raises(CancelledError):
        reader.read(photo, "jpeg", cancelled=lambda: reader._driver._process is not None)


def test_close_ends_the_process_and_may_be_called_again(photo: Path, slots: ReaderSlots) -> None:
    before = set(descendants(os.getpid()))
    picture, metadata = PictureReader(slots), MetadataReader(slots)
    picture.read(photo, "jpeg")
    assert isinstance(metadata.read([photo])[0], MetadataFacts)
    started = set(descendants(os.getpid())) - before
    assert len(started) == 3
    for reader in (picture, metadata, picture, metadata):
        reader.close()
    assert eventually(lambda: not any(map(alive, started)))


def test_a_reader_outlives_the_thread_that_first_used_it(photo: Path, slots: ReaderSlots) -> None:
    with PictureReader(slots) as reader:
        thread = threading.Thread(target=reader.read, args=(photo, "jpeg"))
        thread.start()
        thread.join()
        assert reader._driver._process is not None
        pid = reader._driver._process._popen.pid
        time.sleep(0.05)
        reader.read(photo, "jpeg")
        assert reader._driver._process._popen.pid == pid


def test_readers_are_polite_confined_and_inherit_nothing(photo: Path, slots: ReaderSlots) -> None:
    before = set(descendants(os.getpid()))
    with photo.open("rb") as file, PictureReader(slots) as picture, MetadataReader(slots) as metadata:
        os.set_inheritable(file.fileno(), True)
        picture.read(photo, "jpeg")
        metadata.read([photo])
        started = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in set(descendants(os.getpid())) - before}
        assert sorted(os.getpriority(os.PRIO_PROCESS, pid) for pid in started) == [10, 19, 19]
        for pid, program in started.items():
            limits = Path(f"/proc/{pid}/limits").read_text()
            assert "Max core file size        0" in limits
            assert "Max file size             0" in limits
            assert "Max address space         unlimited" not in limits
            assert os.readlink(f"/proc/{pid}/cwd") == "/"
            assert os.getsid(pid) != os.getsid(0)
            names = {os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")}
            assert all(name == "/dev/null" or name.startswith("pipe:") or name in program for name in names), names
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            assert b"HOME=" not in environment
        assert resident_bytes(os.getpid()) > 1 << 20


def test_nothing_lives_on_when_the_parent_is_killed(photo: Path, tmp_path: Path) -> None:
    script = f"""
import time
from pathlib import Path
from keeproom.media.pictures import PictureReader
from keeproom.media.metadata import MetadataReader
from keeproom.media.slots import ReaderSlots
slots = ReaderSlots(Path({str(tmp_path)!r}))
picture, metadata = PictureReader(slots), MetadataReader(slots)
picture.read(Path({str(photo)!r}), "jpeg")
metadata.read([Path({str(photo)!r})])
print("ready", flush=True)
time.sleep(100)
"""
    environment = {**os.environ, "PYTHONPATH": str(APP)}
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        children = descendants(parent.pid)
        assert len(children) == 3
        assert all(map(alive, children))
        parent.send_signal(signal.SIGKILL)
        assert eventually(lambda: not any(map(alive, children)))


def test_exiftool_dies_with_its_reader(photo: Path, slots: ReaderSlots) -> None:
    with MetadataReader(slots) as reader:
        reader.read([photo])
        assert reader._driver._process is not None
        head = reader._driver._process._popen.pid
        (tool,) = descendants(head)
        os.kill(head, signal.SIGKILL)
        assert eventually(lambda: not alive(tool))
        assert isinstance(reader.read([photo])[0], MetadataFacts)


def test_a_dead_exiftool_is_replaced(photo: Path, slots: ReaderSlots) -> None:
    """pyexiftool waits for ever for a dead exiftool: the deadline ends it, and the file is read all the same."""
    with MetadataReader(slots, timeout_s=1.0) as reader:
        reader.read([photo])
        assert reader._driver._process is not None
        (tool,) = descendants(reader._driver._process._popen.pid)
        os.kill(tool, signal.SIGKILL)
        results = reader.read([photo, photo])
    assert [type(result) for result in results] == [MetadataFacts, MetadataFacts]
