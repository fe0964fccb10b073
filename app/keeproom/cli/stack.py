"""`stack`: make one group of assets; the first is its cover."""

from __future__ import annotations

import argparse

from keeproom.cli.list_assets import natural
from keeproom.cli.listed import tell_assets
from keeproom.cli.output import Output
from keeproom.library.opening import open_library
from keeproom.library.stacking import stack_assets


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", metavar="ID", type=natural, nargs="+", help="two at least; the first is the cover")


def run(arguments: argparse.Namespace) -> int:
    with open_library(arguments.library) as library:
        stack_assets(library, arguments.ids)
        tell_assets(library, Output(arguments), arguments.ids)
    return 0
