"""One item on its page: files that break programs, and texts that break layouts."""

from __future__ import annotations

import json
import subprocess
from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from keeproom.catalog.tables import AssetRow, JobRow
from keeproom.library.facts_of_many import mixed
from keeproom.library.inspecting import Inspection, inspect_asset
from keeproom.library.opening import Library
from keeproom.ui.inspector.described import described
from keeproom.ui.inspector.onepage import DETAILS, INFO, STEPS, OnePage
from keeproom.ui.inspector.picture import load_picture
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.theme.appearance import Appearance
from tests.conftest import MakePicture
from tests.importing import Importer, work_through

WIDTH_PX = 259


@pytest.fixture
def page(qtbot: QtBot, appearance: Appearance) -> OnePage:
    shown = OnePage(lambda: None, lambda: None, lambda _place: None)
    qtbot.addWidget(shown)
    shown.resize(WIDTH_PX, 700)
    shown.show()
    return shown


def look_through(page: OnePage, library: Library, asset: int) -> Inspection:
    """Show an item in every tab; nothing may reach over the edge."""
    item = inspect_asset(library, asset)
    page.expect_picture(item)
    page.show_item(item, described(array("q", [asset]), mixed(library, [asset])))
    page.show_picture(item, QImage(), "")
    for tab in (INFO, DETAILS, STEPS):
        page.open_tab(tab)
        assert not page.grab().isNull()
        for child in page.findChildren(QWidget):
            if child.isVisible():
                assert child.mapTo(page, QPoint(child.width(), 0)).x() <= WIDTH_PX, type(child).__name__
    return item


def test_hostile_files_are_described_like_others(
    library: Library, importer: Importer, page: OnePage, corpus: Path
) -> None:
    importer(corpus / "hostile", *sorted((corpus / "formats" / "audio").glob("full.*")))
    work_through(library)
    assert len(importer.assets()) > 25
    for asset in importer.assets():
        item = look_through(page, library, asset)
        if item.thumbnailed:
            assert isinstance(load_picture(library, item.details.asset.sha256), QImage)


def test_texts_of_any_kind_keep_to_their_column(
    library: Library, importer: Importer, page: OnePage, make_picture: MakePicture, corpus: Path
) -> None:
    importer(make_picture())
    strings = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    texts = [
        *sorted(strings, key=len)[-12:],
        *strings[::40],
        "x" * 10_000,
        "<b>bold</b>",
        "a\nb\r\nc" * 300,
        "ع " * 4_000,
    ]
    for text in texts:
        kept = text.encode("utf-8", "replace").decode()
        with library.catalog.write() as write:
            write.session.execute(update(AssetRow).values(name=kept or "-", title=kept, description=kept))
            write.session.execute(update(JobRow).values(state="failed", error=kept, tool=kept[:300]))
        look_through(page, library, 1)
        assert page.fields.description.height() <= 9 * page.fontMetrics().lineSpacing()


def test_ten_thousand_letters_of_a_description_in_a_file(
    library: Library, importer: Importer, page: OnePage, make_picture: MakePicture
) -> None:
    picture = make_picture()
    command = ["exiftool", "-q", "-overwrite_original", f"-EXIF:ImageDescription={'y' * 10_000}", str(picture)]
    subprocess.run(command, check=True)
    importer(picture)
    work_through(library)
    look_through(page, library, 1)
    assert f"EXIF:ImageDescription: {'y' * 10_000}" in page.details.text(), "it is copied whole"


def test_a_label_is_as_high_as_its_text_needs(qtbot: QtBot, appearance: Appearance) -> None:
    label = WrappedLabel("one two three four five six", lines=3)
    qtbot.addWidget(label)
    line = label.fontMetrics().lineSpacing()
    assert label.heightForWidth(1_000) == line
    assert label.heightForWidth(90) in (2 * line, 3 * line)
    label.setText("a\n" * 50)
    assert label.heightForWidth(1_000) == 3 * line
    assert label.toolTip().count("a") > 40, "the whole of it is one gesture away"
    label.setText("x" * 5_000)
    assert label.heightForWidth(50) == 3 * line
    label.resize(50, 3 * line)
    assert not label.grab().isNull()
