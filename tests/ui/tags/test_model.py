"""The tree of tags as a model: what Qt asks of one, and 10,000 tags."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from keeproom.catalog.collation import folded
from keeproom.library.tagging import TagCount
from keeproom.ui.tags.model import COUNT, MIME, NAME, OWN, TagsModel
from keeproom.ui.tags.tree import Order, Tree, tree_of
from keeproom.ui.tags.view import TagsView
from keeproom.ui.theme.appearance import Appearance


def made(*tags: tuple[str, int]) -> Tree:
    counts = [TagCount(place, name, count, count) for place, (name, count) in enumerate(tags, 1)]
    return tree_of(counts, folded, {"animals": 7})


TREE = made(("animals/cat", 3), ("animals/dog", 5), ("sea", 1_204))


def test_the_model_holds_what_models_must(qtbot: QtBot) -> None:
    model = TagsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(TREE)
    model.sort_by(Order.COUNT, descending=True)
    model.set_filter("dog", only_unused=False)
    model.set_filter("", only_unused=False)
    model.show(made())
    model.show(TREE)
    assert tester.model() is model
    sea = model.index_of("sea")
    assert [sea.siblingAtColumn(column).data() for column in (NAME, COUNT, OWN)] == ["sea", "1,204", "1,204"]
    assert model.index_of("animals/dog").parent() == model.index_of("animals")
    assert model.index_of("animals").siblingAtColumn(COUNT).data() == "7", "some have both"
    assert model.index_of("animals").siblingAtColumn(OWN).data() == ""


def test_the_same_tags_change_nothing(qtbot: QtBot) -> None:
    model = TagsModel()
    assert model.show(TREE)
    with qtbot.assertNotEmitted(model.modelReset):
        assert not model.show(made(("animals/cat", 3), ("animals/dog", 5), ("sea", 1_204)))


def test_a_name_that_is_written_keeps_what_stands_above_it(qtbot: QtBot) -> None:
    model = TagsModel()
    model.show(TREE)
    cat = model.index_of("animals/cat")
    with qtbot.waitSignal(model.renamed) as told:
        model.setData(cat, " tiger ")
    assert told.args == ["animals/cat", "animals/tiger"]
    for same in ("cat", "", "  "):
        with qtbot.assertNotEmitted(model.renamed):
            model.setData(cat, same)


def test_tags_are_dropped_on_a_tag_or_beside_all(qtbot: QtBot) -> None:
    model = TagsModel()
    model.show(TREE)
    dragged = model.mimeData([model.index_of("sea"), model.index_of("sea").siblingAtColumn(COUNT)])
    assert dragged.hasFormat(MIME)
    for target, under in ((model.index_of("animals"), "animals"), (QModelIndex(), "")):
        with qtbot.waitSignal(model.moved) as told:
            model.dropMimeData(dragged, Qt.DropAction.MoveAction, -1, -1, target)
        assert told.args == [["sea"], under]
    assert not model.dropMimeData(QMimeData(), Qt.DropAction.MoveAction, -1, -1, QModelIndex())


def test_10_000_tags_stay_light(qtbot: QtBot, appearance: Appearance) -> None:
    names = [f"{top:02}/{middle:02}/{leaf}" for top in range(20) for middle in range(25) for leaf in range(20)]
    tree = made(*((name, len(name)) for name in names))
    model = TagsModel()
    view = TagsView(model)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    begun = perf_counter()
    model.show(tree)
    view.grab()
    model.sort_by(Order.COUNT, descending=True)
    model.set_filter("07/", only_unused=False)
    view.grab()
    model.set_filter("", only_unused=False)
    view.choose(["10/10/10"])
    view.grab()
    assert perf_counter() - begun < 2
    assert model.shown() == len(names)
    assert [node.name for node in view.chosen()] == ["10/10/10"]
