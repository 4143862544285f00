"""Install what the tests of the running site ask it with: `python -m tests.server.live`."""

from __future__ import annotations

import sys

from tests.server.live.install import install

from uprgraph.errors import UprGraphError

if __name__ == "__main__":
    try:
        install()
    except (UprGraphError, OSError) as error:
        sys.exit(f"error: {error}")
