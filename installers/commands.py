"""The commands of `dev.py`: what each needs from the system, and what it does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from installers.demo import make_pictures, show_demo
from installers.environment import Environment, alone, require_exiftool
from installers.needs import CannotContinueError, Use, forget, missing
from installers.steps import Step, run_steps

if sys.platform == "win32":
    import installers.windows as platform
elif sys.platform == "darwin":
    import installers.macos as platform
else:
    import installers.linux.debian as platform

CHECKOUT = Path(__file__).resolve().parent.parent
RUNNING = frozenset({Use.SETUP, Use.WINDOW, Use.READING})

BENCHES = {
    "import": "500 photos and 20 videos into a fresh library, against the plain tools",
    "import-again": "the same folder a second time, against hashing alone",
    "browse": "every filter, count and order of 1,000,000 assets, against GROUP BY",
    "grid": "the grid of 1,000,000 assets against one of 10,000",
    "stall": "how late the window's timer ticks while it imports, against the same window idle",
    "edit": "10,000 of 1,000,000 assets described in the window, and how late its timer ticks",
    "search": "each keystroke of 100 words over 1,000,000 assets, completion and near spellings",
    "viewer": "the next picture in the viewer, decoded ahead and not, against plain decoding",
    "memory": "a 4 GB file against a 1 MB file, and the window during an import",
}


@dataclass(frozen=True)
class Command:
    """One command: what it needs to be there, and what it does with its arguments."""

    run: Callable[[Environment, list[str]], int]
    uses: frozenset[Use] = RUNNING
    development: bool = False


def main(arguments: list[str], usage: str) -> int:
    """Set up what the command needs, run it, and give its exit code."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    command = COMMANDS.get(name)
    if command is None:
        print(usage.strip(), file=sys.stderr)
        return 0 if name in ("-h", "--help", "help") else 2
    environment = Environment(CHECKOUT, tuple(need.package for need in platform.NEEDS))
    try:
        if name == "run":
            require_screen(rest, os.environ)
        set_up(environment, command)
        return command.run(environment, rest)
    except CannotContinueError as error:
        print(error, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


def set_up(environment: Environment, command: Command) -> None:
    """Install what a command still lacks; quick where nothing does.

    Raises:
        CannotContinueError: a person has to do something first.
    """
    if not missing(platform.NEEDS, command.uses) and environment.is_current(command.development):
        return
    with alone(environment.checkout):
        forget()
        if packages := missing(platform.NEEDS, command.uses):
            platform.install(packages)
            forget()
        if packages := missing(platform.NEEDS, command.uses):
            raise CannotContinueError(f"Installed, but still not found: {', '.join(packages)}")
        if not environment.is_current(command.development):
            require_exiftool()
            environment.make(command.development)


def require_screen(arguments: list[str], variables: Mapping[str, str]) -> None:
    """Say early that a window would have no screen.

    Raises:
        CannotContinueError: these arguments open the window, and there is none.
    """
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and opens_window(arguments) and not any(map(variables.get, screens)):
        raise CannotContinueError(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window cannot open.\n"
            "To see it in pictures: python3 installers/dev.py demo"
        )


def opens_window(arguments: list[str]) -> bool:
    """Whether `keeproom` with these arguments is the window, and not a command without a screen."""
    rest = iter(arguments)
    for argument in rest:
        if argument in ("-h", "--help", "--version"):
            return False
        if argument == "--library":
            next(rest, None)
        elif not argument.startswith("-"):
            return argument == "open"
    return True


def run(environment: Environment, arguments: list[str]) -> int:
    """Become Keeproom."""
    keeproom = str(environment.script("keeproom"))
    if os.name != "nt":
        os.execv(keeproom, [keeproom, *arguments])
    return subprocess.run([keeproom, *arguments], check=False).returncode


def lint(environment: Environment, _arguments: list[str]) -> int:
    return run_steps(lint_steps(environment), environment.checkout, offscreen(environment))


def test(environment: Environment, arguments: list[str]) -> int:
    tests = Step("tests", (str(environment.script("pytest")), *arguments))
    return run_steps([*lint_steps(environment), tests], environment.checkout, offscreen(environment))


def lint_steps(environment: Environment) -> list[Step]:
    return [
        Step("lint", (str(environment.script("ruff")), "check")),
        Step("format", (str(environment.script("ruff")), "format", "--check")),
        Step("types", (str(environment.script("mypy")),)),
        Step("layers", (str(environment.script("lint-imports")),)),
    ]


def bench(environment: Environment, arguments: list[str]) -> int:
    name = arguments[0] if arguments else ""
    if name not in BENCHES:
        print("Which benchmark?", *(f"  {name:14}{what}" for name, what in BENCHES.items()), sep="\n", file=sys.stderr)
        return 2
    module = f"tests.bench.bench_{name.replace('-', '_')}"
    command = [str(environment.python), "-m", module, *arguments[1:]]
    return subprocess.run(command, cwd=environment.checkout, env=offscreen(environment), check=False).returncode


def demo(environment: Environment, arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else None
    return show_demo(environment, folder, offscreen(environment))


def pictures(environment: Environment, arguments: list[str]) -> int:
    """The README's pictures, of the files and folders that are named."""
    if not arguments:
        print("Of which files and folders? Name some that may be shown.", file=sys.stderr)
        return 2
    target = environment.checkout / "docs" / "pictures"
    return make_pictures(environment, [Path(name) for name in arguments], target, offscreen(environment))


def offscreen(environment: Environment) -> dict[str, str]:
    """This process's variables, with Qt drawing into memory and the environment's programs found first."""
    path = os.pathsep.join((str(environment.python.parent), os.environ.get("PATH", "")))
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PATH": path}


COMMANDS = {
    "run": Command(run),
    "demo": Command(demo),
    "pictures": Command(pictures),
    "test": Command(test, RUNNING | {Use.TESTS}, development=True),
    "lint": Command(lint, RUNNING, development=True),
    "bench": Command(bench, RUNNING | {Use.BENCH}, development=True),
}
