from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.conftest import MakePicture


def test_export_names_each_file(run: Run, make_picture: MakePicture, tmp_path: Path) -> None:
    photo = make_picture("Rome.jpg")
    run("import", photo)
    answer = run("export", 1, "--to", tmp_path / "out")
    assert answer.code == 0
    assert answer.records == [{"asset": 1, "path": str(tmp_path / "out" / "Rome.jpg")}]
    assert (tmp_path / "out" / "Rome.jpg").read_bytes() == photo.read_bytes()


def test_what_fails_is_named(run: Run, make_picture: MakePicture, tmp_path: Path) -> None:
    run("import", make_picture("Rome.jpg"))
    answer = run("export", 7, 1, "--to", tmp_path / "out", "--name", "{id}-{stem}")
    assert answer.code == 1
    failed, done = answer.records
    assert failed == {"asset": 7, "path": None, "reason": {"code": "not-found", "message": "There is no such asset."}}
    assert done == {"asset": 1, "path": str(tmp_path / "out" / "1-Rome.jpg")}


def test_a_wrong_template_is_wrong_usage(run: Run, make_picture: MakePicture, tmp_path: Path) -> None:
    run("import", make_picture("Rome.jpg"))
    answer = run("export", 1, "--to", tmp_path / "out", "--name", "{nmae}")
    assert answer.code == 2
    assert "{nmae}" in answer.err
    assert "{stem}" in answer.err
    assert not (tmp_path / "out").exists()


def test_paths_are_absolute(run: Run, make_picture: MakePicture, tmp_path: Path, monkeypatch: object) -> None:
    run("import", make_picture("Rome.jpg"))
    answer = run("export", 1, "--to", str(tmp_path / "out") + "/", "--version", "1")
    assert answer.last["path"] == str(tmp_path / "out" / "Rome.jpg")
