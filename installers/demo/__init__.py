"""A look at Keeproom without a screen: pictures made for it, imported, described, and screenshots of every panel."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from installers.environment import Environment
from installers.steps import Step, run_steps

SIZE = "1280x800"
THEMES = ("light", "dark")
SHOTS: Mapping[str, tuple[str, ...]] = {
    "library": ("library",),
    "search": ("library", "--query", "kind:image tag:nature rating:>=3", "--select", "1"),
    "smart-collection": ("library", "--place", "collection:Picked"),
    "tags": ("tags",),
    "viewer": ("viewer",),
    "compare": ("compare",),
    "imports": ("imports",),
    "activity": ("activity",),
}
"""Each picture by its name: the panel, and what is gone to and searched for in it."""


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
        steps = [*imports, _describing(environment, place), *_shots(keeproom, target)]
        return run_steps(steps, environment.checkout, _own(variables, place))


def demo_steps(environment: Environment, place: Path) -> list[Step]:
    """Pictures into a folder, the folder into a library, the library onto screenshots."""
    maker = Path(__file__).with_name("pictures.py")
    keeproom = _keeproom(environment, place)
    pictures = str(place / "pictures")
    return [
        Step("making pictures", (str(environment.python), str(maker), pictures)),
        Step("importing them", (*keeproom, "import", pictures)),
        _describing(environment, place),
        *_shots(keeproom, place),
    ]


def screenshots(folder: Path) -> list[Path]:
    """Where each picture is put, in both themes."""
    return [folder / f"{name}-{theme}.png" for name in SHOTS for theme in THEMES]


def _shots(keeproom: Sequence[str], folder: Path) -> list[Step]:
    return [
        Step(
            f"{name}, {theme}",
            (*keeproom, "shot", panel, str(folder / f"{name}-{theme}.png"), *further, "--size", SIZE, "--theme", theme),
        )
        for name, (panel, *further) in SHOTS.items()
        for theme in THEMES
    ]


def _describing(environment: Environment, place: Path) -> Step:
    maker = Path(__file__).with_name("describing.py")
    return Step("describing them", (str(environment.python), str(maker), str(place / "library")))


def _keeproom(environment: Environment, place: Path) -> tuple[str, ...]:
    return (str(environment.script("keeproom")), "--library", str(place / "library"))


def _own(variables: Mapping[str, str], place: Path) -> Mapping[str, str]:
    return {**variables, "XDG_CONFIG_HOME": str(place / "settings")}
