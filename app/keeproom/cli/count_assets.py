"""`count`: how many assets match."""

from __future__ import annotations

import argparse

from keeproom.cli.output import Output
from keeproom.cli.queries import add_query, read_query, with_near_spellings
from keeproom.library.listing import count_assets
from keeproom.library.opening import open_library


def configure(parser: argparse.ArgumentParser) -> None:
    add_query(parser)


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    query = read_query(arguments.query)
    with open_library(arguments.library) as library:
        count = count_assets(library, with_near_spellings(library, query, output))
    output.record({"count": count}, str(count))
    return 0
