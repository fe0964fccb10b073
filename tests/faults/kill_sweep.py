"""Kill an import before each of its changing calls, and check every promise.

    python -m tests.faults.kill_sweep [--full | --points N] [--at N…] [--move | --window] [--jobs N]

Exit code: 0 every promise was kept, 1 some was broken, 3 there is no C compiler.
"""

from __future__ import annotations

import sys

from tests.faults.running import run_sweep
from tests.faults.shim import KILL


def main(arguments: list[str]) -> int:
    return run_sweep(arguments, __doc__ or "", [KILL])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
