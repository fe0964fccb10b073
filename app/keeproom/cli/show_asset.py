"""`show`: everything that is known of one asset."""

from __future__ import annotations

import argparse

from keeproom.cli.list_assets import natural
from keeproom.cli.output import Output
from keeproom.cli.shapes import details_shape
from keeproom.library.opening import open_library
from keeproom.library.showing import show_asset


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=natural)


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    with open_library(arguments.library) as library:
        shape = details_shape(show_asset(library, arguments.id))
    if output.as_json:
        output.record(shape, "")
        return 0
    for key, value in shape.items():
        if isinstance(value, dict):
            output.record({}, f"{key}:")
            for name, inner in value.items():
                output.record({}, f"  {name}: {inner}")
        elif value not in (None, []):
            output.record({}, f"{key}: {value}")
    return 0
