"""`jobs`: the queue, and its reins."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from keeproom.cli.list_assets import natural
from keeproom.cli.output import Output, plural
from keeproom.cli.shapes import job_shape
from keeproom.library.opening import Library, open_library
from keeproom.library.queue import list_jobs, pause_queue, resume_queue, retry_assets


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", choices=tuple(_ACTIONS), default="list")
    parser.add_argument(
        "ids", metavar="ID", type=natural, nargs="*", help="assets to retry; all that failed without one"
    )


def run(arguments: argparse.Namespace) -> int:
    with open_library(arguments.library) as library:
        _ACTIONS[arguments.action](library, Output(arguments), arguments)
    return 0


def _list(library: Library, output: Output, _: argparse.Namespace) -> None:
    for job in list_jobs(library):
        why = f": {job.error}" if job.error else ""
        output.record(
            job_shape(job), f"{job.id:>7}  {job.stage:<9} of asset {job.asset}  {job.state}, {job.attempts} tried{why}"
        )


def _retry(library: Library, output: Output, arguments: argparse.Namespace) -> None:
    count = retry_assets(library, arguments.ids or None)
    output.record({"retried": count}, f"{plural(count, 'task')} queued again.")


def _pause(library: Library, output: Output, _: argparse.Namespace) -> None:
    pause_queue(library)
    output.record({"paused": True}, "The queue is paused.")


def _resume(library: Library, output: Output, _: argparse.Namespace) -> None:
    resume_queue(library)
    output.record({"paused": False}, "The queue goes on.")


_ACTIONS: Mapping[str, Callable[[Library, Output, argparse.Namespace], None]] = {
    "list": _list,
    "retry": _retry,
    "pause": _pause,
    "resume": _resume,
}
