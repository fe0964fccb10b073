"""One item in words: the sections of Info, what stands under its name, and why it has no preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from keeproom.model import CaptureTime, JobState, Kind, Stage, Status
from keeproom.ui.inspector import camerawords as camera
from keeproom.ui.inspector.fact import Fact, Row, facts_of
from keeproom.ui.status import KINDS
from keeproom.ui.texts import clock, locale, number, plural, printable, size, tr

if TYPE_CHECKING:
    from keeproom.library.inspecting import Inspection

FEW_ORIGINS = 3
NO_BREAK = "\N{NO-BREAK SPACE}"
LABELS: Mapping[str, str] = {
    "red": "Red",
    "yellow": "Yellow",
    "green": "Green",
    "blue": "Blue",
    "purple": "Purple",
}
FLAGS: Mapping[str, str] = {"pick": "Picked", "reject": "Rejected"}
_FORMATS: Mapping[str, str] = {
    "webp": "WebP",
    "jpeg2000": "JPEG 2000",
    "pnm": "Portable anymap",
    "ico": "Icon",
    "matroska": "Matroska",
    "webm": "WebM",
    "mpegts": "MPEG transport stream",
    "ogg": "Ogg",
    "wavpack": "WavPack",
    "musepack": "Musepack",
    "ape": "Monkey's Audio",
    "raw": "Camera raw",
}
"""Formats whose names are no abbreviations; the others are shown in capitals."""

_CODECS: Mapping[str, str] = {
    "h264": "H.264",
    "hevc": "H.265",
    "h263": "H.263",
    "mpeg4": "MPEG-4",
    "mpeg2video": "MPEG-2",
    "mpeg1video": "MPEG-1",
    "prores": "ProRes",
    "mjpeg": "Motion JPEG",
    "theora": "Theora",
    "opus": "Opus",
    "vorbis": "Vorbis",
    "wavpack": "WavPack",
}
"""Codecs as FFmpeg names them, where capitals would not do."""


def day(moment: datetime) -> str:
    """`Sun, 14 May 2023`, as the locale writes it; names are shortened, for the column is narrow."""
    written = locale().dateFormat(QLocale.FormatType.LongFormat)
    return locale().toString(_date(moment), written.replace("dddd", "ddd").replace("MMMM", "MMM"))


def short_day(moment: datetime) -> str:
    """A day without its weekday."""
    written = locale().dateFormat(QLocale.FormatType.LongFormat).replace("MMMM", "MMM")
    bare = written.replace("dddd, ", "").replace(", dddd", "").replace("dddd", "").strip(" ,")
    return locale().toString(_date(moment), bare)


def _date(moment: datetime) -> QDate:
    return QDate(moment.year, moment.month, moment.day)


def time_of_day(moment: datetime) -> str:
    return locale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def taken(captured: CaptureTime) -> str:
    """Day with weekday, then the camera's time with its offset where that is known."""
    lines = f"{day(captured.wall)}\n{time_of_day(captured.wall)}"
    return lines if captured.offset_minutes is None else f"{lines} · {offset(captured.offset_minutes)}"


def offset(minutes: int) -> str:
    """`UTC+02:00`."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def moment(at: datetime) -> str:
    """A moment on the clock of this place."""
    here = at.astimezone()
    return f"{short_day(here)}, {time_of_day(here)}"


def format_name(item: Inspection) -> str:
    """`JPEG`; what stands after the slash of its type where no reader knows it."""
    if item.format is None:
        return item.details.asset.mime.partition("/")[2]
    return _FORMATS.get(item.format, item.format.upper())


def dimensions(item: Inspection) -> str | None:
    """`6,000 × 4,000 · 24 megapixels`; small pictures have no megapixels worth telling."""
    asset = item.details.asset
    if not asset.width or not asset.height:
        return None
    sides = f"{number(asset.width)} × {number(asset.height)}"
    megapixels = asset.width * asset.height / 1_000_000
    if asset.kind is not Kind.IMAGE or megapixels < 0.5:
        return sides
    figure = locale().toString(megapixels, "f", 0 if megapixels >= 10 else 1)
    written = tr("{figure} MP").format(figure=figure).replace(" ", NO_BREAK)
    return f"{sides} · {written}"


def stars(rating: int) -> str:
    return "★" * rating + "☆" * (5 - rating) if 0 < rating <= 5 else ""


def label(name: str | None) -> str | None:
    return tr(LABELS.get(name, name)) if name else None


def flag(name: str | None) -> str | None:
    return tr(FLAGS.get(name, name)) if name else None


def under_name(item: Inspection) -> str:
    """`Photo · JPEG · 8.1 MB`."""
    asset = item.details.asset
    return " · ".join((tr(KINDS[asset.kind].one), format_name(item), size(asset.size_bytes)))


def read_sections(item: Inspection) -> list[list[Fact]]:
    """What is read and not stated, section by section: what stands below what is edited."""
    sections = [[fact for fact in section if fact.label not in _EDITED] for section in info_sections(item)]
    return [section for section in sections if section]


def info_sections(item: Inspection) -> list[list[Fact]]:
    """All that is known of an item, section by section; nothing of what there is not."""
    sections = [facts_of(rows, item) for rows in _SECTIONS]
    sections[-1] += _origins(item)
    return [section for section in sections if section]


def _tags(item: Inspection) -> camera.Tags:
    return item.details.metadata


def _only_sound(item: Inspection, text: str | None) -> str | None:
    return text if item.details.asset.kind is Kind.AUDIO else None


def _version(item: Inspection) -> str | None:
    version = item.details.asset.version
    return number(version) if version > 1 else None


def _codecs(item: Inspection) -> str | None:
    """What a video or a sound is coded with; a picture's format says that."""
    if item.details.asset.kind is Kind.IMAGE:
        return None
    return ", ".join(_CODECS.get(codec, codec.upper()) for codec in item.codecs)


