"""Whether our graphs are in a server, and intact."""

from __future__ import annotations

from collections.abc import Sequence

from uprgraph import resources
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.graph import Graph
from uprgraph.results.values import text
from uprgraph.stores import verifying
from uprgraph.stores.content import GRAPHS, contents
from uprgraph.stores.kinds import GENERIC
from uprgraph.stores.patient import Found, OutOfTimeError, Patient
from uprgraph.stores.verifying import Comparison
from uprgraph.version import __version__

_QUESTION = "opinions-by-right"
_SHOWN = 3


def missing(patient: Patient) -> Found:
    """Say which of the shipped graphs are not there."""
    names = _shipped()
    absent = [name for name in names if name not in patient.sizes]
    if not absent:
        return Found("good", f"all {len(names)} are there")
    if len(absent) == len(names):
        return Found("problem", f"none of {len(names)} is there", f"load them: {_load(patient)}")
    return Found(
        "problem", f"{len(absent)} of {len(names)} are not there: {_listed(absent)}", f"load: {_load(patient, absent)}"
    )


def intact(patient: Patient) -> Found:
    """Say which of the shipped graphs that are there have other content."""
    found = [content for content in contents() if content.graph in patient.sizes]
    if not found:
        return Found("unknown", "none is there to compare", "")
    compared: list[Comparison] = []
    for content in found:
        try:
            with patient.reader() as store:
                compared.append(verifying.verify(store, content))
        except OutOfTimeError as error:
            return Found("unknown", f"{len(compared)} of {len(found)} were compared; the others {error.message}", "")
    wrong = [each for each in compared if not each.same]
    if not wrong:
        return Found("good", f"{len(found)} have the content that is shipped with version {__version__}")
    names = [each.graph for each in wrong]
    said = "; ".join(f"{_short(each.graph)} {each}" for each in wrong[:_SHOWN])
    return Found(
        "problem",
        f"{len(wrong)} of {len(found)} {said}{_more(len(wrong))}",
        f"load again what should be as it is shipped: {_load(patient, names)}",
    )


def others(patient: Patient) -> Found:
    """Say which graphs under our base are not shipped: from imports, or left from an older version."""
    shipped = set(_shipped())
    rest = [str(row[0]) for row in patient.rows("graphs") if str(row[0]) not in shipped]
    if not rest:
        return Found("good", f"under {resources.BASE} there are only graphs that are shipped")
    return Found(
        "note",
        f"{len(rest)} that are not shipped with version {__version__}, from imports or older versions: {_listed(rest)}",
        f"to remove one, send the update DROP GRAPH <{rest[0]}>"
        + (f" to {patient.urls.update}" if patient.urls.update else ""),
    )


def version(patient: Patient) -> Found:
    """Say which version of the data the server's catalogue names."""
    rows = patient.rows("version")
    if not rows:
        return Found("not there", "the catalogue there names no version; releases do, in void.ttl", "")
    found = text(rows[0][0])
    if found == __version__:
        return Found("good", f"{found}, as here")
    return Found("note", f"{found} there, {__version__} here", "use the program and the data of one version")


def question(patient: Patient) -> Found:
    """Ask a question there and here, and compare the rows."""
    if set(_shipped()) - patient.sizes.keys():
        return Found("unknown", "not asked, since graphs are not there", f"load them: {_load(patient)}")
    here, there = (
        sorted(tuple(map(text, row)) for row in graph.query(_QUESTION).terms)
        for graph in (Graph(EmbeddedEngine.shipped(), ()), Graph(patient.engine))
    )
    if here != there:
        return Found(
            "problem",
            f"{_QUESTION} has {len(there)} rows, which are not the {len(here)} that it has here",
            "if all else is good, report it, with the server's version",
        )
    return Found("good", f"{_QUESTION} gives the same {len(here)} rows as here")


def _shipped() -> list[str]:
    return sorted({each.graph for each in resources.graph_files()})


def _load(patient: Patient, graphs: Sequence[str] = ()) -> str:
    """Return the command that loads these graphs, or all."""
    store = f" --store {patient.kind.key}" if patient.kind.key == GENERIC else ""
    only = "".join(f" --graph {_short(graph)}" for graph in graphs) if len(graphs) <= _SHOWN else ""
    user = patient.credentials.user if patient.credentials and patient.credentials.user else "NAME"
    who = f" --user {user}" if patient.asks_who_writes else ""
    return f"uprgraph load --endpoint {patient.urls.query}{store}{who}{only}"


def _short(graph: str) -> str:
    return graph.removeprefix(GRAPHS)


def _listed(graphs: Sequence[str]) -> str:
    return ", ".join(map(_short, graphs[:_SHOWN])) + _more(len(graphs))


def _more(number: int) -> str:
    return f" and {number - _SHOWN} more" if number > _SHOWN else ""
