"""Write docs/queries.md, the catalogue of questions, from the headers of the files in queries/."""

from __future__ import annotations

import sys

from uprgraph import resources
from uprgraph.catalog import catalogue
from uprgraph.catalog.page import page
from uprgraph.errors import UprGraphError


def main() -> int:
    """Write the page and return the exit code."""
    try:
        text = page(catalogue.shipped().questions())
        (resources.root() / "docs" / "queries.md").write_text(text, encoding="utf-8")
    except UprGraphError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
