"""A library of real files that somebody has described and put in order, made once and only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select, update

from keeproom.catalog.tables import AssetRow, JobRow
from keeproom.library.collecting import collect, save_search
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.stacking import stack_assets
from keeproom.library.trashing import trash_assets
from keeproom.model import JobState
from tests.importing import Importer, work_through
from tests.media.dng import dng

CAMERAS = (
    *("Canon_40D.jpg", "DSCN0010.jpg", "DSCN0012.jpg", "Nikon_D70.jpg", "IMG_5195.HEIC", "BlueSquare.jpg"),
    *("canon_hdr_NO.jpg", "canon_hdr_YES.jpg", "Pentax_K10D.jpg"),
)
SIDECAR = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" rdf:about="" xmp:Label="Green"/></rdf:RDF></x:xmpmeta>"""
OTHERS = (
    *("photos/cc0/balloon.jpg", "photos/cc0/moon.jpg", "photos/cc0/fish.png", "formats/gif"),
    *("videos/flower.mp4", "videos/stream-of-water.mp4", "formats/audio/t-rex-roar.mp3", "formats/audio/full.mp3"),
    "photos/orientation",
)


def named(library: Library, *names: str) -> list[int]:
    """The ids of assets, by the names of their files."""
    with library.catalog.read() as session:
        known = {row.name: row.id for row in session.execute(select(AssetRow.name, AssetRow.id))}
    return [known[name] for name in names]


@pytest.fixture(scope="session")
def described(tmp_path_factory: pytest.TempPathFactory, corpus: Path, empty_library: Path) -> Iterator[Library]:
    """Files of the corpus in two imports, with facts of every kind."""
    home = tmp_path_factory.mktemp("searched")
    with pytest.MonkeyPatch.context() as patch, open_library(home / "Library") as library:
        for name in ("XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
            (home / name).mkdir(mode=0o700)
            patch.setenv(name, str(home / name))
        importer = Importer(library)
        importer(*(corpus / "photos" / "cameras" / name for name in CAMERAS))
        importer(*(corpus / name for name in OTHERS))
        importer(corpus / "photos" / "cc0" / "moon.jpg", separate=True)
        broken = home / "broken.jpg"
        broken.write_bytes(b"\xff\xd8\xff\xe0 no picture")
        raw = home / "raw" / "sensor.dng"
        raw.parent.mkdir()
        raw.write_bytes(dng(Image.new("RGB", (64, 48), (90, 120, 60)), taken="2019:07:01 10:00:00"))
        raw.with_name("sensor.dng.xmp").write_text(SIDECAR)
        importer(broken, raw)
        _work_off(library)
        _describe(library)
        yield library


def _work_off(library: Library) -> None:
    """Work on the queue until it is empty, without the pauses before another try."""
    for _ in range(3):
        work_through(library)
        with library.catalog.write() as write:
            waiting = update(JobRow).where(JobRow.state == JobState.WAITING)
            write.session.execute(waiting.values(due_at=write.at))
    work_through(library)


def _describe(library: Library) -> None:
    def edit(*names: str, tags: tuple[str, ...] = (), turn: int = 0, **facts: Any) -> None:
        edit_assets(library, named(library, *names), Edit(facts=facts, add_tags=tags, turn=turn))

    edit("DSCN0010.jpg", "DSCN0012.jpg", tags=("places/italy/arezzo", "Piazza"), place="Arezzo, Toscana", rating=4)
    edit("IMG_5195.HEIC", tags=("places/usa",), rating=5, label="red", flag="pick", creator="Anna Berg")
    edit(
        "balloon.jpg", tags=("summer house", "Café"), title="A good day", description="Über den Wolken, not a good day"
    )
    edit("fish.png", title="東京タワーの夜景", rating=1, flag="reject", tags=("none", "50% off_now"))
    edit("flower.mp4", title="day, a good one", label="blue", creator="Anna-Lena Berg")
    edit("Nikon_D70.jpg", turn=1, rating=2)
    collect(library, "Trips", named(library, "IMG_5195.HEIC"))
    collect(library, "Trips/Italy", named(library, "DSCN0010.jpg", "DSCN0012.jpg"))
    save_search(library, "Best", "rating:>=4 -collection:Best")
    save_search(library, "Moving", "kind:video OR has:audio")
    stack_assets(library, named(library, "canon_hdr_YES.jpg", "canon_hdr_NO.jpg"))
    trash_assets(library, named(library, "full.mp3"))


@pytest.fixture
def names(described: Library) -> Callable[[str], set[str]]:
    """The names of what answers a query."""
    return lambda query: {asset.name for asset in list_assets(described, query)}
