"""`list`: the assets that match."""

from __future__ import annotations

import argparse

from keeproom.cli.output import Output, human_size
from keeproom.cli.queries import add_query, read_query, with_near_spellings
from keeproom.cli.shapes import asset_shape
from keeproom.library.listing import list_assets
from keeproom.library.opening import open_library
from keeproom.model import Asset


def configure(parser: argparse.ArgumentParser) -> None:
    add_query(parser)
    parser.add_argument(
        "--sort", metavar="KEY", default="-imported", help="captured, imported, name, size, rating; - in front turns it"
    )
    parser.add_argument("--limit", metavar="N", type=natural)
    parser.add_argument("--offset", metavar="N", type=natural, default=0)
    parser.add_argument("--trashed", action="store_true", help="only what is in the trash")


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    query = read_query(arguments.query)
    with open_library(arguments.library) as library:
        found = list_assets(
            library,
            with_near_spellings(library, query, output),
            sort=arguments.sort,
            limit=arguments.limit,
            offset=arguments.offset,
            trashed=arguments.trashed,
        )
        for asset in found:
            output.record(asset_shape(asset), line(asset))
    return 0


def line(asset: Asset) -> str:
    """An asset in a line for people."""
    sides = f"{asset.width}×{asset.height}" if asset.width else ""
    taken = asset.captured.isoformat() if asset.captured else ""
    size = human_size(asset.size_bytes)
    return f"{asset.id:>7}  {asset.status:<10}  {asset.kind:<8}  {sides:>11}  {size:>9}  {taken:<25}  {asset.name}"


def natural(text: str) -> int:
    """A whole number that SQLite can count to."""
    number = int(text)
    if not 0 <= number < 2**63:
        raise argparse.ArgumentTypeError(f"{text} is no number of assets")
    return number
