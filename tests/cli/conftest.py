"""The command as others call it: a process of its own, its JSON lines, its exit code."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from keeproom.__main__ import main


@dataclass(frozen=True)
class Answer:
    code: int
    out: bytes
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        assert self.out.isascii()
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def last(self) -> dict[str, Any]:
        return self.records[-1]


Run = Callable[..., Answer]


def keeproom(*arguments: str | Path, folder: Path | None = None) -> Answer:
    command = [sys.executable, "-m", "keeproom", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, cwd=folder, stdin=subprocess.DEVNULL, timeout=110, check=False)
    err = done.stderr.decode("utf-8", "replace")
    assert "Traceback" not in err
    return Answer(done.returncode, done.stdout, err)


@pytest.fixture
def run(tmp_path: Path, empty_library: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Iterator[Run]:
    """Runs a command on the test's own library, with `--json`, in this process: a start of Python each is slow."""
    shutil.copytree(empty_library, tmp_path / "Library")

    def run_here(*arguments: str | Path) -> Answer:
        try:
            code = main(["--library", str(tmp_path / "Library"), "--json", *map(str, arguments)])
        except SystemExit as usage:  # argparse's way to say 2
            code = int(str(usage.code))
        captured = capfdbinary.readouterr()
        return Answer(code, captured.out, captured.err.decode("utf-8", "replace"))

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    on_thread = threading.excepthook
    yield run_here
    threading.excepthook = on_thread
    for number, handler in before.items():
        signal.signal(number, handler)
