"""Making a new catalog from `schema.sql`: what all migrations come to, without importing Alembic (0.5 s).

A test holds the file and the migrations together; `python -m keeproom.catalog.migrating` writes it anew.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

from keeproom.catalog import sqlite
from keeproom.catalog.schema import HEAD

SCHEMA = Path(__file__).parent / "schema.sql"


def create_catalog(file: Path, device: UUID) -> None:
    """Make an empty file a catalog of the newest schema; `device` names this copy of it in the log.

    Raises:
        OSError: there is no space for it.
    """
    script = f"""
        BEGIN IMMEDIATE;
        {SCHEMA.read_text("utf-8")}
        INSERT INTO alembic_version VALUES ('{HEAD}');
        INSERT INTO state (id, revision, device, sequence) VALUES (1, 0, '{device.hex}', 0);
        PRAGMA user_version = {HEAD};
        COMMIT;
    """
    with sqlite.house_errors(file), closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in sqlite.PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        connection.executescript(script)
