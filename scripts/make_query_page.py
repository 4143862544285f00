"""Write docs/queries.md, the catalogue of questions, from the headers of the files in queries/.

Usage: scripts/make_query_page.py
"""

from __future__ import annotations

import sys

from _main import run
from uprgraph import files, resources
from uprgraph.catalog import catalogue
from uprgraph.catalog.page import page


def main() -> str:
    """Write the page."""
    questions = catalogue.shipped().questions()
    files.write(resources.root() / "docs" / "queries.md", page(questions))
    return f"wrote docs/queries.md: {len(questions)} questions"


if __name__ == "__main__":
    run(main, __doc__ or "", sys.argv[1:])
