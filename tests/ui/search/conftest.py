"""A search field over a library with two photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from keeproom.library.editing import Edit, edit_assets
from keeproom.library.opening import Library
from keeproom.settings import Settings
from keeproom.ui.theme.appearance import Appearance
from tests.importing import Importer
from tests.ui.search.helpers import Asked


@pytest.fixture
def tagged(library: Library, importer: Importer, make_picture: Callable[..., Path]) -> Library:
    importer(make_picture("a.jpg", 1), make_picture("b.jpg", 2))
    edit_assets(library, importer.assets(), Edit(add_tags=("places/Rome", "sea")))
    return library


@pytest.fixture
def asked(qtbot: QtBot, settings: Settings, appearance: Appearance, tagged: Library) -> Iterator[Asked]:
    made = Asked(qtbot, settings, tagged)
    yield made
    made.background.close()
