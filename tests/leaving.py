"""No test leaves a session behind: its workers would keep the interpreter from ending after the last test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from weakref import WeakSet

import pytest
from shiboken6 import isValid

from keeproom.workers.session import Session

_MADE: WeakSet[Session] = WeakSet()
_init = Session.__init__


def _noting(self: Session, *arguments: Any, **named: Any) -> None:
    _init(self, *arguments, **named)
    _MADE.add(self)


Session.__init__ = _noting  # type: ignore[method-assign]


@pytest.fixture(scope="module", autouse=True)
def nothing_left_open() -> Iterator[None]:
    """After the last test of a module all its sessions are closed, shared ones included."""
    yield
    left = [session for session in _MADE if not session._ended]
    for session in left:
        (session.close if isValid(session) else session._crew.stop)()
    assert not left, f"{len(left)} sessions were left open"
