"""Faults on demand: a shim between Keeproom and the C library, which counts its changing calls and spoils one."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")

KILL, FULL, BROKEN = "kill", "ENOSPC", "EIO"


class NoCompilerError(Exception):
    """There is no C compiler on this machine."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong: `what` at call number `at` (0: nothing), or from that call on if it `stays`."""

    what: str
    at: int = 0
    stays: bool = False

    def __str__(self) -> str:
        return f"{self.what} {'from' if self.stays else 'at'} call {self.at}"


@dataclass(frozen=True)
class Call:
    """One counted call; `path` is relative to the folder that is watched."""

    number: int
    name: str
    path: str

    @property
    def kind(self) -> str:
        """The call and what sort of file it is about: the same from run to run."""
        plain = re.sub(r"[0-9a-f]{12,}", "*", self.path)
        return f"{self.name} {re.sub(r'[0-9]+-[*]|/[0-9a-f]{2}(?=/|$)', '*', plain)}"


class Shim:
    """The compiled shim; any number of processes may run with it at once."""

    def __init__(self, folder: Path) -> None:
        """Compile it into a folder.

        Raises:
            NoCompilerError: nothing here can.
        """
        compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
        if compiler is None:
            raise NoCompilerError("No C compiler (cc, gcc, clang) is here to build the fault shim.")
        self._library = folder / "shim.so"
        options = ["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
        subprocess.run([compiler, *options, "-o", self._library, SOURCE, "-ldl"], check=True)

    def environment(self, watched: Path, fault: Fault, log: Path) -> Mapping[str, str]:
        """The variables that arm it for one command; its calls below `watched` are listed in `log`."""
        return {
            "LD_PRELOAD": str(self._library),
            "KEEPROOM_FAULT_FOLDER": str(watched),
            "KEEPROOM_FAULT_AT": str(fault.at),
            "KEEPROOM_FAULT_DO": fault.what,
            "KEEPROOM_FAULT_LOG": str(log),
        } | ({"KEEPROOM_FAULT_STAYS": "1"} if fault.stays else {})


def read_log(log: Path) -> tuple[list[int], list[Call]]:
    """The processes that had the shim in them, and their counted calls in order."""
    lines = [line.split(" ", 2) for line in log.read_text("utf-8", "backslashreplace").splitlines()]
    processes = [int(line[1]) for line in lines if line[0] == "process"]
    calls = [Call(int(line[0]), line[1], line[2]) for line in lines if line[0] != "process"]
    return processes, calls
