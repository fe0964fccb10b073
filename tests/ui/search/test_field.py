"""The search field, by its keys: real key events, and a real library that answers."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from keeproom.ui.search.filters import TO_JUDGE
from keeproom.ui.search.language import Trouble
from tests.ui.search.helpers import Asked

Key = Qt.Key


def test_each_key_asks(asked: Asked) -> None:
    asked.type("rome")
    assert asked.searched == ["r", "ro", "rom", "rome"]


def test_a_finished_field_becomes_a_chip_and_a_plain_word_stays(asked: Asked) -> None:
    asked.type("rome kind:video sea")
    assert (asked.chips, asked.typed) == (["rome", "kind: video"], "sea")
    assert asked.searched[-1] == "rome kind:video sea"


def test_what_is_unfinished_is_not_asked_and_not_blamed(asked: Asked) -> None:
    asked.type("sea rating:")
    assert asked.suggested()
    assert asked.field.trouble is not None
    assert not asked.field.is_angry
    assert asked.searched[-1] == "sea"
    asked.type(">=4")
    assert asked.searched[-1] == "sea rating:>=4"


def test_what_is_wrong_is_marked_where_it_is_and_can_be_put_right(asked: Asked) -> None:
    asked.type("👩‍👧 kind:image ratng:4 x")
    edit, strip = asked.field.edit, asked.field.popup.strip
    assert asked.field.is_angry
    assert edit.wrong is not None
    assert edit.text()[edit.wrong[0] : edit.wrong[1]] == "ratng:"
    assert not strip.isHidden()
    assert strip.text().startswith("There is no field ratng:")
    assert edit.accessibleDescription() == strip.text()
    assert strip.links()[0].text() == "rating:"
    strip.links()[0].click()
    assert asked.field.text() == "👩‍👧 kind:image rating:4 x"
    assert asked.field.trouble is None
    assert asked.searched[-1] == asked.field.text()


def test_an_unfinished_part_is_blamed_once_a_person_goes_on(asked: Asked) -> None:
    asked.type("rating: ")
    assert asked.field.is_angry
    asked.press(Key.Key_Left)
    assert not asked.field.is_angry
    asked.press(Key.Key_Return)
    assert asked.field.is_angry
    assert asked.items == 0


def test_fields_and_values_are_completed_by_keys_alone(asked: Asked) -> None:
    asked.type("kin")
    assert asked.suggested()[0] == "kind:"
    asked.press(Key.Key_Tab)
    assert asked.typed == "kind:"
    assert asked.suggested()[:2] == ["image", "video"]
    asked.press(Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Down, Key.Key_Return)
    assert (asked.chips, asked.typed) == (["kind: video"], "")
    assert asked.searched[-1] == "kind:video"
    assert asked.suggested() == []


def test_a_tag_of_the_library_is_found_with_its_count(asked: Asked) -> None:
    asked.type("tag:ro")
    assert asked.suggested() == ["places/Rome"]
    assert asked.field.popup.list.lines()[0].detail == "2"
    asked.press(Key.Key_Tab)
    assert asked.field.text() == "tag:places/Rome "


def test_a_click_takes_a_line(qtbot: QtBot, asked: Asked) -> None:
    asked.type("flag:")
    assert asked.suggested()[0] == "pick"
    place = asked.field.popup.list.visualRect(asked.field.popup.list.model().index(0, 0)).center()
    qtbot.mouseClick(asked.field.popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.field.text() == "flag:pick "
    assert asked.focused is asked.field.edit


def test_escape_takes_one_step_at_a_time(asked: Asked) -> None:
    asked.type("kin")
    assert asked.suggested()
    asked.press(Key.Key_Escape)
    assert asked.field.popup.isHidden()
    assert asked.field.text() == "kin"
    asked.press(Key.Key_Escape)
    assert (asked.field.text(), asked.searched[-1], asked.left) == ("", "", 0)
    asked.press(Key.Key_Escape)
    assert asked.left == 1


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Down])
def test_from_a_query_to_the_first_item(asked: Asked, key: Key) -> None:
    asked.type("sea ")
    assert asked.suggested() == []
    asked.press(key)
    assert asked.items == 1
    assert asked.history.searches() == ["sea"]


def test_walking_over_the_chips(asked: Asked) -> None:
    asked.type("kind:image label:red rating:3 ")
    chips = asked.field.row.chips()
    asked.press(Key.Key_Left)
    assert asked.focused is chips[2]
    asked.press(Key.Key_Left, Key.Key_Left, Key.Key_Left)
    assert asked.focused is chips[0]
    asked.press(Key.Key_End, Key.Key_Home, Key.Key_Right)
    assert asked.focused is chips[1]
    asked.press(Key.Key_Delete)
    assert asked.field.text() == "kind:image rating:3 "
    assert asked.focused is asked.field.row.chips()[1]
    asked.press(Key.Key_Backspace)
    assert asked.searched[-1] == "kind:image"
    assert asked.focused is asked.field.row.chips()[0]
    asked.press(Key.Key_Escape)
    assert asked.focused is asked.field.edit


def test_backspace_goes_to_the_chip_before_it_takes_it(asked: Asked) -> None:
    asked.type("kind:image ")
    asked.press(Key.Key_Backspace)
    assert asked.chips == ["kind: image"]
    asked.press(Key.Key_Backspace)
    assert (asked.field.text(), asked.searched[-1]) == ("", "")


def test_a_chip_can_be_gone_back_into(asked: Asked) -> None:
    asked.type("kind:image rating:3 ")
    asked.press(Key.Key_Left, Key.Key_Left, Key.Key_Return)
    assert (asked.typed, asked.chips) == ("kind:image", ["★ 3"])
    asked.press(*[Key.Key_Backspace] * 5)
    asked.type("video")
    assert asked.searched[-1] == "kind:video rating:3"
    assert asked.suggested()
    asked.press(Key.Key_Escape, Key.Key_Return)
    assert asked.chips == ["kind: video", "★ 3"]


def test_what_is_typed_on_a_chip_goes_into_the_line(asked: Asked) -> None:
    asked.type("kind:image ")
    asked.press(Key.Key_Left)
    asked.type("s")
    asked.type("ea")
    assert asked.field.text() == "kind:image sea"


def test_the_cross_of_a_chip_and_that_of_the_field(qtbot: QtBot, asked: Asked) -> None:
    asked.type("kind:image sea")
    (chip,) = asked.field.row.chips()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.cross().center())
    assert asked.field.text() == "sea"
    qtbot.mouseClick(asked.field.cross, Qt.MouseButton.LeftButton)
    assert (asked.field.text(), asked.searched[-1]) == ("", "")
    assert asked.focused is asked.field.edit


def test_all_of_it_is_text_that_can_be_copied_and_pasted(asked: Asked) -> None:
    whole = 'rome kind:image tag:"a b" -sea'
    asked.paste(whole)
    asked.press(Key.Key_Return)
    assert asked.chips == ["rome", "kind: image", "tag: a b", "not sea"]
    asked.field.setFocus()
    asked.command(Key.Key_A)
    assert asked.chips == []
    asked.command(Key.Key_C)
    assert QGuiApplication.clipboard().text() == whole
    asked.press(Key.Key_Delete)
    assert asked.searched[-1] == ""


def test_a_chip_is_copied_by_itself(asked: Asked) -> None:
    asked.type("kind:image rating:3 ")
    asked.press(Key.Key_Left)
    asked.command(Key.Key_X)
    assert QGuiApplication.clipboard().text() == "rating:3"
    assert asked.field.text().strip() == "kind:image"
    asked.command(Key.Key_A)
    assert asked.typed.strip() == "kind:image"


@pytest.mark.parametrize("piece", ["kind:video rome ", "日本語😀 ", "x", "\n\t\0"])
def test_100_kb_are_pasted_without_waiting(asked: Asked, piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    begun = perf_counter()
    asked.paste(text)
    asked.type("y")
    asked.press(Key.Key_Backspace, Key.Key_Left)
    assert perf_counter() - begun < 1.5
    assert asked.field.text() == text
    assert len(asked.chips) == 1
    asked.command(Key.Key_C)
    assert QGuiApplication.clipboard().text() == text


def test_any_string_is_taken_as_it_is(asked: Asked, corpus: Path) -> None:
    strings = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    for text in strings:
        asked.field.search_for(text)
        assert asked.field.text() == text
        asked.field.select_all()
        asked.field.commit()
        assert asked.field.text() == text


def test_words_from_right_to_left_and_with_marks_keep_their_place(asked: Asked) -> None:
    asked.type("שלום e\u0301te\u0301 kind:image 🎂 rating:9 x")
    edit = asked.field.edit
    assert asked.chips == ["שלום", "e\u0301te\u0301", "kind: image"]
    assert edit.text() == "🎂 rating:9 x"
    assert edit.wrong == (9, 10)
    edit.put(edit.text(), 2)
    assert edit.cursorPosition() == 3
    assert edit.place == 2


def test_searches_of_before_are_listed_in_an_empty_field(asked: Asked) -> None:
    asked.field.suggesting.show_saved([("Trips/Rome", "tag:rome kind:image")])
    for query in ("sea", "kind:image"):
        asked.field.search_for(query)
        asked.press(Key.Key_Return)
    asked.field.clear()
    asked.press(Key.Key_Down)
    assert asked.suggested() == [
        "Saved searches",
        "Trips/Rome",
        "Searched before",
        "kind:image",
        "sea",
        "Forget these",
    ]
    asked.press(Key.Key_Down, Key.Key_Return)
    assert asked.searched[-1] == "tag:rome kind:image"
    asked.field.clear()
    asked.press(Key.Key_Down, Key.Key_Up, Key.Key_Return)
    assert asked.history.searches() == []


def test_a_search_of_before_is_offered_while_it_is_typed(asked: Asked) -> None:
    asked.history.add("seagulls kind:video")
    asked.type("seag")
    assert asked.suggested()[-1] == "seagulls kind:video"


def test_the_query_can_come_from_elsewhere(asked: Asked) -> None:
    asked.type("rome")
    asked.field.show_query("rome")
    asked.type(" ")
    assert asked.typed == "rome "
    asked.field.show_query("kind:video")
    assert (asked.chips, asked.field.text()) == (["kind: video"], "kind:video")
    assert asked.searched[-1] == "rome"


def test_a_refusal_of_the_library_is_told_at_its_place(asked: Asked) -> None:
    asked.type("sea collection:Rome ")
    asked.field.tell_refusal(Trouble(4, 19, "There is no collection Rome."))
    assert asked.field.is_angry
    (_, chip) = asked.field.row.chips()
    assert chip.accessibleDescription() == "There is no collection Rome."
    asked.type("x")
    assert not asked.field.is_angry


def test_who_goes_elsewhere_has_finished(asked: Asked, qtbot: QtBot) -> None:
    asked.type("kind:image sea rating:>=4")
    asked.other.setFocus()
    qtbot.waitUntil(lambda: asked.chips == ["kind: image", "sea", "★ ≥ 4"])
    assert asked.history.searches() == ["kind:image sea rating:>=4"]
    assert asked.field.popup.isHidden()


def test_the_filters_are_a_part_of_the_query(asked: Asked) -> None:
    asked.type("sea ")
    asked.field.filter.click()
    sheet = asked.field.sheet
    assert sheet.isVisible()
    asked.press(Key.Key_Space)
    assert asked.searched[-1] == "sea rating:0 flag:none"
    assert sheet.chips[TO_JUDGE].isChecked()
    asked.press(Key.Key_Right, Key.Key_Return)
    assert asked.searched[-1] == "sea flag:none"
    asked.press(Key.Key_Escape)
    assert sheet.isHidden()
    assert asked.focused is asked.field.edit


def test_a_name_for_a_search(asked: Asked, qtbot: QtBot) -> None:
    named: list[tuple[str, str]] = []
    asked.field.named.connect(lambda name, query: named.append((name, query)))
    asked.field.ask_name()
    assert asked.field.saving.isHidden()
    asked.type("tag:sea ")
    asked.field.ask_name()
    assert asked.focused is asked.field.saving.name
    asked.type("By the sea")
    asked.press(Key.Key_Return)
    assert named == [("By the sea", "tag:sea")]
    assert asked.focused is asked.field.edit


def test_what_a_screen_reader_is_told(asked: Asked) -> None:
    asked.type("kind:image -sea ")
    assert asked.field.edit.accessibleName() == "Search"
    assert asked.field.edit.accessibleDescription() == "Filters: kind: image, not sea"
    assert [chip.accessibleName() for chip in asked.field.row.chips()] == ["Filter: kind: image", "Filter: not sea"]
    assert all(button.accessibleName() for button in (asked.field.cross, asked.field.filter))
