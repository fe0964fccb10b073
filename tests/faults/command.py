"""Running the real command as a child process, and what it said."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PATIENCE_SECONDS = 45
"""A command that takes longer hangs: the slowest of these needs four seconds on an idle machine."""

_XDG = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME")


@dataclass(frozen=True)
class Ran:
    """How a command ended: `code` as `subprocess` gives it, None where it had to be killed because it hung."""

    code: int | None
    out: str
    errors: str
    seconds: float

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its JSON lines. A last one that a kill cut off was not reported."""
        whole = self.out.splitlines(keepends=True)
        return [json.loads(line) for line in whole if line.endswith("\n")]

    @property
    def files(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if line.get("event") == "file"]

    @property
    def summary(self) -> dict[str, Any] | None:
        return next((line for line in self.lines if line.get("event") == "summary"), None)

    def outcomes(self) -> dict[str, list[str]]:
        """What was said of each file, by its name."""
        said: dict[str, list[str]] = {}
        for file in self.files:
            said.setdefault(Path(file["path"]).name, []).append(file["outcome"])
        return said

    @property
    def has_traceback(self) -> bool:
        return any(sign in self.errors for sign in ("Traceback", "inside Keeproom", "Exception ignored", "Fatal"))


class Running:
    """A command under way, the head of a process group of its own. What it says is collected as it comes."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="surrogateescape",
            env={**environment, "PYTHONFAULTHANDLER": "1"},
            cwd="/",
            start_new_session=True,
        )
        self.pid = self._child.pid
        self._out: list[str] = []
        self._errors: list[str] = []
        self._threads = [self._collect(self._child.stdout, self._out), self._collect(self._child.stderr, self._errors)]

    def _collect(self, stream: IO[str] | None, lines: list[str]) -> threading.Thread:
        def collect() -> None:
            assert stream is not None
            with stream:
                for line in stream:
                    lines.append(line)  # noqa: PERF402 (each is to be seen as soon as it is there)

        thread = threading.Thread(target=collect)
        thread.start()
        return thread

    def wait_for_lines(self, count: int) -> None:
        """Return when it has said so many lines on stdout, or has ended."""
        while len(self._out) < count and self._child.poll() is None:
            time.sleep(0.001)

    def signal(self, number: int) -> None:
        """Send a signal to its group, as a terminal does."""
        os.killpg(self.pid, number)

    def kill(self) -> None:
        self._child.kill()

    def finish(self) -> Ran:
        """Wait for its end. One that hangs is made to tell where, on stderr."""
        asked = time.monotonic()
        code: int | None = None
        try:
            code = self._child.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.send_signal(signal.SIGABRT)
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(5)
        seconds = time.monotonic() - asked
        self.end()
        return Ran(code, "".join(self._out), "".join(self._errors), seconds)

    def end(self) -> None:
        """Be sure that it has ended and all that it said is here; may be called again."""
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        for thread in self._threads:
            thread.join()


class Place:
    """A folder of photos, a library beside it on its `disk`, and the home of a person of their own."""

    def __init__(self, root: Path, *, disk: Path | None = None, library: Path | None = None) -> None:
        self.root = root
        self.watched = root / "watched"
        self.disk = disk or self.watched / "disk"
        self.library = library or self.disk / "Library"
        self.files = self.watched / "files"
        self.log = root / "calls.log"
        self.disk.mkdir(parents=True, exist_ok=True)
        for name in _XDG:
            (root / "home" / name).mkdir(mode=0o700, parents=True)

    def fill(self, files: Path) -> Place:
        """Copy the files of a folder here."""
        shutil.copytree(files, self.files)
        return self

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        own = {name: str(self.root / "home" / name) for name in _XDG}
        clean = {name: value for name, value in os.environ.items() if name != "KEEPROOM_LIBRARY"}
        return {**clean, "HOME": str(self.root / "home"), **own, **(extra or {})}

    def command(self, *words: str | Path) -> list[str]:
        script = Path(sys.executable).with_name("keeproom")
        program = [str(script)] if script.exists() else [sys.executable, "-P", "-m", "keeproom"]
        return [*program, "--library", str(self.library), "--json", *map(str, words)]

    @contextmanager
    def started(self, *words: str | Path, extra: Mapping[str, str] | None = None) -> Iterator[Running]:
        """A command that runs; it is killed if it still runs when the block ends."""
        running = Running(self.command(*words), self.environment(extra))
        try:
            yield running
        finally:
            running.end()

    def run(self, *words: str | Path, extra: Mapping[str, str] | None = None) -> Ran:
        """Run a command to its end."""
        with self.started(*words, extra=extra) as running:
            return running.finish()

    def import_files(self, *options: str, extra: Mapping[str, str] | None = None) -> Ran:
        return self.run("import", *options, self.files, extra=extra)
