"""Colour labels as programs write them. XMP keeps a label's name, which is what the program's user reads.

Lightroom, Bridge and digiKam write the names of their default sets, in the language they run in; a name that stands
here is understood whoever wrote it. Bridge's default set and Lightroom's "review status" name what is to be done.
"""

from __future__ import annotations

from collections.abc import Mapping

from keeproom.model import Label

_NAMES = {
    Label.RED: "red rot rouge rojo rosso vermelho rood röd rød punainen czerwony červená červený красный レッド 赤 红色"
    " 紅色 빨간색 빨강 select to_delete",
    Label.YELLOW: "yellow gelb jaune amarillo giallo amarelo geel gul keltainen żółty žlutá žlutý жёлтый желтый"
    " イエロー 黄 黄色 노란색 노랑 second color_correction_needed",
    Label.GREEN: "green grün vert verde groen grön grønn grøn vihreä zielony zelená zelený зелёный зеленый グリーン 緑"
    " 绿色 綠色 녹색 초록 approved good_to_use",
    Label.BLUE: "blue blau bleu azul blu blauw blå sininen niebieski modrá modrý синий ブルー 青 蓝色 藍色 파란색 파랑"
    " review retouching_needed",
    Label.PURPLE: "purple violett lila violet morado púrpura viola roxo paars purppura violetti fioletowy fialová"
    " purpurová пурпурный фиолетовый パープル 紫 紫色 자주색 보라 magenta to_do to_print",
}

LABELS: Mapping[str, Label] = {
    name.replace("_", " "): label for label, names in _NAMES.items() for name in names.casefold().split()
}
"""The labels by their names, which are to be casefolded."""

COLOR_LABELS: Mapping[float, Label] = {
    1: Label.RED,
    3: Label.YELLOW,
    4: Label.GREEN,
    5: Label.BLUE,
    6: Label.PURPLE,
}
"""digiKam's colours: 2 is orange, 6 magenta, 7 to 9 grey, black and white."""

DARKTABLE_LABELS: Mapping[float, Label] = dict(enumerate(Label))
