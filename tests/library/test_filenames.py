from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keeproom.errors import UsageError
from keeproom.library.filenames import MOST_BYTES, numbered, safe_name
from keeproom.library.nametemplates import FIELDS, NameFacts, NameTemplate

ROME = NameFacts(
    "Rome 1.JPG",
    12,
    2,
    7,
    title="Am Tiber",
    camera="Nikon: Z/6",
    taken=datetime.fromisoformat("2023-05-14T10:03:01"),
    kind="image",
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("IMG_1.jpg", "IMG_1.jpg"),
        ("Größe – Æ 写真.heic", "Größe – Æ 写真.heic"),
        ("10:00:00.png", "10_00_00.png"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\nb\tc\0.jpg", "a_b_c_.jpg"),
        ('<>:"/\\|?*.jpg', "_________.jpg"),
        (".hidden.jpg", "hidden.jpg"),
        ("..", "untitled"),
        ("", "untitled"),
        ("???", "untitled"),
        ("dots and blanks. . ", "dots and blanks"),
        ("CON", "CON_"),
        ("con.jpg", "con_.jpg"),
        ("aux .tar.gz", "aux_.tar.gz"),
        ("Com1.2023.png", "Com1_.2023.png"),
        ("contact.jpg", "contact.jpg"),
        ("photo\u202egpj.exe", "photo_gpj.exe"),
        (os.fsdecode(b"caf\xe9.jpg"), "caf_.jpg"),
        ("-rf.jpg", "-rf.jpg"),
        ("no extension at all. It is a sentence", "no extension at all. It is a sentence"),
    ],
)
def test_names_are_good_everywhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(), st.integers(1, 99_999))
def test_any_text_becomes_a_name_that_can_be_used(text: str, number: int) -> None:
    name = numbered(safe_name(text), number)
    assert 0 < len(name.encode("utf-8")) <= MOST_BYTES
    assert not set('<>:"/\\|?*\0') & set(name)
    assert not name.startswith(".")
    assert name[-1] not in ". "
    assert safe_name(name) == name


def test_a_long_name_keeps_its_extension_and_whole_characters() -> None:
    name = safe_name("写" * 300 + ".jpeg")
    assert name.endswith("写.jpeg")
    assert 250 < len(name.encode()) <= MOST_BYTES
    assert numbered(name, 12).endswith("写 (12).jpeg")


def test_numbers_stand_before_the_extension() -> None:
    assert [numbered("Rome.jpg", number) for number in (1, 2, 3)] == ["Rome.jpg", "Rome (2).jpg", "Rome (3).jpg"]
    assert numbered("Rome", 2) == "Rome (2)"


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{name}", "Rome 1.JPG"),
        ("{date:%Y-%m-%d} {stem}.{ext}", "2023-05-14 Rome 1.JPG"),
        ("{date} {id}", "2023-05-14 12.JPG"),
        ("{number:04}-{title}", "0007-Am Tiber.JPG"),
        ("{camera} v{version} {kind}", "Nikon_ Z_6 v2 image.JPG"),
        ("{date:%d/%m/%Y}", "14_05_2023.JPG"),
        ("{imported}.jpg", "undated.jpg"),
        ("{{x}} {stem}", "{x} Rome 1.JPG"),
    ],
)
def test_templates(template: str, name: str) -> None:
    assert NameTemplate(template).name_of(ROME) == name


@pytest.mark.parametrize(
    "template", ["{nam}", "{0}", "{}", "{name.x}", "{id!r}", "{name", "a}", "{id:%Y}", "{stem:05d}"]
)
def test_a_field_that_is_not_there_is_named_with_those_that_are(template: str) -> None:
    with pytest.raises(UsageError) as told:
        NameTemplate(template)
    assert all(f"{{{field}}}" in str(told.value) for field in FIELDS)


def test_a_template_has_no_folder_in_it() -> None:
    with pytest.raises(UsageError, match="has a folder in it"):
        NameTemplate("../{name}")


def test_no_title_is_the_stem_and_no_extension_is_none(tmp_path: Path) -> None:
    bare = NameFacts("scan", 1)
    assert NameTemplate("{title} {date}").name_of(bare) == "scan undated"
    assert NameTemplate("{stem}.{ext}").name_of(bare) == "scan"
