"""A look at Keeproom without a screen: pictures made for it, their import, and screenshots of the window."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from installers.environment import Environment
from installers.steps import Step, run_steps

SIZE = "1280x800"


def show_demo(environment: Environment, folder: Path | None, variables: Mapping[str, str]) -> int:
    """Make everything under `folder`, or a new temporary one, and say where; the exit code is 0 or 1."""
    place = folder.absolute() if folder else Path(tempfile.mkdtemp(prefix="keeproom-demo-"))
    own = {**variables, "XDG_CONFIG_HOME": str(place / "settings")}
    code = run_steps(demo_steps(environment, place), environment.checkout, own)
    screenshots = [name for name in _screenshots(place).values() if name.exists()]
    if screenshots:
        print("\nScreenshots of the window:", *screenshots, sep="\n  ")
        print(f"The library, to look at on a screen:\n  {environment.script('keeproom')} --library {place / 'library'}")
    return code


def demo_steps(environment: Environment, place: Path) -> list[Step]:
    """Pictures into a folder, the folder into a library, the library onto screenshots."""
    maker = Path(__file__).with_name("pictures.py")
    keeproom = (str(environment.script("keeproom")), "--library", str(place / "library"))
    pictures = str(place / "pictures")
    return [
        Step("making pictures", (str(environment.python), str(maker), pictures)),
        Step("importing them", (*keeproom, "import", pictures)),
        *(
            Step(f"screenshot, {theme}", (*keeproom, "shot", "library", str(file), "--size", SIZE, "--theme", theme))
            for theme, file in _screenshots(place).items()
        ),
    ]


def _screenshots(place: Path) -> dict[str, Path]:
    return {theme: place / f"library-{theme}.png" for theme in ("light", "dark")}
