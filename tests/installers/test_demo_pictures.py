import av
import pytest
from PIL import Image

from installers.demo import pictures


@pytest.mark.parametrize("painter", sorted({row[1] for row in pictures.PICTURES}, key=lambda painter: painter.__name__))
def test_every_painter_paints_more_than_one_colour(painter):
    picture = pictures.paint(painter, (96, 64), number=3)
    assert picture.size == (96, 64)
    assert len(picture.getcolors(96 * 64)) > 10


def test_a_picture_is_the_same_every_time():
    assert pictures.paint(pictures.city, (60, 90), 4).tobytes() == pictures.paint(pictures.city, (60, 90), 4).tobytes()


def test_a_saved_picture_has_a_camera(tmp_path):
    pictures.save(Image.new("RGB", (8, 8)), tmp_path / "a.jpg", number=1)
    with Image.open(tmp_path / "a.jpg") as picture:
        assert picture.getexif()[pictures.ExifTags.Base.Model] == "EOS R6"


def test_the_film_has_all_its_frames(tmp_path):
    pictures.film(tmp_path / "film.mp4", size=(64, 48), frames=12)
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert sum(1 for _ in film.decode(video=0)) == 12
