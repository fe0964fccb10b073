"""`export`: original bytes into a folder, under safe names."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from keeproom.cli.interrupts import interrupts_cancel
from keeproom.cli.list_assets import natural
from keeproom.cli.output import Output, human_size, plural
from keeproom.cli.shapes import reason_shape
from keeproom.library.control import Control
from keeproom.library.exporting import export_assets
from keeproom.library.nametemplates import FIELDS
from keeproom.library.opening import open_library
from keeproom.model import Exported


def configure(parser: argparse.ArgumentParser) -> None:
    fields = " ".join(f"{{{name}}}" for name in FIELDS)
    parser.add_argument("ids", metavar="ID", type=natural, nargs="+")
    parser.add_argument("--to", metavar="DIR", type=Path, required=True, help="the folder; it is made where missing")
    parser.add_argument("--version", metavar="N", type=natural, help="an earlier version; the current one without it")
    parser.add_argument("--name", metavar="TEMPLATE", help=f"how files are named, made of {fields}; {{date:%%Y-%%m}}")


def run(arguments: argparse.Namespace) -> int:
    """Raises UsageError: the template or the folder is not to be used. Nothing was written."""
    control = Control()
    output = Output(arguments)
    reports: list[Exported] = []

    def on_report(report: Exported) -> None:
        reports.append(report)
        output.record(_shape(report), _sentence(report))

    def on_progress(done_bytes: int) -> None:
        output.progress(len(reports), len(arguments.ids), f"{len(reports):,} exported, {human_size(done_bytes)}")

    with interrupts_cancel(control), open_library(arguments.library) as library:
        export_assets(
            library,
            arguments.ids,
            arguments.to.absolute(),
            version=arguments.version,
            name_template=arguments.name,
            control=control,
            on_report=on_report,
            on_progress=on_progress,
        )
    failed = sum(report.path is None for report in reports)
    if failed:
        output.message(f"{plural(failed, 'asset')} could not be exported.")
    return 1 if failed else 0


def _shape(report: Exported) -> dict[str, Any]:
    shape: dict[str, Any] = {"asset": report.asset, "path": None if report.path is None else str(report.path)}
    if report.reason is not None:
        shape["reason"] = reason_shape(report.reason)
    return shape


def _sentence(report: Exported) -> str:
    if report.reason is None:
        return str(report.path)
    return f"Asset {report.asset} was not exported: {report.reason.message}"
