"""`count`: how many assets match."""

from __future__ import annotations

import argparse

from keeproom.cli.output import Output
from keeproom.library.listing import count_assets
from keeproom.library.opening import open_library


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", nargs="?", default="")


def run(arguments: argparse.Namespace) -> int:
    with open_library(arguments.library) as library:
        count = count_assets(library, arguments.query)
    Output(arguments).record({"count": count}, str(count))
    return 0
