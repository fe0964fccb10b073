"""`trash`: hide assets until they are restored."""

from __future__ import annotations

import argparse

from keeproom.cli.list_assets import natural
from keeproom.cli.listed import on_progress, tell_assets
from keeproom.cli.output import Output
from keeproom.library.opening import open_library
from keeproom.library.trashing import trash_assets


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", metavar="ID", type=natural, nargs="+")


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    with open_library(arguments.library) as library:
        trash_assets(library, arguments.ids, progress=on_progress(output))
        tell_assets(library, output, arguments.ids)
    return 0
