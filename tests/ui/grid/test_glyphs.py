"""What a cell tells of groups, labels and flags without a word."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from keeproom.ui.grid.columns import COLUMNS
from keeproom.ui.grid.geometry import pictures
from keeproom.ui.grid.glyphs import GLYPH_PX, Glyph, glyphs_of, paint_glyph
from keeproom.ui.grid.painter import CellPainter, Facts
from keeproom.ui.grid.words import stated
from keeproom.ui.theme.palette import DARK, LIGHT
from tests.ui.helpers import make_cell


def drawn(glyph: Glyph) -> QImage:
    image = QImage(GLYPH_PX + 2, GLYPH_PX + 2, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_glyph(painter, glyph, QPointF(1, 1), LIGHT.text)
    painter.end()
    return image


def test_each_sign_looks_like_no_other(qapp: QApplication) -> None:
    assert all(drawn(one) != drawn(other) for one, other in combinations(Glyph, 2))


@pytest.mark.parametrize("those", [LIGHT, DARK])
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("facts", [{"stack_size": 3}, {"label": "red"}, {"flag": "pick"}, {"rating": 2}])
def test_what_is_stated_is_seen_with_names_and_without(
    qapp: QApplication, those: object, named: bool, facts: dict[str, object]
) -> None:
    painter = CellPainter(those, QFont(), 1.0, pictures(160, names=named))  # type: ignore[arg-type]
    plain = painter.build(Facts(make_cell(1))).image
    told = painter.build(Facts(make_cell(1, **facts))).image
    assert told != plain
    picture = QRect(0, 0, told.width() - 90, 100)
    assert told.copy(picture) == plain.copy(picture), "and covers nothing of the rest"


def test_what_is_rejected_is_paler(qapp: QApplication) -> None:
    painter = CellPainter(LIGHT, QFont(), 1.0, pictures(160))
    place = painter.build(Facts(make_cell(1))).frame.center()
    colours = [painter.build(Facts(make_cell(1, flag=flag))).image.pixelColor(place) for flag in ("pick", "reject")]
    assert colours[0] == QColor("#336699")
    assert colours[1].lightness() > colours[0].lightness() + 50


def test_signs_are_words_too() -> None:
    cell = make_cell(1, label="blue", flag="reject", stack_size=4)
    assert glyphs_of(cell) == [Glyph.BLUE, Glyph.REJECT]
    assert stated(cell).endswith("rejected · group of 4")
    assert COLUMNS["flag"].text(cell) == "Rejected"
    assert glyphs_of(make_cell(1, label="no colour of ours")) == []
