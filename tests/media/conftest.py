"""Real readers, the corpus, and small files made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import av
import pytest
from PIL import Image

from keeproom.media.metadata import MetadataReader
from keeproom.media.pictures import PictureReader
from keeproom.media.previews import PreviewReader
from keeproom.media.slots import ReaderSlots
from keeproom.media.sniffing import HEAD_BYTES, identify
from keeproom.model import FileType

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

Colour = tuple[int, int, int]
Frames = Sequence[Image.Image]


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not here")
    return CORPUS


@pytest.fixture(scope="session")
def slots(tmp_path_factory: pytest.TempPathFactory) -> ReaderSlots:
    return ReaderSlots(tmp_path_factory.mktemp("run") / "slots")


@pytest.fixture(scope="session")
def pictures(slots: ReaderSlots) -> Iterator[PictureReader]:
    with PictureReader(slots) as reader:
        yield reader


@pytest.fixture(scope="session")
def previews() -> Iterator[PreviewReader]:
    with PreviewReader() as reader:
        yield reader


@pytest.fixture(scope="session")
def metadata(slots: ReaderSlots) -> Iterator[MetadataReader]:
    with MetadataReader(slots) as reader:
        yield reader


@pytest.fixture(scope="session")
def type_of() -> Callable[[Path], FileType | None]:
    def identified(path: Path) -> FileType | None:
        with path.open("rb") as file:
            return identify(file.read(HEAD_BYTES), path.name)

    return identified


@pytest.fixture(scope="session")
def scene() -> Callable[..., Image.Image]:
    """A picture with four quarters of different colours, so that every turn of it can be told."""

    def drawn(width: int = 96, height: int = 64, colours: Sequence[Colour] | None = None) -> Image.Image:
        image = Image.new("RGB", (width, height))
        quarters = colours or [(200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30)]
        for number, colour in enumerate(quarters):
            left, top = number % 2 * width // 2, number // 2 * height // 2
            image.paste(colour, (left, top, left + width // 2, top + height // 2))
        return image

    return drawn


@pytest.fixture(scope="session")
def make_video() -> Callable[..., Path]:
    """Encode pictures, each shown for a tenth of a second; `before` may change the stream before it starts."""

    def made(
        path: Path,
        frames: Frames,
        codec: str = "mpeg4",
        container: str | None = None,
        before: Callable[[av.VideoStream], None] | None = None,
        pixels: str = "yuv420p",
    ) -> Path:
        with av.open(str(path), "w", format=container) as output:
            stream = output.add_stream(codec, rate=10 if codec not in {"mpeg1video", "mpeg2video"} else 25)
            stream.width, stream.height, stream.pix_fmt = frames[0].width, frames[0].height, pixels
            stream.bit_rate = 2_000_000
            if before is not None:
                before(stream)
            for image in frames:
                output.mux(stream.encode(av.VideoFrame.from_image(image)))
            output.mux(stream.encode())
        return path

    return made


@pytest.fixture(scope="session")
def make_sound() -> Callable[..., Path]:
    """Encode a second of a quiet hum."""

    def made(path: Path, codec: str, container: str | None = None, rate: int = 48000) -> Path:
        with av.open(str(path), "w", format=container) as output:
            stream = output.add_stream(codec, rate=rate, layout="mono")
            stream.bit_rate = 12200 if rate == 8000 else 64000
            resampler = av.AudioResampler(stream.codec_context.format or "s16", "mono", rate)
            frame = av.AudioFrame(format="s16", layout="mono", samples=rate)
            frame.sample_rate = rate
            wave = b"".join((1000 * (i // 50 % 2)).to_bytes(2, "little") for i in range(rate))
            frame.planes[0].update(wave.ljust(frame.planes[0].buffer_size, b"\0"))
            fifo = av.AudioFifo()
            for piece in resampler.resample(frame):
                fifo.write(piece)
            size = stream.codec_context.frame_size or 1024
            while (piece := fifo.read(size) or fifo.read(size, partial=True)) is not None:
                output.mux(stream.encode(piece))
            output.mux(stream.encode())
        return path

    return made