_STATED: tuple[Row[Inspection], ...] = (
    Row("Title", lambda item: item.details.asset.title),
    Row("Description", lambda item: item.details.asset.description),
    Row(
        "Rating",
        lambda item: stars(item.details.asset.rating),
        lambda item: plural(item.details.asset.rating, "%n star", "%n stars"),
    ),
    Row("Label", lambda item: label(item.details.asset.label)),
    Row("Flag", lambda item: flag(item.details.asset.flag)),
    Row("Tags", lambda item: ", ".join(item.details.asset.tags)),
    Row("Collections", lambda item: ", ".join(item.details.collections)),
    Row("Creator", lambda item: item.details.creator),
)
_TAKEN: tuple[Row[Inspection], ...] = (
    Row("Taken", lambda item: taken(at) if (at := item.details.asset.captured) else None),
    Row("Camera", lambda item: item.camera),
    Row("Lens", lambda item: camera.lens(_tags(item))),
    Row("Exposure", lambda item: camera.exposure(_tags(item))),
    Row("Place", lambda item: item.details.place),
    Row("Position", lambda item: camera.coordinates(_tags(item))),
    Row("Artist", lambda item: _only_sound(item, camera.artist(_tags(item)))),
    Row("Album", lambda item: _only_sound(item, camera.album(_tags(item)))),
    Row("Track", lambda item: _only_sound(item, camera.track(_tags(item)))),
)
_FILE: tuple[Row[Inspection], ...] = (
    Row("Kind", lambda item: f"{tr(KINDS[item.details.asset.kind].one)} · {format_name(item)}"),
    Row("Dimensions", dimensions),
    Row("Length", lambda item: clock(length) if (length := item.details.asset.duration_s) is not None else None),
    Row("Frames", lambda item: camera.frame_rate(_tags(item)) if item.details.asset.kind is Kind.VIDEO else None),
    Row("Coded with", _codecs),
    Row("Size", lambda item: size(item.details.asset.size_bytes)),
)
_KEPT: tuple[Row[Inspection], ...] = (
    Row("Imported", lambda item: moment(item.details.asset.imported_at)),
    Row("In trash", lambda item: moment(at) if (at := item.details.asset.trashed_at) else None),
    Row("Version", _version),
)
_EDITED = frozenset({row.label for row in _STATED} | {"Taken", "Place"})
_SECTIONS: Sequence[tuple[Row[Inspection], ...]] = (_STATED, _TAKEN, _FILE, _KEPT)
"""A line of Info is one row here."""


def _origins(item: Inspection) -> list[Fact]:
    shown = item.origins[:FEW_ORIGINS]
    facts = [
        Fact("" if at else "Came from", readable(str(origin.path)), place=origin.path)
        for at, origin in enumerate(shown)
    ]
    if len(item.origins) > FEW_ORIGINS:
        more = len(item.origins) - FEW_ORIGINS
        facts.append(Fact("", plural(more, "and %n more place", "and %n more places")))
    return facts


def readable(text: str) -> str:
    """A name or a path for the screen: bytes that are no text are shown as such, lines as one."""
    return " ".join(printable(text).splitlines()) or text


def no_preview(item: Inspection) -> str:
    """Why there is no picture to show; empty where there is one."""
    asset = item.details.asset
    picture = item.details.stages.get(Stage.PICTURE)
    if asset.status is Status.MISSING:
        return tr("The file is gone from the library")
    if item.thumbnailed:
        return ""
    if picture is not None and picture.state is JobState.FAILED:
        return tr("No preview could be made")
    if picture is not None and picture.state is not JobState.DONE:
        return tr("The preview is being prepared")
    return tr("No cover picture") if asset.kind is Kind.AUDIO else tr("No picture in this file")
