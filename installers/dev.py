#!/usr/bin/env python3
"""Set up this checkout and start something of it.

    python3 installers/dev.py run [ARGUMENT…]   Keeproom itself; needs a screen for the window
    python3 installers/dev.py demo [FOLDER]     a library of pictures made for it, and screenshots of the window
    python3 installers/dev.py pictures PATH…    the README's pictures anew, of files that may be shown
    python3 installers/dev.py test [ARGUMENT…]  lint, types, layers and all tests; arguments go to pytest
    python3 installers/dev.py lint              all but the tests
    python3 installers/dev.py bench NAME        a benchmark; without a name, which ones there are

The first start installs what is missing. Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 something has to be
done by hand first, and is named.
"""

import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  (this file is what tells)
    sys.exit("Keeproom needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from installers.commands import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], __doc__ or ""))
