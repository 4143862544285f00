"""The sources that can be imported: how the files of each are read, and what datasets they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from uprgraph.errors import UnknownValueError, UsageError
from uprgraph.importing.job import Source
from uprgraph.sources.records import Problem, Record
from uprgraph.wording import nearest


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be read: the encoding of text, and the State under review and session, if no file says them."""

    encoding: str | None = None
    state: str | None = None
    session: int | None = None


Reader = Callable[[Sequence[Path], Options], Iterator[Source]]


def sources(name: str, paths: Sequence[Path], options: Options) -> Iterator[Source]:
    """Return what the files of a source are imported as. Raises UnknownValueError if there is no such source."""
    reader = _READERS.get(name)
    if reader is None:
        hint = f"the sources are: {', '.join(_READERS)}"
        raise UnknownValueError(f'there is no source "{name}"', nearest(name, _READERS), hint)
    return reader(paths, options)


def _upr_info(paths: Sequence[Path], options: Options) -> Iterator[Source]:
    """All files are one dataset, named by its sessions."""
    from uprgraph.sources import upr_info
    from uprgraph.sources.known import Known

    known = Known.load()
    sessions: set[int] = set()

    def items() -> Iterator[Record | Problem]:
        for item in chain.from_iterable(upr_info.read(path, known, options.encoding) for path in paths):
            if isinstance(item, Record) and item.session is not None:
                sessions.add(item.session)
            yield item

    yield Source("upr-info", items(), lambda: upr_info.describe(sessions))


def _wg_report(paths: Sequence[Path], options: Options) -> Iterator[Source]:
    """Each file is a dataset of its own: a document."""
    from uprgraph.sources import wg_report

    known = wg_report.Known.load()
    for path in paths:
        report = wg_report.load(path, known, options.encoding)
        yield Source("wg-report", wg_report.records(report, known), partial(wg_report.describe, report))


def _uhri(paths: Sequence[Path], options: Options) -> Iterator[Source]:
    """Each file is a dataset of its own, known by what it holds."""
    from uprgraph.sources import uhri
    from uprgraph.sources.known import Known

    known = Known.load()
    for path in paths:
        yield Source("uhri", uhri.read(path, known, options.encoding), partial(uhri.describe, path))


def _ohchr_matrix(paths: Sequence[Path], options: Options) -> Iterator[Source]:
    """Import each list alone: it is of one review, which it does not name."""
    from uprgraph.sources import ohchr_matrix
    from uprgraph.sources.known import Known

    if len(paths) > 1:
        raise UsageError("a thematic list does not say of which review it is", "import one at a time")
    known = Known.load()
    state, session = ohchr_matrix.review(known, options.state, options.session)
    items = ohchr_matrix.read(paths[0], known, state=options.state, session=options.session, encoding=options.encoding)
    yield Source("ohchr-matrix", items, partial(ohchr_matrix.describe, state, session))


_READERS: dict[str, Reader] = {
    "upr-info": _upr_info,
    "wg-report": _wg_report,
    "uhri": _uhri,
    "ohchr-matrix": _ohchr_matrix,
}
