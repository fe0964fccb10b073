"""Bringing an older catalog up to date."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from keeproom.catalog import sqlite
from keeproom.errors import LibraryDamagedError

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(file: Path, *, migrations: Path = MIGRATIONS, to: str = "head") -> None:
    """Bring a catalog file to the newest schema in one explicit transaction; an empty file gets all of it.

    The caller holds the catalog's lock and has made a backup. After a failure the file is as it was.

    Raises:
        OSError: there is no space for it.
        LibraryDamagedError: the migrated catalog would break a reference between its tables.
    """
    engine = sqlite.make_engine(file)
    try:
        with sqlite.house_errors(file), engine.connect() as connection:
            # Batch migrations copy tables; with foreign keys on, ON DELETE CASCADE would delete the children.
            sqlite.without_foreign_keys(connection)
            connection.execution_options(writing=True)
            with connection.begin():
                _upgrade(connection, migrations, to)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise LibraryDamagedError(
                        f"The catalog {file} cannot be upgraded: {len(broken)} broken references."
                    )
    finally:
        engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as bare:
        bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def schema_of_migrations() -> str:
    """All SQL that the migrations come to, as `schema.sql` holds it: statements in the order of tables and names."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalog.sqlite3"
        file.touch()
        migrate(file)
        with closing(sqlite3.connect(file)) as connection:
            query = (
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
                " AND name NOT LIKE 'asset_words_%'"  # the search index makes its own
                " ORDER BY type = 'table' DESC, sql LIKE 'CREATE VIRTUAL%', type, name"
            )
            return "".join(f"{sql};\n" for (sql,) in connection.execute(query))


def _upgrade(connection: Connection, migrations: Path, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    number = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    connection.exec_driver_sql(f"PRAGMA user_version = {int(number)}")


if __name__ == "__main__":
    (Path(__file__).parent / "schema.sql").write_text(schema_of_migrations(), "utf-8")
