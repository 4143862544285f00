"""From what a curator types to entries of codelists, with what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable

from uprgraph.catalog.parameters import Parameter
from uprgraph.engines.terms import Iri
from uprgraph.errors import UnknownValueError
from uprgraph.graph import open_graph


class Labels:
    """Resolves labels against the shipped graph, which is opened when the first is typed."""

    def __init__(self) -> None:
        self._graph = open_graph()

    def notation(self, scheme: str, text: str) -> str:
        """Return the notation of the entry of a codelist that a label, code or IRI names.

        Raises UnknownValueError, with what may have been meant, if it names none or several.
        """
        term = self._graph.resolver.term(Parameter("", "concept", scheme=scheme), text)
        assert isinstance(term, Iri)  # noqa: S101 - for the type checker: a concept has an IRI
        return term.value.rpartition("/")[2]

    def edited(self, scheme: str, before: Iterable[str], typed: str) -> list[str]:
        """Return a list of notations after an edit: "+label" adds, "-label" removes, labels alone replace all.

        Several are parted by semicolons. Raises UnknownValueError as `notation` does, and for one to remove that is
        not there.
        """
        found = dict.fromkeys(before)
        parts = [part.strip() for part in typed.split(";") if part.strip()]
        if not any(part[:1] in ("+", "-") for part in parts):
            found = {}
        for part in parts:
            notation = self.notation(scheme, part.lstrip("+-").strip())
            if not part.startswith("-"):
                found[notation] = None
            elif notation in found:
                del found[notation]
            else:
                raise UnknownValueError(f"it does not concern {notation}", list(found))
        return list(found)
