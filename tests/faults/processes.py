"""Which processes live, and whose they are, as /proc tells."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

Living = tuple[int, str]
"""A process's number and the moment it started: a number alone may be given to another one."""


def wait_until(condition: Callable[[], object], seconds: float = 30.0) -> bool:
    """Whether it came true in time; looked at at once, and a hundred times a second."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= end:
            return False
        time.sleep(0.01)
    return True


def descendants(pid: int) -> dict[Living, str]:
    """The processes below one, with their command lines."""
    found: dict[Living, str] = {}
    for child in _children(pid):
        if (start := _start(child)) is not None:
            found[(child, start)] = command_line(child)
        found |= descendants(child)
    return found


def alive(process: Living) -> bool:
    return _start(process[0]) == process[1]


def readers_of(pid: int) -> list[int]:
    """Reader processes that a program started, whoever their parent is by now."""
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [number for number in numbers if _is_reader_of(command_line(number).split("\0"), pid)]


def _is_reader_of(words: list[str], pid: int) -> bool:
    return "keeproom.media.reader" in words and str(pid) in words


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    except OSError:
        return ""


def maps(pid: int) -> str:
    """The files that a process has in its memory."""
    try:
        return Path(f"/proc/{pid}/maps").read_text("utf-8", "replace")
    except OSError:
        return ""


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, task.read_text().split())
        except OSError:
            continue


def _start(pid: int) -> str | None:
    """When a process started; None where it does not live, a zombie included."""
    try:
        behind_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if behind_name[0] in "ZX" else behind_name[19]
