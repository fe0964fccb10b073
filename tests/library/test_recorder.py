"""The flight recorder: what it remembers, and where it writes."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

from keeproom.library.recorder import RECORDS, FlightRecorder


def recorder(folder: Path) -> tuple[FlightRecorder, logging.Logger]:
    handler = FlightRecorder()
    handler.folder = folder
    logger = logging.Logger("test", logging.DEBUG)
    logger.addHandler(handler)
    return handler, logger


def test_the_newest_records_are_written_with_the_reason(tmp_path: Path) -> None:
    handler, logger = recorder(tmp_path / "logs")
    for number in range(RECORDS + 5):
        logger.debug("record %d", number)
    file = handler.write("It was asked for.")
    lines = file.read_text("utf-8").splitlines()
    assert "It was asked for." in lines[1]
    assert lines[3].endswith("record 5")
    assert lines[-1].endswith(f"record {RECORDS + 4}")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_name_that_is_not_utf8_does_not_stop_it(tmp_path: Path) -> None:
    handler, logger = recorder(tmp_path)
    logger.info("file %s", "x\udcff.jpg")
    assert "x\\udcff.jpg" in handler.write("x").read_text("utf-8")
