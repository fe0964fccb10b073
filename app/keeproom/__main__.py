"""The one entry: joins the command tables of `cli` and `ui`, and starts one command."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from keeproom import __version__
from keeproom.cli import COMMANDS as CLI_COMMANDS
from keeproom.commands import Command
from keeproom.errors import AssetNotFoundError, BlobError, CancelledError, ExpectedError, LibraryError, UsageError
from keeproom.library import recorder
from keeproom.settings import Settings, default_library
from keeproom.ui import COMMANDS as UI_COMMANDS

COMMANDS: Mapping[str, Command] = {row.name: row for row in (*UI_COMMANDS, *CLI_COMMANDS)}

EXIT_CODES: Mapping[type[BaseException], int] = {
    UsageError: 2,
    LibraryError: 3,
    AssetNotFoundError: 1,
    BlobError: 1,
    CancelledError: 130,
    ExpectedError: 1,
}
"""The exit code for each error fit to be shown: that of its nearest class (contract: "Exit codes")."""

_LIBRARY_UNUSABLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. Errors become one clear line on stderr, never a traceback."""
    recorder.start_recording()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        arguments = _parse(list(sys.argv[1:] if argv is None else argv))
        code = COMMANDS[arguments.command].run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Who read our output has left; what is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ExpectedError as error:
        _say(str(error))
        return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)
    except OSError as error:
        _say(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))
        return 3 if error.errno in _LIBRARY_UNUSABLE else 1
    except Exception as error:  # noqa: BLE001 (the crash handler: written down, told, never swallowed)
        _log.error("Unexpected error", exc_info=error)
        _say(f"Something went wrong inside Keeproom ({error!r}). A report is in {recorder.dump_error(error)}")
        return 1
    return code


def _parse(argv: list[str]) -> argparse.Namespace:
    """The arguments; only the module of the command that was asked for is imported."""
    parser = argparse.ArgumentParser(
        prog="keeproom", description="A room where photos, videos and sounds are kept for good."
    )
    parser.add_argument("--version", action="version", version=f"Keeproom {__version__}")
    _add_common(parser, top=True)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    wanted = next((word for word in argv if word in COMMANDS), None)
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.summary, description=command.summary)
        _add_common(subparser, top=False)
        if name == wanted:
            command.configure(subparser)
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        arguments = parser.parse_args([*argv, "open"])
    arguments.library = arguments.library or default_library(Settings())
    return arguments


def _add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """The options that every command has; they may stand before the command or behind it."""
    missing = argparse.SUPPRESS
    parser.add_argument(
        "--library", metavar="DIR", type=Path, default=None if top else missing, help="the library's folder"
    )
    parser.add_argument("--json", action="store_true", default=False if top else missing, help="one JSON object a line")
    parser.add_argument(
        "--quiet", action="store_true", default=False if top else missing, help="no progress, no messages"
    )


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(message: str) -> None:
    print(f"keeproom: {message}", file=sys.stderr)  # noqa: T201 (the last word of a command)


if __name__ == "__main__":
    sys.exit(main())
