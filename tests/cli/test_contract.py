"""The contract of the command line: names, JSON keys, exit codes, on real files."""

from __future__ import annotations

import hashlib
import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run, keeproom
from tests.conftest import MakePicture

ASSET_KEYS = {
    *("id", "name", "kind", "mime", "sha256", "size", "status", "width", "height", "duration", "captured_at"),
    *("imported_at", "rating", "label", "flag", "title", "description", "tags", "version", "trashed_at", "sources"),
}
FILE_KEYS = {"event", "path", "outcome", "asset", "sha256", "size", "reason"}
SUMMARY_KEYS = {
    *("event", "import", "found", "imported", "duplicates", "failed", "skipped", "stages_failed", "bytes", "seconds"),
}


def test_import_tells_of_each_file_and_sums_up(run: Run, make_picture: MakePicture) -> None:
    photo = make_picture("Rome.jpg")
    (photo.parent / "notes.txt").write_text("x")
    answer = run("import", photo.parent)
    *files, summary = answer.records
    assert answer.code == 0
    assert set(summary) == SUMMARY_KEYS
    assert all(set(file) == FILE_KEYS and file["event"] == "file" for file in files)
    by_name = {Path(file["path"]).name: file for file in files}
    assert by_name["Rome.jpg"] == {
        "event": "file",
        "path": str(photo),
        "outcome": "imported",
        "asset": 1,
        "sha256": hashlib.sha256(photo.read_bytes()).hexdigest(),
        "size": photo.stat().st_size,
        "reason": None,
    }
    assert by_name["notes.txt"]["outcome"] == "skipped"
    assert by_name["notes.txt"]["reason"]["code"] == "not-media"
    assert (summary["event"], summary["import"], summary["found"], summary["imported"]) == ("summary", 1, 2, 1)


def test_when_import_ends_every_stage_has_ended(run: Run, make_picture: MakePicture) -> None:
    run("import", make_picture())
    assert [asset["status"] for asset in run("list").records] == ["ready"]
    assert run("jobs").records == []


def test_list_and_show_have_the_keys_of_the_contract(run: Run, corpus: Path) -> None:
    run("import", corpus / "photos" / "cameras" / "DSCN0010.jpg")
    (asset,) = run("list").records
    shown = run("show", asset["id"]).last
    assert set(asset) == ASSET_KEYS
    assert set(shown) == ASSET_KEYS | {"metadata", "stages", "collections", "creator", "place"}
    assert asset["captured_at"] == "2008-10-22T16:28:39"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", asset["imported_at"])
    assert shown["metadata"]["EXIF:Model"] == "COOLPIX P6000"
    assert set(shown["stages"]) == {"metadata", "picture"}
    assert set(shown["stages"]["picture"]) == {"state", "attempts", "tool", "error"}
    assert (asset["rating"], asset["label"], asset["flag"], asset["tags"], asset["version"]) == (0, None, None, [], 1)


def test_cat_gives_the_bytes_and_refuses_damaged_ones(run: Run, make_picture: MakePicture, tmp_path: Path) -> None:
    photo = make_picture()
    run("import", photo)
    assert run("cat", 1).out == photo.read_bytes() == run("cat", 1, "--version", 1).out
    (asset,) = run("list").records
    sha256 = asset["sha256"]
    blob = tmp_path / "Library" / "blobs" / sha256[:2] / sha256[2:4] / sha256
    blob.chmod(0o600)
    blob.write_bytes(b"x" + photo.read_bytes()[1:])
    refused = run("cat", 1)
    assert (refused.code, refused.out) == (1, b"")
    assert "damaged" in refused.err
    verified = run("verify")
    assert verified.code == 1
    assert verified.records[0] == {"sha256": sha256, "state": "damaged"}
    summary = {"event": "summary", "checked": 1, "ok": 0, "damaged": 1, "missing": 0, "altered": 0, "repaired": 0}
    assert verified.last == summary


def test_thumbnail_gives_a_jpeg(run: Run, corpus: Path) -> None:
    run("import", corpus / "photos" / "cc0" / "balloon.jpg")
    for size in (256, 512):
        with Image.open(io.BytesIO(run("thumbnail", 1, "--size", size).out)) as picture:
            assert (picture.format, max(picture.size)) == ("JPEG", min(size, 305))  # it is never blown up


def test_a_failed_stage_makes_exit_code_1_and_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fake.jpg").write_text("text")
    answer = run("import", tmp_path / "fake.jpg")
    assert (answer.code, answer.last["imported"], answer.last["stages_failed"]) == (1, 1, 1)
    assert "fake.jpg is kept as asset 1, but its picture failed: No reader knows" in answer.err
    (job,) = run("jobs").records
    assert set(job) == {"job", "stage", "asset", "state", "attempts", "error", "worker"}
    assert (job["stage"], job["state"], job["attempts"], job["asset"]) == ("picture", "failed", 3, 1)
    assert run("jobs", "retry", 1).last == {"retried": 1}
    assert run("work").code == 1
    again = run("import", tmp_path / "fake.jpg")
    assert (again.code, again.last["duplicates"], again.last["stages_failed"]) == (1, 1, 1)


def test_a_paused_queue_is_said_and_not_waited_for(run: Run, make_picture: MakePicture) -> None:
    run("jobs", "pause")
    answer = run("import", make_picture())
    assert (answer.code, answer.last["imported"]) == (0, 1)
    assert "paused" in answer.err
    assert [asset["status"] for asset in run("list").records] == ["processing"]
    run("jobs", "resume")
    assert run("work").code == 0
    assert [asset["status"] for asset in run("list").records] == ["ready"]


