"""Let each changing call of an import fail, as on a full or a broken disk, and check every promise.

    python -m tests.faults.error_sweep [--full | --points N] [--at N…] [--move] [--stays] [--what ENOSPC|EIO] [--jobs N]

Exit code: 0 every promise was kept, 1 some was broken, 3 there is no C compiler.
"""

from __future__ import annotations

import sys

from tests.faults.running import run_sweep
from tests.faults.shim import BROKEN, FULL


def main(arguments: list[str]) -> int:
    return run_sweep(arguments, __doc__ or "", [FULL, BROKEN])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
