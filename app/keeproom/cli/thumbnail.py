"""`thumbnail`: an asset's thumbnail on standard output, as JPEG."""

from __future__ import annotations

import argparse
import sys

from keeproom.cli.list_assets import natural
from keeproom.library.content import thumbnail
from keeproom.library.opening import open_library
from keeproom.model import THUMBNAIL_SIZES


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=natural)
    parser.add_argument(
        "--size", metavar="PX", type=natural, default=THUMBNAIL_SIZES[0], help="the longest side wanted"
    )


def run(arguments: argparse.Namespace) -> int:
    with open_library(arguments.library) as library:
        sys.stdout.buffer.write(thumbnail(library, arguments.id, arguments.size))
    sys.stdout.buffer.flush()
    return 0