def test_stats_and_count(run: Run, make_picture: MakePicture) -> None:
    photo = make_picture()
    run("import", photo)
    run("import", "--separate", photo)
    size = photo.stat().st_size
    assert run("count").records == [{"count": 2}]
    assert run("count", "kind:video").records == [{"count": 0}]
    assert run("stats").records == [
        {
            "assets": 2,
            "trashed": 0,
            "blobs": 1,
            "bytes": size,
            "bytes_saved": size,
            "by_kind": {"image": 2},
            "by_status": {"ready": 2},
        }
    ]


def test_a_dry_run_changes_nothing(run: Run, make_picture: MakePicture, tmp_path: Path) -> None:
    photo = make_picture()
    answer = run("import", "--dry-run", photo)
    assert (answer.records[0]["outcome"], answer.last["import"]) == ("imported", None)
    assert run("count").last == {"count": 0}
    assert keeproom("--library", tmp_path / "Library", "import", "--dry-run", photo).code == 0  # and it ends


def test_names_that_are_not_utf8_are_escaped_in_ascii(run: Run, make_picture: MakePicture) -> None:
    photo = make_picture(b"caf\xe9\nnew.jpg")
    answer = run("import", photo.parent)
    assert answer.records[0]["path"] == os.fsdecode(os.fsencode(photo))
    assert b"caf\\udce9\\nnew.jpg" in answer.out
    (asset,) = run("list").records
    assert os.fsencode(asset["name"]) == b"caf\xe9\nnew.jpg"


def test_a_text_listing_shows_any_name_in_one_line(make_picture: MakePicture, tmp_path: Path) -> None:
    keeproom("--library", tmp_path / "L", "import", make_picture(b"caf\xe9\n\x1b[31m.jpg"))
    lines = keeproom("--library", tmp_path / "L", "list").out.splitlines()
    assert len(lines) == 1
    assert b"\x1b" not in lines[0]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nonsense"], 2),
        (["import"], 2),
        (["list", "nosuchfield:1"], 2),
        (["list", "--sort", "colour"], 2),
        (["list", "--limit", "-1"], 2),
        (["show", "x"], 2),
        (["show", "77"], 1),
        (["cat", "77"], 1),
        (["jobs", "retry", "77"], 1),
        (["import", "does-not-exist.jpg"], 1),
        (["shot", "nonsense", "x.png"], 2),
    ],
)
def test_exit_codes(run: Run, arguments: list[str], code: int) -> None:
    answer = run(*arguments)
    assert answer.code == code
    assert answer.err or answer.last["failed"]


def test_a_folder_that_is_no_library_is_exit_code_3(tmp_path: Path) -> None:
    (tmp_path / "thing").write_text("x")
    answer = keeproom("--library", tmp_path, "list")
    assert (answer.code, answer.out) == (3, b"")
    assert str(tmp_path) in answer.err


def test_a_newer_library_is_exit_code_3(run: Run, tmp_path: Path) -> None:
    run("count")
    with closing(sqlite3.connect(tmp_path / "Library" / "catalog.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert run("list").code == 3


def test_the_librarys_own_files_are_refused(run: Run, tmp_path: Path) -> None:
    run("count")
    answer = run("import", tmp_path / "Library")
    assert (answer.code, answer.out) == (2, b"")


def test_options_may_stand_behind_the_command(tmp_path: Path) -> None:
    assert keeproom("count", "--json", "--library", tmp_path / "L").records == [{"count": 0}]


def test_a_leading_dash_is_a_name_behind_two_dashes(make_picture: MakePicture, tmp_path: Path) -> None:
    photo = make_picture("-rf.jpg")
    answer = keeproom("--library", tmp_path / "L", "--json", "import", "--", "-rf.jpg", folder=photo.parent)
    assert (answer.code, answer.last["imported"]) == (0, 1)


def test_doctor_names_what_there_is(run: Run) -> None:
    answer = run("doctor")
    assert answer.code == 0
    assert {"exiftool", "libmagic", "qt"} <= {check["check"] for check in answer.records}
    assert all(set(check) == {"check", "ok", "detail"} for check in answer.records)


def test_two_processes_import_the_same_folder_at_once(make_picture: MakePicture, tmp_path: Path) -> None:
    folder = make_picture("0.jpg").parent
    for number in range(1, 25):
        make_picture(f"{number}.jpg", number)
    command = [sys.executable, "-m", "keeproom", "--library", str(tmp_path / "L"), "--json", "import", str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        process.communicate(timeout=110)
        assert process.returncode == 0
    assets = keeproom("--library", tmp_path / "L", "--json", "list").records
    assert len(assets) == len({asset["sha256"] for asset in assets}) == 25
    assert {asset["status"] for asset in assets} == {"ready"}


def test_ctrl_c_ends_with_130_and_no_child_lives(make_picture: MakePicture, tmp_path: Path) -> None:
    folder = make_picture("0.jpg").parent
    for number in range(1, 200):
        make_picture(f"{number}.jpg", number)
    command = [sys.executable, "-m", "keeproom", "--library", str(tmp_path / "L"), "--json", "import", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    children = descendants(process.pid)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"Traceback" not in err
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    again = keeproom("--library", tmp_path / "L", "--json", "import", folder)
    assert (again.code, again.last["found"]) == (0, 200)
    assert keeproom("--library", tmp_path / "L", "--json", "count").last == {"count": 200}


def descendants(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    children = [int(word) for word in listed.split()]
    return children + [below for child in children for below in descendants(child)]


def test_a_library_may_be_named_like_a_command(tmp_path: Path) -> None:
    assert keeproom("--library", "list", "--json", "count", folder=tmp_path).records == [{"count": 0}]
    assert (tmp_path / "list" / "library.json").exists()
