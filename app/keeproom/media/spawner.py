"""Starting reader processes, from one thread that lives as long as the program.

Linux ends a reader when the *thread* that started it ends (PR_SET_PDEATHSIG, prctl(2)): a reader that a pool's worker
had started would die when the pool lets its thread go.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue

import keeproom

_Order = tuple[Sequence[str], "Future[subprocess.Popen[bytes]]"]

_lock = threading.Lock()
_orders: SimpleQueue[_Order] = SimpleQueue()
_thread: threading.Thread | None = None


def reader_command(role: str, memory_bytes: int) -> list[str]:
    """How this installation starts a reader: our own interpreter, without the user's site, paths or byte code.

    `-P` keeps the current folder out of the path of modules, `-s` the user's packages, `-B` writes nothing.
    """
    program = [sys.executable, "-P", "-s", "-B", "-m", "keeproom.media.reader"]
    return [*program, role, str(memory_bytes), str(os.getpid())]


def spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process with a pipe to and a pipe from it, and nothing else of ours.

    It is the head of a session and process group of its own: Ctrl-C does not reach it, and ending the group ends
    its children.

    Raises:
        OSError: the program cannot be started.
    """
    order: Future[subprocess.Popen[bytes]] = Future()
    _ensure_thread()
    _orders.put((command, order))
    return order.result()


def _ensure_thread() -> None:
    global _thread
    with _lock:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_serve, name="reader-spawner", daemon=True)
            _thread.start()


def _serve() -> None:
    while True:
        command, order = _orders.get()
        try:
            order.set_result(_start(command))
        except OSError as error:
            order.set_exception(error)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        close_fds=True,
        cwd="/",
        env=_environment(),
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    """No HOME, no PERL5LIB, no PYTHON*: nothing that a user's settings could change in a reader."""
    package = str(Path(keeproom.__file__).resolve().parents[1])
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "PYTHONPATH": package}
