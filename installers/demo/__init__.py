"""A look at Keeproom without a screen: pictures made for it, their import, and screenshots of every panel."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from installers.environment import Environment
from installers.steps import Step, run_steps

SIZE = "1280x800"
PANELS = ("library", "viewer", "compare", "imports", "activity")
THEMES = ("light", "dark")


def show_demo(environment: Environment, folder: Path | None, variables: Mapping[str, str]) -> int:
    """Make everything under `folder`, or a new temporary one, and say where; the exit code is 0 or 1."""
    place = folder.absolute() if folder else Path(tempfile.mkdtemp(prefix="keeproom-demo-"))
    code = run_steps(demo_steps(environment, place), environment.checkout, _own(variables, place))
    made = [name for name in screenshots(place) if name.exists()]
    if made:
        print("\nScreenshots of the window:", *made, sep="\n  ")
        print(f"The library, to look at on a screen:\n  {environment.script('keeproom')} --library {place / 'library'}")
    return code


def make_pictures(environment: Environment, sources: Sequence[Path], target: Path, variables: Mapping[str, str]) -> int:
    """The README's pictures anew: these files and folders in a fresh library, and every panel of it in `target`."""
    with tempfile.TemporaryDirectory(prefix="keeproom-pictures-") as folder:
        place = Path(folder)
        keeproom = _keeproom(environment, place)
        imports = [
            Step(f"importing {source}", (*keeproom, "import", str(source.absolute())), fine=(0, 1))
            for source in sources
        ]
        return run_steps([*imports, *_shots(keeproom, target)], environment.checkout, _own(variables, place))


def demo_steps(environment: Environment, place: Path) -> list[Step]:
    """Pictures into a folder, the folder into a library, the library onto screenshots."""
    maker = Path(__file__).with_name("pictures.py")
    keeproom = _keeproom(environment, place)
    pictures = str(place / "pictures")
    return [
        Step("making pictures", (str(environment.python), str(maker), pictures)),
        Step("importing them", (*keeproom, "import", pictures)),
        *_shots(keeproom, place),
    ]


def screenshots(folder: Path) -> list[Path]:
    """Where each panel's picture is put, in both themes."""
    return [folder / f"{panel}-{theme}.png" for panel in PANELS for theme in THEMES]


def _shots(keeproom: Sequence[str], folder: Path) -> list[Step]:
    return [
        Step(
            f"{panel}, {theme}",
            (*keeproom, "shot", panel, str(folder / f"{panel}-{theme}.png"), "--size", SIZE, "--theme", theme),
        )
        for panel in PANELS
        for theme in THEMES
    ]


def _keeproom(environment: Environment, place: Path) -> tuple[str, ...]:
    return (str(environment.script("keeproom")), "--library", str(place / "library"))


def _own(variables: Mapping[str, str], place: Path) -> Mapping[str, str]:
    return {**variables, "XDG_CONFIG_HOME": str(place / "settings")}
