"""All tags of files, in batches, with the blame on the right one."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from keeproom.errors import ReaderFailedError, UnreadableMediaError
from keeproom.media import metadata as module
from keeproom.media.metadata import BATCH, MetadataReader
from keeproom.media.pictures import PictureReader
from keeproom.media.slots import ReaderSlots
from keeproom.model import FileType, MetadataFacts

CULPRIT = """
import os, sys, time
from keeproom.media import reader
def handler(request):
    if any(path.endswith("culprit.jpg") for path in request["paths"]):
        {misdeed}
    return reader.read_metadata(request)
reader.HANDLERS = {{"metadata": handler}}
reader.confine = lambda *limits: None
reader.main(["metadata", "0", "0"])
"""
MISDEEDS = ("os.kill(os.getpid(), 11)", "time.sleep(100)", "return reader.Frame({'files': []})", "raise ValueError")


@pytest.fixture
def photo(tmp_path: Path, scene: Callable[..., Image.Image]) -> Path:
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "4711"
    exif.get_ifd(0x8769).update({0x9003: "2023:05:01 10:00:00", 0x9011: "+02:00"})
    scene(64, 48).save(path, exif=exif)
    return path


def test_tags_camera_and_time(photo: Path, metadata: MetadataReader) -> None:
    (facts,) = metadata.read([photo])
    assert isinstance(facts, MetadataFacts)
    assert facts.tags["File:ImageWidth"] == 64
    assert facts.tags["EXIF:Make"] == "Maker"
    assert facts.captured is not None
    assert facts.captured.isoformat() == "2023-05-01T10:00:00+02:00"
    assert facts.camera == "Maker 4711"
    assert facts.tool.startswith("exiftool 1")
    assert not {"SourceFile", "File:Directory", "File:FileName", "File:FileModifyDate"} & set(facts.tags)
    assert str(photo.parent) not in json.dumps(dict(facts.tags))


def test_order_and_length_are_those_of_the_question(photo: Path, tmp_path: Path, metadata: MetadataReader) -> None:
    gone, pipe, text = tmp_path / "gone.jpg", tmp_path / "pipe", tmp_path / "broken.png"
    os.mkfifo(pipe)
    text.write_bytes(b"no picture at all")
    paths = [photo, gone, *[photo] * BATCH, pipe, text, photo]
    results = metadata.read(paths)
    failed = {number: str(result) for number, result in enumerate(results) if not isinstance(result, MetadataFacts)}
    assert len(results) == len(paths)
    assert set(failed) <= {1, 34, 35}
    assert "No such file" in failed[1]
    assert "regular" in failed[34]
    assert not any(isinstance(result, ReaderFailedError) for result in results)


def test_nothing_is_asked_for_nothing(slots: ReaderSlots) -> None:
    with MetadataReader(slots, command=["/nonexistent"]) as reader:
        assert reader.read([]) == []


@pytest.mark.parametrize(
    "name", ["two\nlines.jpg", "a\n-execute\n.jpg", "\rreturn.jpg", "tab\t.jpg", "del\x7f.jpg", "\udcff.jpg"]
)
def test_names_that_could_be_commands_are_refused(name: str, photo: Path, metadata: MetadataReader) -> None:
    bad = photo.with_name(name)
    shutil.copy(photo, bad)
    with pytest.raises(ValueError):  # noqa: PT011 - of two kinds
        metadata.read([photo, bad])


def test_relative_paths_are_refused(metadata: MetadataReader, pictures: PictureReader) -> None:
    with pytest.raises(ValueError, match="not a path"):
        metadata.read([Path("-ver")])
    with pytest.raises(ValueError, match="not a path"):
        pictures.read(Path("photo.jpg"), "jpeg")


def test_without_exiftool_every_file_hears_of_it(
    photo: Path, slots: ReaderSlots, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with MetadataReader(slots) as reader:
        results = reader.read([photo] * 3)
    assert ["exiftool is not installed" in str(result) for result in results] == [True] * 3
    assert all(isinstance(result, ReaderFailedError) for result in results)


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_only_the_culprit_of_a_batch_is_charged(
    misdeed: str, photo: Path, slots: ReaderSlots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TIMEOUT_PER_FILE_S", 0.1)
    culprit = photo.with_name("culprit.jpg")
    shutil.copy(photo, culprit)
    command = [sys.executable, "-c", CULPRIT.format(misdeed=misdeed)]
    with MetadataReader(slots, timeout_s=1.5, command=command) as reader:
        results = reader.read([photo, culprit, photo])
    assert [type(result) for result in results] == [MetadataFacts, ReaderFailedError, MetadataFacts]


def test_the_whole_corpus(corpus: Path, metadata: MetadataReader, type_of: Callable[[Path], FileType | None]) -> None:
    paths = [path for path in sorted(corpus.rglob("*")) if path.is_file() and type_of(path) is not None]
    results = metadata.read(paths)
    assert len(results) == len(paths) > 300
    for path, result in zip(paths, results, strict=True):
        if isinstance(result, UnreadableMediaError):
            assert not isinstance(result, ReaderFailedError), path
            assert path.parent.name in {"png", "gif", "smallest"}, (path, result)
        else:
            json.dumps(dict(result.tags), allow_nan=False).encode()


def test_quick_facts_and_all_metadata_agree(
    corpus: Path, pictures: PictureReader, metadata: MetadataReader, type_of: Callable[[Path], FileType | None]
) -> None:
    paths = sorted((corpus / "photos/cameras").iterdir())
    for path, facts in zip(paths, metadata.read(paths), strict=True):
        found = type_of(path)
        assert found is not None
        assert found.format is not None
        quick = pictures.read(path, found.format).facts
        assert isinstance(facts, MetadataFacts)
        assert quick.camera == facts.camera, path.name
        assert quick.captured in {facts.captured, None}, path.name
