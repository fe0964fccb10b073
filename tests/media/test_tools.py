"""What an installation has and lacks."""

from __future__ import annotations

import sys

import pytest

from keeproom.media import sniffing
from keeproom.media.tools import versions


def test_everything_is_here() -> None:
    assert [row.check for row in versions() if not row.ok] == []


def test_what_lacks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(sniffing, "_magic", lambda: None)
    for name in ("pi_heif", "av", "PIL"):
        monkeypatch.setitem(sys.modules, name, None)
    rows = {row.check: row for row in versions()}
    assert not any(rows[name].ok for name in ("exiftool", "libmagic", "HEIC", "PyAV", "Pillow"))
    assert all(row.detail for row in rows.values())
