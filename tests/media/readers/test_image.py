"""Still pictures: their pixels, not only their sizes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from keeproom.errors import ReaderFailedError, UnreadableMediaError
from keeproom.media.pictures import PictureReader
from keeproom.media.slots import ReaderSlots
from keeproom.model import FileType, Picture

Colour = tuple[int, int, int]


def _thumbnail(picture: Picture, size: int = 512) -> Image.Image:
    return Image.open(io.BytesIO(picture.thumbnails[size]), formats=["JPEG"])


def _colours(picture: Picture) -> list[Colour]:
    """The four quarters' colours, left to right, top to bottom."""
    image = _thumbnail(picture)
    return [
        image.getpixel((int(image.width * x), int(image.height * y)))  # type: ignore[misc]
        for y in (0.25, 0.75)
        for x in (0.25, 0.75)
    ]


def _near(found: Sequence[Colour], expected: Sequence[Colour], within: int = 8) -> bool:
    pairs = zip(found, expected, strict=True)
    return all(abs(a - b) <= within for one, other in pairs for a, b in zip(one, other, strict=True))


GREYS = [(20, 20, 20), (90, 90, 90), (160, 160, 160), (240, 240, 240)]


@pytest.mark.parametrize(("name", "row"), [("a.jpg", "jpeg"), ("a.tif", "tiff"), ("a.webp", "webp"), ("a.png", "png")])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation(
    orientation: int, name: str, row: str, scene: Callable[..., Image.Image], pictures: PictureReader, tmp_path: Path
) -> None:
    """What the file stores is the scene turned back, so that every file is seen alike."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that undoes EXIF's number
    upright = scene(200, 100)
    stored = upright.transpose(Image.Transpose(back[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / name, exif=exif)
    picture = pictures.read(tmp_path / name, row)
    assert (picture.facts.width, picture.facts.height) == (200, 100)
    assert _thumbnail(picture).size == (200, 100)
    assert _near(_colours(picture), [(200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30)], 12)


@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
def test_the_eight_orientations_look_alike(shape: str, corpus: Path, pictures: PictureReader) -> None:
    read = [pictures.read(corpus / f"photos/orientation/{shape}_{number}.jpg", "jpeg") for number in range(1, 9)]
    assert len({(picture.facts.width, picture.facts.height) for picture in read}) == 1
    plain, *others = [_thumbnail(picture, 256).convert("L") for picture in read]
    for other in others:
        assert ImageStat.Stat(ImageChops.difference(plain, other)).mean[0] < 6


def test_sixteen_bits_are_scaled_not_clipped(pictures: PictureReader, tmp_path: Path) -> None:
    image = Image.new("I;16", (64, 64))
    for number, (grey, _, _) in enumerate(GREYS):
        left, top = number % 2 * 32, number // 2 * 32
        image.paste(grey * 257, (left, top, left + 32, top + 32))
    for name, row in (("a.png", "png"), ("a.tif", "tiff")):
        image.save(tmp_path / name)
        assert _near(_colours(pictures.read(tmp_path / name, row)), GREYS, 3), name


@pytest.mark.parametrize(("mode", "factor"), [("F", 1 / 255), ("F", 1000.0), ("I", 100_000)])
def test_floats_and_wide_integers_are_normalised(
    mode: str, factor: float, pictures: PictureReader, tmp_path: Path
) -> None:
    values = [0, 85, 170, 255]
    image = Image.new(mode, (64, 64))
    for number, value in enumerate(values):
        left, top = number % 2 * 32, number // 2 * 32
        image.paste(value * factor if mode == "F" else int(value * factor), (left, top, left + 32, top + 32))
    image.save(tmp_path / "a.tif")
    found = _colours(pictures.read(tmp_path / "a.tif", "tiff"))
    assert _near(found, [(value,) * 3 for value in values], 3)


def test_no_numbers_at_all_are_still_a_picture(pictures: PictureReader, tmp_path: Path) -> None:
    Image.new("F", (8, 8), float("nan")).save(tmp_path / "a.tif")
    assert pictures.read(tmp_path / "a.tif", "tiff").facts.width == 8


@pytest.mark.parametrize(("name", "row"), [("a.jpg", "jpeg"), ("a.tif", "tiff")])
def test_cmyk(name: str, row: str, scene: Callable[..., Image.Image], pictures: PictureReader, tmp_path: Path) -> None:
    colours = [(220, 30, 30), (30, 220, 30), (30, 30, 220), (250, 250, 250)]
    scene(64, 64, colours).convert("CMYK").save(tmp_path / name, quality=95)
    assert _near(_colours(pictures.read(tmp_path / name, row)), colours, 14)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "LAB"])
def test_other_modes(mode: str, scene: Callable[..., Image.Image], pictures: PictureReader, tmp_path: Path) -> None:
    black_white = [(0, 0, 0), (255, 255, 255), (255, 255, 255), (0, 0, 0)]
    image = scene(64, 64, black_white)
    if mode == "LAB":
        rgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        image = ImageCms.applyTransform(image, ImageCms.buildTransform(rgb, lab, "RGB", "LAB"))  # type: ignore[assignment]
        assert image.mode == "LAB"
    else:
        image = image.convert(mode)
    image.save(tmp_path / "a.tif")
    assert _near(_colours(pictures.read(tmp_path / "a.tif", "tiff")), black_white, 4)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_alpha_shows_a_mid_grey(mode: str, pictures: PictureReader, tmp_path: Path) -> None:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste((255, 255, 255, 255), (32, 0, 64, 64))
    image.convert(mode).save(tmp_path / "a.png")
    white, grey = (255, 255, 255), (128, 128, 128)
    assert _near(_colours(pictures.read(tmp_path / "a.png", "png")), [grey, white, grey, white], 4)


def _swapped_profile() -> bytes:
    """A valid profile whose red and green primaries have changed places, so that applying it can be seen."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12)}
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data).replace(b"s\0R\0G\0B", b"o\0t\0h\0e").replace(b"sRGB", b"else")


