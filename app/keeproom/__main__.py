"""The one entry: joins the command tables of `cli` and `ui`, and starts one command.

What takes time to import is imported inside `main`, so that an interrupt while the program starts ends it quietly.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from keeproom.exitcodes import INTERRUPTED, exit_code

if TYPE_CHECKING:
    import argparse

    from keeproom.commands import Command


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. Errors become one clear line on stderr, never a traceback."""
    signal.signal(signal.SIGINT, _leave)
    signal.signal(signal.SIGTERM, _leave)

    from keeproom.errors import ExpectedError
    from keeproom.library import recorder

    recorder.start_recording()
    recorder.record_crashes()
    try:
        command, arguments = _parse(list(sys.argv[1:] if argv is None else argv))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, _interrupt)
        code = command.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Who read our output has left; what is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ExpectedError, OSError) as error:
        return _explain(error)
    except Exception as error:  # noqa: BLE001 (the crash handler: written down, told, never swallowed)
        _say(f"Something went wrong inside Keeproom ({error!r}). A report is in {recorder.dump_error(error)}")
        return 1
    return code


def _explain(error: Exception) -> int:
    """Tell of an error that is fit to be shown; its exit code."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        _say(f"{error.filename}: {error.strerror}")
    else:
        _say(str(error))
    return exit_code(error)


def _parse(argv: list[str]) -> tuple[Command, argparse.Namespace]:
    """The command and its arguments; only the module of the command that was asked for is imported."""
    import argparse

    from keeproom import __version__
    from keeproom.cli import COMMANDS as CLI_COMMANDS
    from keeproom.settings import Settings, default_library
    from keeproom.ui import COMMANDS as UI_COMMANDS

    commands = {row.name: row for row in (*UI_COMMANDS, *CLI_COMMANDS)}
    parser = argparse.ArgumentParser(
        prog="keeproom", description="A room where photos, videos and sounds are kept for good."
    )
    parser.add_argument("--version", action="version", version=f"Keeproom {__version__}")
    _add_common(parser, top=True)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in commands.items():
        subparser = subparsers.add_parser(name, help=command.summary, description=command.summary)
        _add_common(subparser, top=False)
        if name in argv:
            command.configure(subparser)
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        return _parse([*argv, "open"])
    arguments.library = arguments.library or default_library(Settings())
    return commands[arguments.command], arguments


def _add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """The options that every command has; they may stand before the command or behind it."""
    from argparse import SUPPRESS
    from pathlib import Path

    parser.add_argument(
        "--library", metavar="DIR", type=Path, default=None if top else SUPPRESS, help="the library's folder"
    )
    parser.add_argument(
        "--json", action="store_true", default=False if top else SUPPRESS, help="one JSON object a line"
    )
    parser.add_argument(
        "--quiet", action="store_true", default=False if top else SUPPRESS, help="no progress, no messages"
    )


def _leave(_: int, __: FrameType | None) -> NoReturn:
    """End at once: nothing was begun, and an exception inside an import may come out as anything."""
    os._exit(INTERRUPTED)


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(message: str) -> None:
    print(f"keeproom: {message}", file=sys.stderr)  # noqa: T201 (the last word of a command)


if __name__ == "__main__":
    sys.exit(main())
