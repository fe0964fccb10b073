"""Names of cameras."""

from __future__ import annotations

import pytest

from keeproom.media.camera import camera_name


@pytest.mark.parametrize(
    ("make", "model", "expected"),
    [
        ("Canon", "Canon EOS 40D", "Canon EOS 40D"),
        ("NIKON CORPORATION", "NIKON D70", "NIKON D70"),
        ("NIKON", "E950", "NIKON E950"),
        ("OLYMPUS OPTICAL CO.,LTD", "C960Z,D460Z", "OLYMPUS C960Z,D460Z"),
        ("EASTMAN KODAK COMPANY", "KODAK DC240 ZOOM DIGITAL CAMERA", "KODAK DC240 ZOOM DIGITAL CAMERA"),
        ("SANYO Electric Co.,Ltd.", "SX113 ", "SANYO SX113"),
        ("FUJI PHOTO FILM CO., LTD.", "FinePix40i", "FUJI FinePix40i"),
        ("Hewlett-Packard", "HP PhotoSmart", "Hewlett-Packard HP PhotoSmart"),
        ("Apple", "iPhone 11 Pro Max", "Apple iPhone 11 Pro Max"),
        ("Canon\0\0", None, "Canon"),
        (None, 6900, "6900"),
        ("FUJIFILM", 6900, "FUJIFILM 6900"),
        ("a\nb", "c\x00d", "a b c"),
        ("", "  ", None),
        (None, None, None),
        (b"x", ("y",), None),
    ],
)
def test_camera_name(make: object, model: object, expected: str | None) -> None:
    assert camera_name(make, model) == expected
