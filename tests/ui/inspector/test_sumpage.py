"""The page of many items by itself: everything has its place as soon as it is shown."""

from __future__ import annotations

from array import array
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from keeproom.library.summing import Common, SelectionSummary
from keeproom.model import CaptureTime, Kind
from keeproom.ui.describe.shared import MIXED
from keeproom.ui.describe.tagfield import TagOn
from keeproom.ui.inspector.described import CollectionOn, Described
from keeproom.ui.inspector.fact import Fact
from keeproom.ui.inspector.sumpage import SumPage
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.widgets import PlainLabel

WIDTH_PX, HEIGHT_PX = 303, 692


@pytest.fixture
def stack(qtbot: QtBot, appearance: Appearance) -> QStackedWidget:
    """The page, shown and laid out before anything is chosen."""
    result = QStackedWidget()
    qtbot.addWidget(result)
    result.addWidget(SumPage(lambda: None, lambda _place: None))
    result.addWidget(QWidget())
    result.resize(WIDTH_PX, HEIGHT_PX)
    result.show()
    QApplication.processEvents()
    return result


@pytest.fixture
def page(stack: QStackedWidget) -> SumPage:
    found = stack.widget(0)
    assert isinstance(found, SumPage)
    return found


def described(*tags: str, collections: int = 0) -> Described:
    those = [CollectionOn(number, f"Trips/Rome {number}") for number in range(collections)]
    return Described(array("q", [1, 2, 3, 4]), 4, tags=[TagOn(name, 2) for name in tags], collections=those)


def rows(page: SumPage) -> list[QWidget]:
    """The rows of the fields, and the lines of the facts."""
    hosts = (page.fields, page.facts)
    return [child for host in hosts for child in host.children() if isinstance(child, QWidget) and child.isVisible()]


def check_places(page: SumPage) -> None:
    """Every chip is as high as it wants to be, above the line that is typed in; no row is cut, or lies on another."""
    tags = page.fields.tags
    for chip in (*tags.chips(), *page.fields.collections.chips()):
        parent = chip.parentWidget()
        assert chip.height() == chip.sizeHint().height()
        assert parent.rect().contains(chip.geometry()), f"{chip.name} is cut"
    bottoms = [chip.mapTo(tags, QPoint(0, chip.height())).y() for chip in tags.chips()]
    assert all(bottom <= tags.line.y() for bottom in bottoms)
    below = 0
    for row in rows(page):
        top = row.mapTo(page, QPoint(0, 0)).y()
        assert top >= below
        assert row.height() >= (row.heightForWidth(row.width()) if row.hasHeightForWidth() else row.minimumHeight())
        below = top + row.height()


@pytest.mark.parametrize("hidden", [False, True])
def test_chips_have_the_room_they_need(stack: QStackedWidget, page: SumPage, hidden: bool) -> None:
    long = "a long name of a tag that is wider than the column is"
    for names in (("places/rome", "sea"), (), (long, "sea", "nature", "winter", "x" * 90), ("sea",)):
        if hidden:
            stack.setCurrentIndex(1)
        page.show_described(None)
        page.show_described(described(*names, collections=len(names)))
        stack.setCurrentIndex(0)
        assert len(page.fields.tags.chips()) == len(names)
        check_places(page)
        QApplication.processEvents()
        check_places(page)


def test_facts_that_come_later_move_nothing_into_each_other(page: SumPage) -> None:
    page.show_described(described("places/rome", "sea"))
    page.facts.show_sections([[Fact("Kinds", "4 photos"), Fact("Cameras", "1 × Canon\n" * 9)]])
    page.page.settle()
    check_places(page)


def test_facts_that_stay_keep_their_lines(page: SumPage) -> None:
    """An answer that comes again costs nothing: lines stay, and only what is another text is laid out anew."""
    first = [[Fact("Kinds", "4 photos"), Fact("Size", "1 MB")], [Fact("Camera", "Canon")]]
    page.facts.show_sections(first)
    page.page.settle()
    lines, below = rows(page), [row.y() for row in rows(page)]
    page.facts.show_sections([[Fact("Kinds", "4 photos"), Fact("Size", "2 MB")], [Fact("Camera", "Canon")]])
    page.page.settle()
    assert rows(page) == lines
    assert [row.y() for row in lines] == below
    assert page.facts.text() == "Kinds: 4 photos\nSize: 2 MB\n\nCamera: Canon"


def summary() -> SelectionSummary:
    first, last = datetime.fromisoformat("2023-05-14T10:00"), datetime.fromisoformat("2023-05-16T12:00")
    return SelectionSummary(
        4,
        4,
        {Kind.IMAGE: 4},
        bytes=803_000,
        earliest=first,
        latest=last,
        dated=3,
        rating=Common(is_mixed=True),
        title=Common(is_mixed=True),
    )


@pytest.mark.parametrize("described_first", [False, True])
def test_what_is_edited_is_not_listed_once_more(page: SumPage, described_first: bool) -> None:
    known = Described(array("q", [1, 2, 3, 4]), 4, rating=MIXED, captured=MIXED)
    if described_first:
        page.show_described(known)
    page.show_sum(summary())
    page.show_described(known)
    labels = [label.text() for row in rows(page) for label in row.findChildren(PlainLabel) if label.isVisible()]
    assert labels.count("Taken") == 1
    assert labels.count("Title") == 1
    assert not {"Rating", "Label", "Flag"} & set(labels)
    assert page.fields.date.text.text() == "May 14, 2023 –\nMay 16, 2023\n1 without a date"
    assert "Rating: mixed" in page.facts.text(), "all of it is copied"
    page.show_described(
        Described(array("q", [1, 2]), 2, captured=CaptureTime(datetime.fromisoformat("2023-05-14T10:00")))
    )
    assert "May 14, 2023" in page.fields.date.text.text()
    assert "–" not in page.fields.date.text.text()


def test_the_sum_of_a_place_says_when_and_how_rated(page: SumPage) -> None:
    page.show_sum(summary())
    shown = [label.text() for row in rows(page) for label in row.findChildren(PlainLabel) if label.isVisible()]
    assert {"Taken", "Rating", "Kinds"} <= set(shown)
