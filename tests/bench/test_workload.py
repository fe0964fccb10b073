import av
import pytest
from PIL import ExifTags, Image

from tests.bench import bench_memory, product, workload
from tests.bench.plain_tools import shares_of
from tests.bench.rounds import Ratio, compare, medians, table, timed, verdict


@pytest.fixture
def small(monkeypatch):
    """Textures of the size that small pictures need, which are quick to make."""
    monkeypatch.setattr(workload, "TEXTURE", (2048, 1408))
    monkeypatch.setattr(workload, "PIXELS", (1, 2))
    workload._texture.cache_clear()
    workload._soft_texture.cache_clear()
    yield
    workload._texture.cache_clear()
    workload._soft_texture.cache_clear()


def test_photos_are_like_a_cameras(small, tmp_path):
    files = [workload.make_photo(tmp_path, number) for number in range(2)]
    for file, pixels in zip(files, (1_000_000, 2_000_000), strict=True):
        with Image.open(file) as photo:
            photo.load()
            assert photo.width * photo.height == pytest.approx(pixels, rel=0.05)
            assert 0.8 < file.stat().st_size * 8 / pixels < 3
            assert photo.getexif().get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal].startswith("2023:05:01")
    assert files[0].read_bytes() != files[1].read_bytes()


def test_the_same_number_gives_the_same_bytes(small, tmp_path):
    first = workload.make_photo(tmp_path, 1).read_bytes()
    assert workload.make_photo(tmp_path, 1).read_bytes() == first


def test_videos_play(small, tmp_path):
    file = workload.make_video(tmp_path, 0, size=(320, 240), frames=5)
    with av.open(str(file)) as video:
        assert sum(1 for _ in video.decode(video=0)) == 5


def test_a_video_filled_up_has_its_size_and_plays(small, tmp_path):
    file = bench_memory.make_video_of(bench_memory.SMALL, tmp_path)
    assert file.stat().st_size == bench_memory.SMALL
    with av.open(str(file)) as video:
        assert sum(1 for _ in video.decode(video=0)) == 24


def test_a_folder_is_made_once(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(workload, "_make_all", lambda folder, *counts: (folder.mkdir(), made.append(counts)))
    first, second = (workload.photos_and_videos(3, 1, within=tmp_path) for _ in range(2))
    assert first == second
    assert first.folder.is_dir()
    assert made == [(3, 1)]


def test_shares_weigh_about_the_same(tmp_path):
    files = []
    for number, size in enumerate((9, 1, 5, 4, 1)):
        files.append(tmp_path / str(number))
        files[-1].write_bytes(bytes(size))
    shares = shares_of(files, 2)
    assert sorted(file for share in shares for file in share) == files
    assert [sum(file.stat().st_size for file in share) for share in shares] == [10, 10]


def test_medians_are_taken_of_each_figure():
    assert medians([{"a": 1.0, "b": 9.0}, {"a": 3.0, "b": 7.0}, {"a": 2.0, "b": 8.0}]) == {"a": 2.0, "b": 8.0}


@pytest.mark.parametrize(("value", "target", "said"), [(0.8, 0.8, "met"), (0.81, 0.8, "MISSED"), (9, None, "")])
def test_the_verdict_is_plain(value, target, said):
    assert verdict(value, target) == said


def test_contenders_take_turns_and_their_ratio_is_told(capsys):
    turns = []

    def contender(name, seconds):
        return lambda: (turns.append(name), {"whole": seconds})[1]

    ratio = Ratio("the work", "whole", "whole", target=1.0)
    compare({"ours": contender("ours", 3.0), "theirs": contender("theirs", 2.0)}, [ratio], rounds=2)
    assert turns == ["ours", "theirs", "ours", "theirs"]
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.split() == ["the", "work", "3.00", "s", "2.00", "s", "1.50", "≤", "1.00", "MISSED"]


def test_the_time_of_children_counts():
    with timed() as clock:
        pass
    assert set(clock.figures) == {"whole", "CPU"}


def test_cells_stand_in_columns():
    assert table(["", "one"], [["a", "1"], ["long", "100"]]) == "      one\na       1\nlong  100"


def test_a_catalog_that_is_not_there_counts_nothing(tmp_path):
    assert product.photos_done(tmp_path) == 0
    assert product.stages_done(tmp_path) == 0
