"""What Keeproom needs from Debian, and how to get it there.

The libraries are those that Qt's wheels load (`objdump -p` on its platform plugins) and do not bring along.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence

from installers.needs import CannotContinueError, Need, Use, any_font, library, module, program

NEEDS = (
    Need(f"python{sys.version_info.major}.{sys.version_info.minor}-venv", Use.SETUP, module("ensurepip")),
    # Qt, with or without a screen
    Need("libbrotli1", Use.WINDOW, library("libbrotlidec.so.1")),
    Need("libdbus-1-3", Use.WINDOW, library("libdbus-1.so.3")),
    Need("libegl1", Use.WINDOW, library("libEGL.so.1")),
    Need("libfontconfig1", Use.WINDOW, library("libfontconfig.so.1")),
    Need("libfreetype6", Use.WINDOW, library("libfreetype.so.6")),
    Need("libgl1", Use.WINDOW, library("libGL.so.1")),
    Need("libglib2.0-0", Use.WINDOW, library("libglib-2.0.so.0")),
    Need("libgssapi-krb5-2", Use.WINDOW, library("libgssapi_krb5.so.2")),
    Need("libx11-6", Use.WINDOW, library("libX11.so.6")),
    Need("libxkbcommon0", Use.WINDOW, library("libxkbcommon.so.0")),
    Need("libzstd1", Use.WINDOW, library("libzstd.so.1")),
    # Qt on X11
    Need("libx11-xcb1", Use.WINDOW, library("libX11-xcb.so.1")),
    Need("libxcb1", Use.WINDOW, library("libxcb.so.1")),
    Need("libxcb-cursor0", Use.WINDOW, library("libxcb-cursor.so.0")),
    Need("libxcb-glx0", Use.WINDOW, library("libxcb-glx.so.0")),
    Need("libxcb-icccm4", Use.WINDOW, library("libxcb-icccm.so.4")),
    Need("libxcb-image0", Use.WINDOW, library("libxcb-image.so.0")),
    Need("libxcb-keysyms1", Use.WINDOW, library("libxcb-keysyms.so.1")),
    Need("libxcb-randr0", Use.WINDOW, library("libxcb-randr.so.0")),
    Need("libxcb-render0", Use.WINDOW, library("libxcb-render.so.0")),
    Need("libxcb-render-util0", Use.WINDOW, library("libxcb-render-util.so.0")),
    Need("libxcb-shape0", Use.WINDOW, library("libxcb-shape.so.0")),
    Need("libxcb-shm0", Use.WINDOW, library("libxcb-shm.so.0")),
    Need("libxcb-sync1", Use.WINDOW, library("libxcb-sync.so.1")),
    Need("libxcb-util1", Use.WINDOW, library("libxcb-util.so.1")),
    Need("libxcb-xfixes0", Use.WINDOW, library("libxcb-xfixes.so.0")),
    Need("libxcb-xkb1", Use.WINDOW, library("libxcb-xkb.so.1")),
    Need("libxkbcommon-x11-0", Use.WINDOW, library("libxkbcommon-x11.so.0")),
    # sound and moving pictures (Qt Multimedia)
    Need("libdrm2", Use.WINDOW, library("libdrm.so.2")),
    Need("libpulse0", Use.WINDOW, library("libpulse.so.0")),
    Need("libwayland-client0", Use.WINDOW, library("libwayland-client.so.0")),
    Need("libwayland-cursor0", Use.WINDOW, library("libwayland-cursor.so.0")),
    Need("libxext6", Use.WINDOW, library("libXext.so.6")),
    Need("libxrandr2", Use.WINDOW, library("libXrandr.so.2")),
    # text in the window
    Need("fontconfig", Use.WINDOW, program("fc-list")),
    Need("fonts-dejavu-core", Use.WINDOW, any_font),
    # types and metadata
    Need("libmagic1", Use.READING, library("libmagic.so.1")),
    Need("libimage-exiftool-perl", Use.READING, program("exiftool")),
    # a real window on a screen in memory, and hands to use it
    Need("xvfb", Use.TESTS, program("Xvfb")),
    Need("xauth", Use.TESTS, program("xauth")),
    Need("xdotool", Use.TESTS, program("xdotool")),
    # what the benchmarks compare with
    Need("libvips-tools", Use.BENCH, program("vipsthumbnail")),
    Need("openssl", Use.BENCH, program("openssl")),
)

_RETRY_AFTER_S = 5
_ENVIRONMENT = ("env", "DEBIAN_FRONTEND=noninteractive")
_INSTALL = ("apt-get", "install", "--no-install-recommends")
_UNATTENDED = ("--yes", "--quiet=2", "--option", "DPkg::Lock::Timeout=300")


def line(packages: Sequence[str]) -> str:
    """What a person types to install these."""
    return f"sudo apt-get update && sudo {shlex.join([*_INSTALL, *packages])}"


def install(packages: Sequence[str]) -> None:
    """Install packages where this user may without a password.

    Raises:
        CannotContinueError: it may not, it failed twice, or this is no Debian; the message has the line to run.
    """
    rights = _rights()
    if rights is None:
        raise CannotContinueError(_request(packages))
    print("Installing from the system's packages:", *packages, flush=True)
    for attempt in range(2):
        if attempt:
            time.sleep(_RETRY_AFTER_S)
        updated = subprocess.run([*rights, *_ENVIRONMENT, "apt-get", "update", "--quiet=2"], check=False)
        installed = subprocess.run([*rights, *_ENVIRONMENT, *_INSTALL, *_UNATTENDED, *packages], check=False)
        if installed.returncode == 0:
            return
    reason = "the lists of packages could not be read" if updated.returncode else "apt-get failed"
    raise CannotContinueError(f"Installing did not work ({reason}). To try by hand:\n\n    {line(packages)}")


def _rights() -> tuple[str, ...] | None:
    """What to put before apt-get; None where a person has to do it."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ()
    sudo = ("sudo", "-n")
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0:
        return sudo
    return None


def _request(packages: Sequence[str]) -> str:
    if shutil.which("apt-get") is None:
        names = "\n    ".join(packages)
        return (
            f"Missing on this system, by the names Debian has for them:\n\n    {names}\n\nInstall them and try again."
        )
    return f"Some packages of the system are missing. Please run this, then try again:\n\n    {line(packages)}"
