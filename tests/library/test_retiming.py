"""Other dates: what a name says, what a shift or a zone makes of a date, and the table that is shown before."""

from __future__ import annotations

from datetime import datetime

import pytest

from keeproom.errors import AssetNotFoundError, UsageError
from keeproom.library.datednames import time_in_name
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.opening import Library
from keeproom.library.retiming import FromName, SetTime, SetZone, Shift, TimeRow, edit_of, plan_times
from keeproom.library.statements import parse_captured
from keeproom.model import CaptureTime
from tests.histories import WALL, make_assets, shown


def at(text: str) -> CaptureTime:
    return parse_captured(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_20230514_100203.jpg", "2023-05-14T10:02:03"),
        ("IMG_20230514_100203_1.jpg", "2023-05-14T10:02:03"),
        ("IMG_20230514_100203123_HDR.jpg", "2023-05-14T10:02:03"),
        ("VID_20230514_100203.mp4", "2023-05-14T10:02:03"),
        ("20230514_100203.jpg", "2023-05-14T10:02:03"),
        ("20230514100203.jpg", "2023-05-14T10:02:03"),
        ("PXL_20230514_100203123.jpg", "2023-05-14T10:02:03+00:00"),
        ("2023-05-14 10.02.03.jpg", "2023-05-14T10:02:03"),
        ("2023-05-14T10:02:03.png", "2023-05-14T10:02:03"),
        ("Screenshot_2023-05-14-10-02-03.png", "2023-05-14T10:02:03"),
        ("Screenshot_20230514-100203_Maps.jpg", "2023-05-14T10:02:03"),
        ("Screenshot from 2023-05-14 10-02-03.png", "2023-05-14T10:02:03"),
        ("Screenshot 2023-05-14 at 3.04.05\u202fPM.png", "2023-05-14T15:04:05"),
        ("Screenshot 2023-05-14 at 12.04.05 am.png", "2023-05-14T00:04:05"),
        ("WhatsApp Image 2023-05-14 at 10.02.03.jpeg", "2023-05-14T10:02:03"),
        ("signal-2023-05-14-100203.jpg", "2023-05-14T10:02:03"),
        ("IMG-20230514-WA0001.jpg", "2023-05-14T12:00:00"),
        ("2023_05_14 party.jpg", "2023-05-14T12:00:00"),
        ("scan 1956.07.01.tif", "1956-07-01T12:00:00"),
        ("2023-05-14 1002.jpg", "2023-05-14T12:00:00"),
        ("2023-13-14 then 2023-05-14.jpg", "2023-05-14T12:00:00"),
        ("20230514_250203.jpg", None),
        ("2023-02-30.jpg", None),
        ("IMG_1234.jpg", None),
        ("1720230514.jpg", None),
        ("202305141.jpg", None),
        ("2023-05_14.jpg", None),
        ("3023-05-14.jpg", None),
        ("\u0662\u0660\u0662\u0663-05-14.jpg", None),
        ("", None),
    ],
)
def test_what_a_name_says(name: str, expected: str | None) -> None:
    found = time_in_name(name)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("before", "change", "expected"),
    [
        ("2023-05-01T10:00:00+02:00", Shift(3_661), "2023-05-01T11:01:01+02:00"),
        ("2023-01-01T00:00:00", Shift(-1), "2022-12-31T23:59:59"),
        ("2023-05-01T10:00:00", SetZone(120), "2023-05-01T10:00:00+02:00"),
        ("2023-05-01T10:00:00+02:00", SetZone(-330), "2023-05-01T10:00:00-05:30"),
        ("2023-05-01T10:00:00+02:00", SetZone(None), "2023-05-01T10:00:00"),
        ("2023-05-01T01:00:00+02:00", SetZone(-300, "moment"), "2023-04-30T18:00:00-05:00"),
        ("2023-05-01T10:00:00+02:00", SetTime(CaptureTime(WALL, -60)), "2020-01-01T10:00:00-01:00"),
        ("2023-05-01T10:00:00+02:00", SetTime(None), None),
        ("2023-05-01T10:00:00+02:00", FromName(), "2023-05-14T10:02:03+02:00"),
    ],
)
def test_what_becomes_of_a_date(library: Library, before: str, change: Shift, expected: str | None) -> None:
    make_assets(library, 1)
    edit_assets(library, [1], Edit({"captured": at(before), "name": "IMG_20230514_100203.jpg"}))
    (row,) = plan_times(library, [1], change)
    assert (row.before, row.reason) == (at(before), None)
    assert (row.after.isoformat() if row.after else None) == expected
    edit_assets(library, [1], Edit(retime=change))
    assert shown(library, 1).captured == row.after


