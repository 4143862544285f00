"""Run every benchmark; exit 1 if one misses its target."""

from __future__ import annotations

import sys

from bench import canned_query

if __name__ == "__main__":
    sys.exit(canned_query.measure())
