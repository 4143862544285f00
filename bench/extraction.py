"""How much of submissions is extracted rightly: the seed, a PDF of it, documents made for testing, and such held out.

`python -m bench.extraction` prints a table for each, with the targets for the seed; exit 1 if one is missed.
`python -m bench.extraction NAME` prints the table of one document, with `--misses` also what is missed or wrong in it.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from bench.extraction_coverage import coverage
from bench.extraction_expected import SEED, Expected, expected, held_out, names, second
from bench.extraction_report import lines, misses, types
from bench.extraction_scoring import compare
from uprgraph.extraction.reading import read
from uprgraph.extraction.recognising import recognise

PDF_MAKER = "tests.extraction.pdf_maker"
PDF = f"{SEED}.pdf"


def measure() -> int:
    """Print the table of every document; return how many targets the seed misses, as text and as PDF."""
    missed = _measure(expected(SEED))
    if importlib.util.find_spec(PDF_MAKER):
        missed += _measure_pdf()
    for name in [*names()[1:], *second(), *held_out()]:
        _measure(expected(name))
    return missed


def _measure_pdf(*, with_misses: bool = False) -> int:
    """Measure a PDF made from the text of the seed."""
    wanted = expected(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PDF
        importlib.import_module(PDF_MAKER).make(read(wanted.source), path)
        return _measure(wanted, path, with_misses=with_misses)


def _measure(wanted: Expected, path: Path | None = None, *, with_misses: bool = False) -> int:
    """Print the table of a document; return how many targets it misses, of those that count for it."""
    document = read(path or wanted.source)
    draft = recognise(document)
    comparison = compare(wanted, draft)
    covered = coverage(document, draft)
    print(f"-- {path.name if path else wanted.name}")
    missed = 0
    for line in lines(comparison, covered):
        print(f"  {'!' if line.good is False else ' '} {line.text}")
        missed += line.good is False
    print(f"    types of findings taken for others: {types(comparison)}", flush=True)
    if with_misses:
        for text in misses(comparison, covered, draft):
            print(text)
    return missed if wanted.name == SEED else 0


def main(arguments: list[str]) -> int:
    """Measure what the arguments name, or everything."""
    parser = ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    parser.add_argument(
        "name",
        nargs="?",
        help=f"one of {', '.join([*names(), *second(), *held_out(), PDF])}; the first letters are enough",
    )
    parser.add_argument("--misses", action="store_true", help="list what is missed, wrong, or not understood")
    options = parser.parse_args(arguments)
    if options.name is None and not options.misses:
        return 1 if measure() else 0
    chosen = [name for name in [*names(), *second(), *held_out(), PDF] if name.startswith(options.name or "")]
    if not chosen:
        parser.error(f"no document is called {options.name}")
    if options.name in chosen:
        chosen = [options.name]
    missed = sum(
        _measure_pdf(with_misses=options.misses)
        if name == PDF
        else _measure(expected(name), with_misses=options.misses)
        for name in chosen
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
