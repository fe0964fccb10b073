"""`unstack`: take groups apart, or some assets out of them."""

from __future__ import annotations

import argparse

from keeproom.cli.list_assets import natural
from keeproom.cli.listed import tell_assets
from keeproom.cli.output import Output
from keeproom.library.opening import open_library
from keeproom.library.stacking import take_out, unstack


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", metavar="ID", type=natural, nargs="+")
    parser.add_argument("--only-these", action="store_true", help="leave the rest of each group together")


def run(arguments: argparse.Namespace) -> int:
    with open_library(arguments.library) as library:
        (take_out if arguments.only_these else unstack)(library, arguments.ids)
        tell_assets(library, Output(arguments), arguments.ids)
    return 0