def test_a_colour_profile_is_applied(
    scene: Callable[..., Image.Image], pictures: PictureReader, tmp_path: Path
) -> None:
    colours = [(220, 30, 30), (30, 220, 30), (30, 30, 220), (128, 128, 128)]
    scene(64, 64, colours).save(tmp_path / "a.png", icc_profile=_swapped_profile())
    red, green, blue, grey = _colours(pictures.read(tmp_path / "a.png", "png"))
    assert _near([green, red, blue, grey], colours, 14)


@pytest.mark.parametrize(
    "profile", [b"broken", b"", bytes(4000), ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()]
)
def test_a_broken_or_foreign_profile_is_ignored(
    profile: bytes, scene: Callable[..., Image.Image], pictures: PictureReader, tmp_path: Path
) -> None:
    colours = [(220, 30, 30), (30, 220, 30), (30, 30, 220), (128, 128, 128)]
    scene(64, 64, colours).save(tmp_path / "a.png", icc_profile=profile)
    assert _near(_colours(pictures.read(tmp_path / "a.png", "png")), colours, 8)


def test_small_pictures_are_not_enlarged(
    scene: Callable[..., Image.Image], pictures: PictureReader, tmp_path: Path
) -> None:
    scene(300, 200).save(tmp_path / "a.png")
    picture = pictures.read(tmp_path / "a.png", "png")
    assert (_thumbnail(picture).size, _thumbnail(picture, 256).size) == ((300, 200), (256, 171))
    scene(30, 20).save(tmp_path / "a.png")
    picture = pictures.read(tmp_path / "a.png", "png")
    assert picture.thumbnails[512] == picture.thumbnails[256]


