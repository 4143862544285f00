"""Run every benchmark that needs nothing but this machine and PyPI; exit 1 if one misses its target.

One alone: `python -m bench.importing`, and so on.
"""

from __future__ import annotations

import sys

from bench import canned_full, canned_query, extraction, importing, serving


def main() -> int:
    """Run them one after the other, all of them even if one misses its target."""
    missed = 0
    for each in (extraction, canned_query, serving, importing, canned_full):
        print(f"== {each.__name__}", flush=True)
        missed += each.measure()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
