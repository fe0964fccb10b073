"""What a command of the command line is, so that rooms which are strangers can each bring a table of them.

A command lives in a module of its own with two functions, and is imported only when it is called:

    configure(parser: argparse.ArgumentParser) -> None
    run(arguments: argparse.Namespace) -> int        the exit code

`arguments` always has `library` (a Path), `json` and `quiet`.
"""

from __future__ import annotations

import argparse
import importlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One row of a command table: its name, one line of help, and the module that does it."""

    name: str
    summary: str
    module: str

    def configure(self, parser: argparse.ArgumentParser) -> None:
        importlib.import_module(self.module).configure(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        code: int = importlib.import_module(self.module).run(arguments)
        return code
