"""Validating an import in bulk: the results of pySHACL, in a fraction of the time.

Shapes and background are read once; then one chunk after the other is judged together with the background. Why this is
neither pySHACL nor another library: docs/decisions/20261122-bulk-validation.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from uprgraph import resources, vocabulary
from uprgraph.files import walk
from uprgraph.validation import loading, shacl
from uprgraph.validation.bulk.compiling import Compiler
from uprgraph.validation.bulk.facts import Facts
from uprgraph.validation.bulk.shapes import Result
from uprgraph.validation.bulk.targets import Targets
from uprgraph.validation.bulk.terms import Key, LiteralKey, node_of
from uprgraph.validation.mending import advice
from uprgraph.validation.report import Violation, in_order

_LABELS = tuple(vocabulary.expand(name) for name in vocabulary.LABELS)


class BulkValidator:
    """Shapes, and a background to judge chunks of triples with. Not for several threads at once."""

    def __init__(
        self, shape_files: Sequence[loading.DataFile | Path], background: Iterable[ox.Triple | ox.Quad]
    ) -> None:
        """Read the shapes: files as read, or paths of files and folders; the prefixes of our ontology are added.

        Raises InvalidDataError for shapes that are no SHACL, or use of it what is not supported, and as `loading.read`.
        """
        paths = [each for each in shape_files if isinstance(each, Path)]
        files = [each for each in shape_files if not isinstance(each, Path)]
        named = list(walk([*paths, resources.ontology() / "prefixes.ttl"], loading.FORMATS))
        files += [loading.read(path, len(files) + number) for number, path in enumerate(named)]
        compiler = Compiler(shacl.graph_of(triple for file in files for triple in file.triples))
        self._targets = Targets(compiler)
        self._seen = compiler.seen
        self._background = Facts(background, self._targets.inverse, "background-")

    def violations(self, triples: Iterable[ox.Triple | ox.Quad]) -> tuple[Violation, ...]:
        """Return what is wrong with the subjects of the triples, in order, without file and line.

        The triples are judged together with the background, and with nothing of what was judged before.
        """
        chunk = Facts(triples, self._targets.inverse, "chunk-", self._background)
        found: list[Result] = []
        try:
            for subject, shapes in self._targets.near(chunk):
                for shape in shapes:
                    shape.find(chunk, subject, found)
            for node, shape in self._targets.far(chunk):
                shape.find(chunk, node, found)
        finally:
            self._seen.forget()
        return in_order(_violation(result, chunk) for result in found if result.focus in chunk.own)


def _violation(result: Result, facts: Facts) -> Violation:
    shape, value = result.shape, result.value
    focus = shacl.display(node_of(result.focus))
    return Violation(
        focus=focus,
        focus_iri=str(node_of(result.focus)),
        label=_label(facts, result.focus),
        path=result.path,
        value=shacl.display(node_of(value)) if value is not None and value != result.focus else None,
        message=result.message or "does not meet the shape",
        severity=shape.severity,
        shape=shape.name,
        constraint=result.component,
        file=None,
        line=None,
        mend=shape.mend or advice(result.component, result.path),
    )


def _label(facts: Facts, node: Key) -> str | None:
    return vocabulary.best_label(
        vocabulary.Label(value.text, value.language, place)
        for place, predicate in enumerate(_LABELS)
        for value in facts.values(node, predicate)
        if isinstance(value, LiteralKey)
    )
