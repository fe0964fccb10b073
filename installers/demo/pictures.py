"""Make the demo's pictures and its video: `pictures.py FOLDER`. Runs in the checkout's environment.

Every picture is painted at twice its size and scaled down, so that edges are smooth; the same every time.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import av
from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

Colour = tuple[int, int, int]
Painter = Callable[["Motif"], Image.Image]

FIRST_DAY = datetime(2023, 5, 13, 9, 24)  # noqa: DTZ001  (a camera's wall clock)
CAMERAS = (("FUJIFILM", "X-T30"), ("Canon", "EOS R6"), ("Google", "Pixel 7"))
PALETTES: tuple[tuple[Colour, ...], ...] = (
    ((255, 226, 178), (246, 143, 92), (173, 72, 92), (72, 38, 84)),
    ((214, 236, 245), (131, 186, 211), (62, 115, 152), (24, 52, 88)),
    ((245, 240, 214), (178, 202, 142), (92, 141, 98), (32, 74, 66)),
    ((250, 220, 232), (213, 142, 190), (120, 84, 164), (44, 36, 98)),
    ((255, 244, 214), (250, 199, 92), (226, 126, 60), (122, 52, 40)),
    ((224, 240, 238), (120, 196, 190), (42, 128, 136), (20, 62, 80)),
)
SCALE = 2


@dataclass(frozen=True)
class Motif:
    """What a painter paints with: its size, already doubled, its colours from light to dark, and its chance."""

    width: int
    height: int
    palette: tuple[Colour, ...]
    chance: random.Random

    def sky(self, top: int, bottom: int) -> Image.Image:
        ramp = Image.linear_gradient("L").resize((self.width, self.height))
        return ImageOps.colorize(ramp, self.palette[top], self.palette[bottom])


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, painter, size) in enumerate(PICTURES):
        save(paint(painter, size, number), folder / f"{name}.jpg", number)
    film(folder / "Tide.mp4")


def paint(painter: Painter, size: tuple[int, int], number: int) -> Image.Image:
    """One picture at its final size."""
    palette = PALETTES[(number + number // 6) % len(PALETTES)]
    motif = Motif(size[0] * SCALE, size[1] * SCALE, palette, random.Random(number))
    return painter(motif).resize(size, Image.Resampling.LANCZOS)


def save(picture: Image.Image, file: Path, number: int) -> None:
    """Write a JPEG with the EXIF of a camera and a moment of its own."""
    make, model = CAMERAS[number % len(CAMERAS)]
    taken = FIRST_DAY + timedelta(days=number // 5 * 11, minutes=47 * number)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = make
    exif[ExifTags.Base.Model] = model
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    picture.convert("RGB").save(file, quality=88, exif=exif)


def mountains(motif: Motif) -> Image.Image:
    """Ridges that darken towards the front, under a low sun."""
    picture = motif.sky(1, 0)
    sun(picture, motif, 0.3 + 0.4 * motif.chance.random(), 0.42, 0.06)
    for ridge in range(6):
        depth = ridge / 5
        colour = blend(motif.palette[1], motif.palette[3], depth)
        base = motif.height * (0.48 + 0.1 * ridge)
        line = ridge_line(motif, base, motif.height * (0.05 + 0.03 * depth), 4 + ridge)
        ImageDraw.Draw(picture).polygon([*line, (motif.width, motif.height), (0, motif.height)], fill=colour)
    return picture


def sea(motif: Motif) -> Image.Image:
    """A horizon with the light of the sun on the water."""
    picture = motif.sky(2, 0)
    horizon = round(motif.height * 0.55)
    sun(picture, motif, 0.5, 0.5, 0.09)
    water = ImageOps.flip(picture.crop((0, 2 * horizon - motif.height, motif.width, horizon)))
    picture.paste(Image.blend(water, Image.new("RGB", water.size, motif.palette[3]), 0.5), (0, horizon))
    brush = ImageDraw.Draw(picture, "RGBA")
    for _ in range(420):
        depth = motif.chance.random() ** 1.6
        x = motif.width * (0.5 + (motif.chance.random() - 0.5) * (0.16 + depth))
        y = horizon + depth * (motif.height - horizon)
        length = motif.width * (0.008 + 0.05 * depth)
        brush.line((x - length, y, x + length, y), fill=(*motif.palette[0], 90), width=2 + round(7 * depth))
    return picture


def night(motif: Motif) -> Image.Image:
    """Stars, a band of haze, and a dark wood below."""
    picture = ImageOps.colorize(Image.linear_gradient("L").resize((motif.width, motif.height)), "#070b1c", "#243a63")
    haze = Image.effect_noise((motif.width // 40, motif.height // 40), 90).resize(
        picture.size, Image.Resampling.BICUBIC
    )
    haze = ImageOps.colorize(haze, "#000000", motif.palette[2]).filter(ImageFilter.GaussianBlur(40))
    picture = ImageChops.screen(picture, haze.point(lambda value: value * 0.45))
    brush = ImageDraw.Draw(picture)
    for _ in range(900):
        x, y = motif.chance.random() * motif.width, motif.chance.random() * motif.height * 0.85
        radius = 1 + 4 * motif.chance.random() ** 6
        brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill="#fdf6e3")
    for tree in range(60):
        x = motif.width * (tree + motif.chance.random()) / 60
        fir(brush, x, motif.height, motif.height * (0.1 + 0.2 * motif.chance.random()), (5, 9, 18))
    return picture


def wood(motif: Motif) -> Image.Image:
    """Firs in the mist, row behind row."""
    picture = motif.sky(0, 1)
    for row in range(5):
        brush = ImageDraw.Draw(picture)
        colour = blend(motif.palette[1], motif.palette[3], (row + 1) / 5)
        ground = motif.height * (0.52 + 0.11 * row)
        brush.rectangle((0, ground - 4, motif.width, motif.height), fill=colour)
        for _ in range(26 - 3 * row):
            height = motif.height * (0.14 + 0.05 * row) * (0.7 + 0.6 * motif.chance.random())
            fir(brush, motif.chance.random() * motif.width, ground, height, colour)
    return picture


def city(motif: Motif) -> Image.Image:
    """Houses at dusk with some of their windows lit."""
    picture = motif.sky(3, 1)
    brush = ImageDraw.Draw(picture)
    for row in range(3):
        x = -motif.chance.random() * 100
        while x < motif.width:
            width = motif.width * (0.05 + 0.06 * motif.chance.random())
            top = motif.height * (0.3 + 0.16 * row + 0.18 * motif.chance.random())
            brush.rectangle(
                (x, top, x + width, motif.height), fill=blend(motif.palette[2], (16, 14, 28), 0.35 + 0.3 * row)
            )
            windows(brush, motif, (x, top, width))
            x += width + 6
    return picture


def windows(brush: ImageDraw.ImageDraw, motif: Motif, house: tuple[float, float, float]) -> None:
    x, top, width = house
    step = max(26.0, width / 6)
    for column in range(1, int(width / step)):
        for floor in range(1, int((motif.height - top) / (step * 1.3))):
            if motif.chance.random() < 0.32:
                left, upper = x + column * step - step / 4, top + floor * step * 1.3 - step / 3
                brush.rectangle((left, upper, left + step / 2, upper + step * 0.6), fill=(255, 214, 130))


def circles(motif: Motif) -> Image.Image:
    """Transparent discs over one another."""
    picture = motif.sky(0, 1)
    brush = ImageDraw.Draw(picture, "RGBA")
    for _ in range(34):
        radius = motif.width * (0.03 + 0.17 * motif.chance.random() ** 2)
        x, y = motif.chance.random() * motif.width, motif.chance.random() * motif.height
        brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(*motif.chance.choice(motif.palette), 120))
    return picture


def waves(motif: Motif) -> Image.Image:
    """Bands that swing, from light to dark."""
    picture = Image.new("RGB", (motif.width, motif.height), motif.palette[0])
    brush = ImageDraw.Draw(picture)
    for band in range(12):
        phase, swing = motif.chance.random() * 6, motif.height * (0.03 + 0.03 * motif.chance.random())
        base = motif.height * (0.08 + 0.08 * band)
        line = [(x, base + swing * math.sin(phase + x * 7 / motif.width)) for x in range(0, motif.width + 40, 40)]
        colour = blend(motif.palette[0], motif.palette[3], (band + 1) / 12)
        brush.polygon([*line, (motif.width, motif.height), (0, motif.height)], fill=colour)
    return picture


def flower(motif: Motif) -> Image.Image:
    """Petals around a middle, before a soft background."""
    picture = motif.sky(1, 3)
    blots = ImageDraw.Draw(picture, "RGBA")
    for _ in range(60):
        x, y = motif.chance.random() * motif.width, motif.chance.random() * motif.height
        blots.ellipse((x - 90, y - 90, x + 90, y + 90), fill=(*motif.palette[2], 110))
    picture = picture.filter(ImageFilter.GaussianBlur(36))
    reach = min(motif.width, motif.height) * 0.4
    for ring, petals in enumerate((16, 12, 8)):
        brush = ImageDraw.Draw(picture)
        for petal in range(petals):
            angle = 2 * math.pi * (petal + ring / 2) / petals
            shape = petal_shape(motif.width / 2, motif.height / 2, angle, reach * (1 - 0.24 * ring))
            brush.polygon(shape, fill=blend(motif.palette[0], motif.palette[1], ring / 3 + 0.08 * (petal % 2)))
    centre, radius = (motif.width / 2, motif.height / 2), reach * 0.16
    ImageDraw.Draw(picture).circle(centre, radius, fill=motif.palette[3])
    return picture


def poster(motif: Motif) -> Image.Image:
    """A word, large, over stripes."""
    picture = Image.new("RGB", (motif.width, motif.height), motif.palette[3])
    brush = ImageDraw.Draw(picture)
    for stripe in range(-8, 16):
        x = stripe * motif.width / 10
        corners = [
            (x, 0),
            (x + motif.width / 20, 0),
            (x + motif.width / 3, motif.height),
            (x + 0.28 * motif.width, motif.height),
        ]
        brush.polygon(corners, fill=blend(motif.palette[3], motif.palette[2], 0.5))
    word = motif.chance.choice(("Kept.", "Room", "Light"))
    font = ImageFont.load_default(size=motif.width // 5)
    brush.text((motif.width / 2, motif.height / 2), word, fill=motif.palette[0], font=font, anchor="mm")
    return picture


def sun(picture: Image.Image, motif: Motif, x: float, y: float, radius: float) -> None:
    """A disc with its glow; place and radius as parts of the width and height."""
    centre = (x * motif.width, y * motif.height)
    glow = Image.new("L", (motif.width // 8, motif.height // 8))
    spot = (centre[0] / 8, centre[1] / 8)
    ImageDraw.Draw(glow).circle(spot, radius * motif.width / 4, fill=170)
    glow = glow.filter(ImageFilter.GaussianBlur(radius * motif.width / 10)).resize(
        picture.size, Image.Resampling.BICUBIC
    )
    picture.paste(Image.new("RGB", picture.size, (255, 250, 232)), mask=glow)
    ImageDraw.Draw(picture).circle(centre, radius * motif.width, fill=(255, 251, 238))


def ridge_line(motif: Motif, base: float, swing: float, detail: int) -> list[tuple[float, float]]:
    """A line of hills from left to right, as a sum of waves."""
    waves_of_hill = [
        (motif.chance.random() * 6, 2**wave * (0.7 + 0.6 * motif.chance.random())) for wave in range(detail)
    ]
    return [
        (x, base - sum(swing / (wave + 1) * math.sin(phase + speed * x * 5 / motif.width)
                       for wave, (phase, speed) in enumerate(waves_of_hill)))
        for x in range(0, motif.width + 8, 8)
    ]  # fmt: skip


def fir(brush: ImageDraw.ImageDraw, x: float, ground: float, height: float, colour: Colour) -> None:
    for layer in range(4):
        top, half = ground - height * (1 - 0.2 * layer), height * (0.1 + 0.05 * layer)
        brush.polygon([(x, top), (x + half, top + height * 0.42), (x - half, top + height * 0.42)], fill=colour)


def petal_shape(x: float, y: float, angle: float, reach: float) -> list[tuple[float, float]]:
    outline = []
    for part in range(25):
        turn = math.pi * part / 12
        along, across = reach * (1 - math.cos(turn)) / 2, reach * 0.17 * math.sin(turn)
        outline.append(
            (
                x + along * math.cos(angle) - across * math.sin(angle),
                y + along * math.sin(angle) + across * math.cos(angle),
            )
        )
    return outline


def blend(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def film(file: Path, size: tuple[int, int] = (640, 360), frames: int = 96) -> None:
    """Four seconds of waves that move."""
    with av.open(str(file), "w") as container:
        stream = container.add_stream("mpeg4", rate=24)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = *size, "yuv420p", 2_000_000
        for number in range(frames):
            picture = film_frame(size, number / frames)
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode())


def film_frame(size: tuple[int, int], part: float) -> Image.Image:
    palette = PALETTES[5]
    picture = ImageOps.colorize(Image.linear_gradient("L").resize(size), palette[0], palette[1])
    brush = ImageDraw.Draw(picture)
    for band in range(7):
        base = size[1] * (0.35 + 0.1 * band)
        line = [
            (x, base + 14 * math.sin(band + 2 * math.pi * part * (1 + band % 3) + x * 8 / size[0]))
            for x in range(0, size[0] + 8, 8)
        ]
        brush.polygon([*line, size, (0, size[1])], fill=blend(palette[0], palette[3], (band + 1) / 7))
    return picture


WIDE, TALL, SQUARE = (1620, 1080), (1080, 1620), (1200, 1200)
PICTURES: tuple[tuple[str, Painter, tuple[int, int]], ...] = (
    ("Evening ridges", mountains, WIDE),
    ("Harbour morning", sea, WIDE),
    ("Mist", wood, WIDE),
    ("Aster", flower, SQUARE),
    ("Old town", city, TALL),
    ("Bands", waves, WIDE),
    ("North", mountains, WIDE),
    ("Milky Way", night, TALL),
    ("Discs", circles, SQUARE),
    ("Poster", poster, WIDE),
    ("Ember sea", sea, WIDE),
    ("Teal valley", mountains, WIDE),
    ("Gerbera", flower, WIDE),
    ("Blue hour", city, WIDE),
    ("Clearing", wood, TALL),
    ("Violet tide", waves, WIDE),
    ("Clear night", night, WIDE),
    ("Bubbles", circles, WIDE),
    ("Sunset bay", sea, TALL),
    ("Blue ridge", mountains, WIDE),
    ("Moss", wood, WIDE),
    ("Dahlia", flower, TALL),
    ("Second poster", poster, SQUARE),
    ("Lagoon", waves, WIDE),
)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