def test_a_name_in_utc_is_put_on_the_clock_of_its_place(library: Library) -> None:
    make_assets(library, 1)
    edit_assets(library, [1], Edit({"captured": at("2023-01-01T00:00:00+02:00"), "name": "PXL_20230514_230203123.jpg"}))
    (row,) = plan_times(library, [1], FromName())
    assert row.after == at("2023-05-15T01:02:03+02:00")


@pytest.mark.parametrize(
    ("before", "change", "reason"),
    [
        (None, Shift(60), "no date to shift"),
        (None, SetZone(60), "no date"),
        ("2023-05-01T10:00:00", SetZone(60, "moment"), "time zone is not known"),
        ("2023-05-01T10:00:00", FromName(), "no date in its name"),
        ("9999-12-31T23:59:59", Shift(1), "1 and 9999"),
        ("0001-01-01T00:00:00", Shift(-1), "1 and 9999"),
        ("0001-01-01T00:00:00+00:00", SetZone(-60, "moment"), "1 and 9999"),
        ("2023-05-01T10:00:00", Shift(10**30), "1 and 9999"),
    ],
)
def test_where_nothing_can_be_made_of_it_the_row_says_why(
    library: Library, before: str | None, change: Shift, reason: str
) -> None:
    make_assets(library, 2)
    edit_assets(library, [1], Edit({"captured": at(before) if before else None}))
    edit_assets(library, [2], Edit({"captured": at("2023-05-01T10:00:00+01:00"), "name": "2023-05-14.jpg"}))
    row = plan_times(library, [1, 2], change)[0]
    assert row.reason is not None
    assert reason in row.reason
    assert row.after == row.before == (at(before) if before else None)
    assert 1 not in edit_of(plan_times(library, [1, 2], change)).each["captured"]
    assert 1 not in edit_assets(library, [1, 2], Edit(retime=change)).changed


def test_the_table_is_in_the_order_asked_and_becomes_one_edit(library: Library) -> None:
    make_assets(library, 3)
    rows = plan_times(library, [3, 1, 3], Shift(60))
    later = CaptureTime(WALL.replace(minute=1))
    assert rows == [TimeRow(id_, f"{id_}.jpg", CaptureTime(WALL), later, None) for id_ in (3, 1)]
    assert edit_assets(library, [1, 2, 3], edit_of(rows)).changed == (1, 3)
    assert [shown(library, id_).captured for id_ in (1, 2)] == [later, CaptureTime(WALL)]


def test_the_ends_of_time_are_kept(library: Library) -> None:
    make_assets(library, 1)
    for text in ("0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59+14:00"):
        edit_assets(library, [1], Edit({"captured": at(text)}))
        captured = shown(library, 1).captured
        assert captured is not None
        assert captured.isoformat() == text


@pytest.mark.parametrize("change", [SetZone(841), SetZone(-841), SetTime(CaptureTime(WALL, 9_999))])
def test_impossible_zones_are_refused(library: Library, change: SetZone) -> None:
    make_assets(library, 1)
    with pytest.raises(UsageError, match="time zone"):
        plan_times(library, [1], change)
    with pytest.raises(UsageError, match="time zone"):
        edit_assets(library, [1], Edit(retime=change))


def test_an_unknown_asset_is_refused(library: Library) -> None:
    with pytest.raises(AssetNotFoundError, match="8"):
        plan_times(library, [8], Shift(1))


@pytest.mark.parametrize(
    ("text", "wall", "offset"),
    [
        ("2023-05-01T10:00:00Z", (2023, 5, 1, 10), 0),
        ("2023-05-01 10:00", (2023, 5, 1, 10), None),
        ("2023-05-01T10:00:00.75-03:30", (2023, 5, 1, 10), -210),
        ("2023-05-01", (2023, 5, 1, 12), None),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, wall: tuple[int, ...], offset: int | None) -> None:
    assert parse_captured(text) == CaptureTime(datetime(*wall), offset)  # type: ignore[arg-type]  # noqa: DTZ001
