"""`cover`: show a group by another of its members."""

from __future__ import annotations

import argparse

from keeproom.cli.list_assets import natural
from keeproom.cli.listed import tell_assets
from keeproom.cli.output import Output
from keeproom.library.opening import open_library
from keeproom.library.stacking import make_cover


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=natural)


def run(arguments: argparse.Namespace) -> int:
    with open_library(arguments.library) as library:
        make_cover(library, arguments.id)
        tell_assets(library, Output(arguments), [arguments.id])
    return 0
