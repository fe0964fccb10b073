"""A window without a screen: its session, which imports a folder, or goes on with what an earlier one left.

    python -m tests.faults.window LIBRARY FOLDER

Says what it does in the lines of `keeproom --json import`, and ends when no import and no stage is open any more.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer

from keeproom.cli.shapes import report_shape
from keeproom.library.imports import ImportState, list_imports
from keeproom.library.opening import Library, open_library
from keeproom.library.queue import has_open_jobs
from keeproom.workers.imports import Continued
from keeproom.workers.session import Session


def say(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def is_done(library: Library) -> bool:
    """Whether there was an import, and nothing of any is open."""
    states = {record.state for record in list_imports(library)}
    return bool(states) and states <= {ImportState.ENDED, ImportState.CANCELLED} and not has_open_jobs(library)


def main(arguments: list[str]) -> int:
    library_folder, files = map(Path, arguments)
    application = QCoreApplication([])
    with open_library(library_folder) as library:
        is_new = not list_imports(library)
        session = Session(library)
        session.file_reported.connect(lambda report: say(report_shape(report)))
        session.continued.connect(on_continued)
        session.start()
        if is_new:
            session.import_paths([files])

        def look() -> None:
            session.run(lambda: is_done(library), on_known)

        def on_known(done: bool) -> None:
            if done:
                application.quit()
            else:
                QTimer.singleShot(50, look)

        look()
        application.exec()
        session.close()
    return 0


def on_continued(continued: Continued) -> None:
    say({"event": "continued", "files": continued.files, "unexpectedly": continued.unexpectedly, "pid": os.getpid()})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
