"""`doctor`: what this installation has and lacks."""

from __future__ import annotations

import argparse
import os

from keeproom.cli.output import Output
from keeproom.library.installation import Check, check_installation


def configure(parser: argparse.ArgumentParser) -> None:
    del parser  # it has no options


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    checks = [*check_installation(), _qt()]
    for check in checks:
        shape = {"check": check.name, "ok": check.ok, "detail": check.detail}
        output.record(shape, f"{'ok     ' if check.ok else 'missing'}  {check.name:<12} {check.detail}")
    return 0 if all(check.ok for check in checks) else 1


def _qt() -> Check:
    """Qt's version, and the platform that a window would open on."""
    from PySide6.QtCore import qVersion

    named = os.environ.get("QT_QPA_PLATFORM")
    found = "Wayland" if os.environ.get("WAYLAND_DISPLAY") else "X11" if os.environ.get("DISPLAY") else None
    return Check("qt", True, f"{qVersion()}, {named or found or 'no display: only commands and offscreen pictures'}")
