"""What is recorded: tables, sessions and migrations of one library's catalog.

The catalog is SQLite in WAL mode with full sync. Every write transaction begins IMMEDIATE, under an flock of its own
(`catalog.lock`): without that lock, busy polling once kept a writer waiting for 8 s; with it the worst wait was 0.24 s.
Each write takes the next revision number and stamps the rows it touches, so that any process can ask what is newer
than it knows.

Facts of the bytes are rows of `blob`; what a person states is a row of `asset`. Each change is also a row of the log
(`entry`, `change`), written in the same transaction.

SQL that only SQLite speaks is in `sqlite.py` and nowhere else.
"""
