"""`cat`: an asset's bytes on standard output."""

from __future__ import annotations

import argparse
import shutil
import sys

from keeproom.cli.list_assets import natural
from keeproom.library.content import open_content
from keeproom.library.opening import open_library


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=natural)
    parser.add_argument("--version", metavar="N", type=natural, help="an earlier version; the current one without it")


def run(arguments: argparse.Namespace) -> int:
    with open_library(arguments.library) as library, open_content(library, arguments.id, arguments.version) as stream:
        shutil.copyfileobj(stream, sys.stdout.buffer, 1 << 18)
    sys.stdout.buffer.flush()
    return 0