@pytest.mark.parametrize("block", [b"Exif\0\0JUNK", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0"])
def test_broken_exif_does_not_cost_the_picture(block: bytes, pictures: PictureReader, tmp_path: Path) -> None:
    Image.new("RGB", (64, 48)).save(tmp_path / "a.jpg", exif=block)
    facts = pictures.read(tmp_path / "a.jpg", "jpeg").facts
    assert (facts.width, facts.height, facts.captured, facts.camera) == (64, 48, None, None)


@pytest.mark.parametrize("mode", ["I;16", "P", "RGB"])
def test_large_pictures_fit_in_the_memory_that_is_allowed(mode: str, slots: ReaderSlots, tmp_path: Path) -> None:
    """36 megapixels within 5 bytes for each, and 150 MiB for the reader itself."""
    Image.new(mode, (6000, 6000)).save(tmp_path / "a.png", compress_level=1)
    with PictureReader(slots, memory_bytes=330 << 20) as reader:
        assert reader.read(tmp_path / "a.png", "png").facts.width == 6000


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (3000, 2)])
def test_odd_shapes(size: tuple[int, int], pictures: PictureReader, tmp_path: Path) -> None:
    Image.new("RGB", size, (10, 200, 10)).save(tmp_path / "a.png")
    picture = pictures.read(tmp_path / "a.png", "png")
    assert (picture.facts.width, picture.facts.height) == size
    assert max(_thumbnail(picture, 256).size) == min(256, max(size))


def test_the_average_colour(pictures: PictureReader, tmp_path: Path) -> None:
    Image.new("RGB", (900, 600), (0x20, 0x80, 0xE0)).save(tmp_path / "a.png")
    assert pictures.read(tmp_path / "a.png", "png").facts.colour == 0x2080E0


def test_nothing_of_the_original_but_pixels_is_in_a_thumbnail(pictures: PictureReader, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret description"
    Image.new("RGB", (600, 600)).save(tmp_path / "a.jpg", exif=exif, comment="secret comment")
    picture = pictures.read(tmp_path / "a.jpg", "jpeg")
    assert all(b"secret" not in data for data in picture.thumbnails.values())


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize(("name", "row"), [("a.jpg", "jpeg"), ("a.png", "png")])
def test_a_truncated_picture_says_so(
    name: str, row: str, share: float, pictures: PictureReader, tmp_path: Path
) -> None:
    path = tmp_path / name
    Image.effect_noise((400, 300), 50).convert("RGB").save(path)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(UnreadableMediaError, match="ends too early"):
        pictures.read(path, row)


def test_too_many_pixels_are_named_before_they_are_decoded(pictures: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (8, 8)).save(path)
    data = bytearray(path.read_bytes())
    data[16:24] = (30_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)
    with pytest.raises(UnreadableMediaError, match="900 megapixels"):
        pictures.read(path, "png")


def test_a_jpeg_counts_by_the_size_at_which_it_is_decoded(pictures: PictureReader, tmp_path: Path) -> None:
    """A header of 625 megapixels before the data of 64 × 64: libjpeg fills up with grey."""
    path = tmp_path / "a.jpg"
    Image.new("L", (64, 64)).save(path)
    data = bytearray(path.read_bytes())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = (25_000).to_bytes(2, "big") * 2
    path.write_bytes(data)
    assert pictures.read(path, "jpeg").facts.width == 25_000


def test_every_file_of_the_corpus_reads_or_says_why(
    corpus: Path, pictures: PictureReader, type_of: Callable[[Path], FileType | None]
) -> None:
    """Where it fails, it is the file's fault, and the same reader process goes on."""
    read, failures, processes = 0, [], set()
    for path in sorted(corpus.rglob("*")):
        found = type_of(path) if path.is_file() else None
        if found is None or found.format is None:
            continue
        try:
            pictures.read(path, found.format)
            read += 1
        except UnreadableMediaError as error:
            failures.append((path, error))
        processes.add(pictures._driver._process)
    for path, failure in failures:
        assert not isinstance(failure, ReaderFailedError), path
        assert str(failure).endswith("."), path
        assert "/" not in str(failure), path
    assert len(processes) == 1
    assert read > 280
    assert len(failures) < 60
