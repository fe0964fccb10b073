"""A paused queue: files come in, and their stages wait until someone goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.command import Place
from tests.faults.promises import listed, stages

pytestmark = pytest.mark.timeout(100)


def test_a_paused_queue_is_said_and_not_waited_for(place: Place, photos: Path) -> None:
    place.fill(photos)
    count = len([*photos.iterdir()])
    assert place.run("jobs", "pause").code == 0

    ran = place.import_files()

    assert ran.code == 0
    assert ran.summary is not None
    assert ran.summary["imported"] == count
    assert "paused" in ran.errors
    assert ran.seconds < 15
    assert {asset.status for asset in listed(place.library)} <= {"importing", "processing"}
    assert set(stages(place.library).values()) == {"waiting"}

    assert place.run("jobs", "resume").code == 0
    assert place.run("work").code == 0
    assert {asset.status for asset in listed(place.library)} == {"ready"}
    assert set(stages(place.library).values()) == {"done"}
