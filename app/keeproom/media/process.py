"""One reader process as its parent sees it: ask, wait until a deadline, watch its memory, end it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

from keeproom.errors import CancelledError, ReaderFailedError
from keeproom.media import spawner
from keeproom.media.slots import Cancelled, ReaderSlots
from keeproom.media.wire import MAX_BYTES, Assembler, Frame, WireError, pack

_GLANCE_S = 0.05
"""How often a busy reader's memory is looked at, and whether it is to stop; most photos are done before."""

REAPING_S = 5.0
_PIECE_BYTES = 1 << 16
"""What a pipe holds; a larger buffer would be filled as little, and be made smaller again: twice the time."""


class ReaderDriver:
    """Keeps one reader process of a role: started when first asked, kept, replaced after a failure.

    For one thread. Without `slots` it waits for nobody. `command` replaces the program that is started; what stands
    there is run as it is.
    """

    def __init__(
        self,
        role: str,
        slots: ReaderSlots | None,
        memory_bytes: int,
        command: Sequence[str] | None = None,
        answer_bytes: int = MAX_BYTES,
    ) -> None:
        self._role = role
        self._slots = slots
        self._memory_bytes = memory_bytes
        self._command = command
        self._answer_bytes = answer_bytes
        self._process: _Process | None = None

    def ask(self, request: Mapping[str, object], timeout_s: float, cancelled: Cancelled | None = None) -> Frame:
        """The reader's answer. A slot is held while it works; the deadline starts when the slot is free.

        Raises:
            ReaderFailedError: it crashed, took too long or too much memory; it was ended, the next call starts anew.
            CancelledError: `cancelled` said so; the reader was ended if it was at work.
        """
        with self._slots.hold(self._role, cancelled) if self._slots is not None else nullcontext():
            if self._process is not None and self._process.gone():
                self.end()
            if self._process is None:
                command = self._command or spawner.reader_command(self._role, self._memory_bytes)
                self._process = _Process(command, self._answer_bytes)
            try:
                return self._process.ask(request, timeout_s, self._memory_bytes, cancelled)
            except BaseException:
                self.end()
                raise

    def end(self) -> None:
        """End the process and whatever it started, now; it has nothing to lose. May be called again."""
        process, self._process = self._process, None
        if process is not None:
            process.end()


class _Process:
    def __init__(self, command: Sequence[str], answer_bytes: int) -> None:
        self._answer_bytes = answer_bytes
        try:
            self._popen = spawner.spawn(command)
        except OSError as error:
            raise ReaderFailedError(f"The reader could not be started: {error.strerror}.") from error
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._stdin, self._stdout = self._popen.stdin, self._popen.stdout
        os.set_blocking(self._stdin.fileno(), False)

    def ask(
        self, request: Mapping[str, object], timeout_s: float, memory_bytes: int, cancelled: Cancelled | None
    ) -> Frame:
        watch = _Watch(self._popen.pid, timeout_s, memory_bytes, cancelled)
        try:
            self._send(pack(Frame(request)), watch)
            return self._receive(watch)
        except (BrokenPipeError, EOFError) as error:
            raise ReaderFailedError(f"The reader crashed over this file ({_manner(self.end())}).") from error
        except WireError as error:
            raise ReaderFailedError(f"The reader gave an answer that makes no sense ({error}).") from error

    def _send(self, data: bytes, watch: _Watch) -> None:
        rest = memoryview(data)
        while rest:
            watch.wait(self._stdin.fileno(), select.POLLOUT)
            rest = rest[os.write(self._stdin.fileno(), rest[: select.PIPE_BUF]) :]

    def _receive(self, watch: _Watch) -> Frame:
        assembler = Assembler(self._answer_bytes)
        while True:
            watch.wait(self._stdout.fileno(), select.POLLIN)
            piece = os.read(self._stdout.fileno(), _PIECE_BYTES)
            if not piece:
                raise EOFError
            frame = assembler.feed(piece)
            if frame is not None:
                return frame
            watch.check()

    def gone(self) -> bool:
        """Whether it ended while it had nothing to do, which is no file's fault. It is not reaped."""
        return os.waitid(os.P_PID, self._popen.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def end(self) -> int:
        """Kill the group, reap its head, close the pipes; the head's return code. May be called again.

        The head is not reaped before the kill, so that its number cannot have become someone else's.
        """
        if self._popen.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._popen.pid, signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):  # a read from a dead disk cannot be killed; it is left behind
                self._popen.wait(REAPING_S)
        self._stdin.close()
        self._stdout.close()
        return -signal.SIGKILL if self._popen.returncode is None else self._popen.returncode


class _Watch:
    """The limits of one request."""

    def __init__(self, pid: int, timeout_s: float, memory_bytes: int, cancelled: Cancelled | None) -> None:
        self._pid = pid
        self._timeout_s = timeout_s
        self._deadline = time.monotonic() + timeout_s
        self._memory_bytes = memory_bytes
        self._cancelled = cancelled

    def wait(self, file: int, event: int) -> None:
        """Return when `event` is there, or the other end is gone.

        Raises:
            ReaderFailedError: a limit was passed first.
            CancelledError: someone stopped the work first.
        """
        poll = select.poll()
        poll.register(file, event)
        while True:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise ReaderFailedError(f"The reader took longer than {self._timeout_s:g} seconds over this file.")
            if poll.poll(1000 * min(left, _GLANCE_S)):
                return
            if resident_bytes(self._pid) > self._memory_bytes:
                raise memory_error(self._memory_bytes)
            self.check()

    def check(self) -> None:
        """See whether it is to stop; between the pieces of a large answer there is nothing to wait for.

        Raises:
            CancelledError: someone stopped the work.
        """
        if self._cancelled is not None and self._cancelled():
            raise CancelledError("Stopped while a file was read.")


def memory_error(memory_bytes: int) -> ReaderFailedError:
    return ReaderFailedError(f"Reading this file needs more than {memory_bytes >> 20} MiB of memory.")


def resident_bytes(pid: int) -> int:
    """The memory of a process and its children; what cannot be seen (it is gone, there is no /proc) counts nothing."""
    process = Path("/proc") / str(pid)
    try:
        own = int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        children = (process / "task" / str(pid) / "children").read_text().split()
    except (OSError, IndexError, ValueError):
        return 0
    return own + sum(resident_bytes(int(child)) for child in children)


def _manner(returncode: int) -> str:
    if returncode >= 0:
        return f"exit status {returncode}"
    try:
        return signal.Signals(-returncode).name
    except ValueError:
        return f"signal {-returncode}"
