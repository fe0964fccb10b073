"""The checkout's own Python environment, `.venv`: made when missing, repaired when half made, left alone when current.

A stamp inside it holds the key of what it was made from. While pip works a second file says so; if a process died
there, the environment is made anew, since pip takes a half-written package for an installed one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from installers.needs import CannotContinueError

_RETRY_AFTER_S = 5
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"
_SUFFIX = ".exe" if os.name == "nt" else ""


@dataclass(frozen=True)
class Environment:
    """The environment of one checkout, with the tools of development or without."""

    checkout: Path
    packages: tuple[str, ...] = ()
    """The rows of the system's table; when it changes, the set-up runs again."""

    @property
    def folder(self) -> Path:
        return self.checkout / ".venv"

    @property
    def python(self) -> Path:
        return self.script("python")

    def script(self, name: str) -> Path:
        return self.folder / _SCRIPTS / f"{name}{_SUFFIX}"

    def key(self) -> str:
        """What a current environment was made from, as a hash."""
        digest = hashlib.sha256((self.checkout / "pyproject.toml").read_bytes())
        facts = (*self.packages, str(sys.version_info[:2]), str(self.checkout))
        digest.update("\n".join(facts).encode())
        return digest.hexdigest()

    def is_current(self, development: bool) -> bool:
        """Whether nothing has to be done; costs a few reads."""
        try:
            stamped = self._stamp(development).read_text("ascii")
        except OSError:
            return False
        return stamped == self.key() and self.script("keeproom").exists() and not self._unfinished.exists()

    def make(self, development: bool) -> None:
        """Install the project, editable, and with `development` its `dev` group; may be called again.

        Raises:
            CannotContinueError: pip failed twice, or Python cannot make an environment.
        """
        if self._unfinished.exists() or not self._is_sound():
            shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(exist_ok=True)
        self._unfinished.touch()
        if not self.python.exists():
            print("Making .venv", flush=True)
            _run([_base_python(), "-m", "venv", str(self.folder)], attempts=1, otherwise="Python could not make .venv.")
        with self._giving_up_cleanly():
            self._install(development)
        for stamp in (self._stamp(False), self._stamp(True))[: 1 + development]:
            stamp.write_text(self.key(), "ascii")
        self._unfinished.unlink()

    def _install(self, development: bool) -> None:
        wanted = development_group(self.checkout / "pyproject.toml") if development else []
        print("Installing Keeproom and what it needs into .venv (about 500 MB the first time)", flush=True)
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run(
            [*pip, "--editable", str(self.checkout), *wanted], attempts=2, otherwise="pip could not install everything."
        )

    @contextlib.contextmanager
    def _giving_up_cleanly(self) -> Iterator[None]:
        """Where pip itself reports a failure it has left nothing half written."""
        try:
            yield
        except CannotContinueError:
            self._unfinished.unlink()
            raise

    def _is_sound(self) -> bool:
        """Whether an environment is there, works, is of this Python, and was not moved here from elsewhere."""
        pip = self.script("pip")
        if not (self.python.exists() and pip.exists()):
            return False
        if os.name != "nt" and str(self.folder) not in pip.read_text(errors="replace")[:1000]:
            return False
        look = "import sys, pip; print(sys.version_info[:2])"
        answer = subprocess.run([self.python, "-c", look], capture_output=True, text=True, check=False)
        return answer.returncode == 0 and answer.stdout.strip() == str(sys.version_info[:2])

    @property
    def _unfinished(self) -> Path:
        return self.folder / "set-up-unfinished"

    def _stamp(self, development: bool) -> Path:
        return self.folder / ("set-up-development" if development else "set-up")


def development_group(pyproject: Path) -> list[str]:
    """The requirements of the `dev` group; read here because the pip of Debian 12 knows no groups."""
    group: list[str] = tomllib.loads(pyproject.read_text("utf-8"))["dependency-groups"]["dev"]
    return group


@contextlib.contextmanager
def alone(checkout: Path) -> Iterator[None]:
    """Let one set-up of a checkout run at a time; the others wait for it."""
    if os.name == "nt":
        yield
        return
    import fcntl  # there is none on Windows

    descriptor = os.open(checkout / "installers" / "dev.py", os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up of this checkout to end", flush=True)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def require_exiftool(minimum: tuple[int, int] = (12, 57), ask: Callable[[], str] | None = None) -> None:
    """Check the version of the exiftool in the PATH; older ones read too little.

    Raises:
        CannotContinueError: it is older, or does not start.
    """
    answer = (ask or _exiftool_version)()
    found = re.match(r"(\d+)\.(\d+)", answer)
    if not found or (int(found[1]), int(found[2])) < minimum:
        wanted = ".".join(map(str, minimum))
        raise CannotContinueError(f"exiftool {wanted} or newer is needed; the one in the PATH says {answer.strip()!r}.")


def _exiftool_version() -> str:
    answer = subprocess.run(["exiftool", "-ver"], capture_output=True, text=True, check=False)
    return answer.stdout or answer.stderr


def _base_python() -> str:
    """The Python to make environments from, also when this one runs inside of one."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _run(command: list[str], attempts: int, otherwise: str) -> None:
    for attempt in range(attempts):
        if attempt:
            print("Trying once more", flush=True)
            time.sleep(_RETRY_AFTER_S)
        if subprocess.run(command, check=False).returncode == 0:
            return
    raise CannotContinueError(otherwise)
