"""The peer: an import of UPR Info's export as one would write it with csv, rdflib, pySHACL and sqlite3 alone.

It makes the same statements as ours, which `bench.importing` checks, judges them by the same shapes, reports the same
problems, keeps them and makes their words searchable. It is not slowed down, and spared what rdflib is slow at: there
is one graph, without names, written as N-Triples, and neither hostile files nor other sources are provided for.

Usage: python bench/plain_import.py EXPORT.csv FOLDER ROOT SHIPPED.ttl...   ROOT holds ontology/, data/ and shapes/
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyshacl
from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, Namespace, URIRef

BASE = Namespace("https://w3id.org/uprgraph/")
UPR = Namespace(f"{BASE}ontology#")
UPR_INFO = URIRef(f"{BASE}id/organisation/UPR-Info")
UNKNOWN = "(Unknown)"
READ = ("To", "Text", "From", "Response", "Session", "Action", "Issue")
WORDS = {"supported": "Accepted", "noted": "Noted"}

Problems = list[tuple[int, str, str, str]]
"""The row, column, value and reason of each."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the export, its values mapped."""

    line: int
    state: URIRef
    session: int
    text: str
    recommender: URIRef | None
    source_response: str
    response: URIRef
    action: str
    issues: list[URIRef]


class Known:
    """What the values may be, by their names in lower case."""

    def __init__(self, root: Path) -> None:
        states = Graph().parse(root / "data/reference/states.ttl")
        self.labels = {str(state): str(label) for state, label in states[: RDFS.label] if label.language == "en"}
        self.states = {
            str(name).casefold(): URIRef(str(state))
            for predicate in (RDFS.label, SKOS.altLabel)
            for state, name in states.subject_objects(predicate)
        }
        issues = Graph().parse(root / "ontology/codelists/upr-info-issue.ttl")
        self.issues = {
            str(name).casefold(): URIRef(str(issue)) for issue, name in issues.subject_objects(SKOS.notation)
        }
        with (root / "data/reference/tables/source-responses.csv").open(encoding="utf-8", newline="") as file:
            self.responses = {
                row["value"].casefold(): BASE[f"code/response/{row['response']}"]
                for row in csv.DictReader(file)
                if row["source"] == "upr-info"
            }


def read(path: Path, known: Known, problems: Problems) -> Iterator[Row]:
    """Yield the rows that can be read, once each."""
    seen: set[tuple[str, ...]] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        end = reader.line_num if reader.fieldnames else 0  # only once the names are read does it count them
        for row in reader:
            start, end = end + 1, reader.line_num
            values = tuple(row[name].strip() for name in READ)
            if values in seen:
                problems.append((start, "", "", "a row that was there before"))
                continue
            seen.add(values)
            to, text, made_by, answer, session, action, labels = values
            state, response = known.states.get(to.casefold()), known.responses.get(answer.casefold())
            if state is None or response is None or not text or not session.isdecimal():
                problems.append((start, "To, Text, Response, Session", f"{to}, {answer}, {session}", "cannot be read"))
                continue
            recommender = known.states.get(made_by.casefold())
            if recommender is None or recommender == state:
                problems.append((start, "From", made_by, "no State that recommends"))
            issues = []
            for label in filter(None, (" ".join(each.split()) for each in labels.split(","))):
                if label.casefold() in known.issues:
                    issues.append(known.issues[label.casefold()])
                else:
                    problems.append((start, "Issue", label, "not known"))
            words = " ".join(text.split())
            made = recommender if recommender != state else None
            yield Row(start, state, int(session), words, made, answer, response, action, issues)


def state_all(rows: Iterator[Row], known: Known, graph: Graph) -> dict[URIRef, str]:
    """Add the statements of all rows to the graph; return the words of each recommendation."""
    reviews: dict[tuple[URIRef, int], dict[str, dict[tuple[URIRef, str], list[Row]]]]
    reviews = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in rows:
        reviews[row.state, row.session][row.text][row.response, row.action].append(row)
    sessions = [session for _, session in reviews]
    dataset = BASE[f"id/dataset/upr-info-s{min(sessions):02}-{max(sessions):02}"]
    texts: dict[URIRef, str] = {}
    for (state, session), by_text in reviews.items():
        code = state.rpartition("/")[2]
        review = BASE[f"id/review/{code}-{session}"]
        if (review, RDF.type, UPR.Review) not in graph:
            graph.add((review, RDF.type, UPR.Review))
            graph.add((review, UPR.stateUnderReview, state))
            graph.add((review, UPR.inSession, BASE[f"id/session/{session}"]))
            label = f"Review of {known.labels[str(state)]}, {ordinal(session)} session"
            graph.add((review, RDFS.label, Literal(label, lang="en")))
        for words, answers in by_text.items():
            for (response, action), group in answers.items():
                hashed = words
                if len(answers) > 1:
                    answer = response.rpartition("/")[2]
                    hashed = f"{words}\n{WORDS.get(answer, answer)}\n{action}"
                part = sha256(hashed.encode()).hexdigest()[:12]
                subject = URIRef(f"{review}/recommendation/{part}")
                texts[subject] = words
                state_one(subject, review, dataset, group, graph)
    return texts


def state_one(subject: URIRef, review: URIRef, dataset: URIRef, rows: list[Row], graph: Graph) -> None:
    """Add the statements of a recommendation to the graph."""
    first = rows[0]
    graph.add((subject, RDF.type, UPR.ReviewRecommendation))
    graph.add((subject, DCTERMS.source, dataset))
    graph.add((subject, UPR.inReview, review))
    graph.add((subject, UPR.addressedTo, first.state))
    graph.add((subject, UPR.text, Literal(first.text, lang="en")))
    graph.add((subject, UPR.response, first.response))
    graph.add((subject, UPR.sourceResponse, Literal(first.source_response)))
    if first.action:
        graph.add((subject, UPR.actionCategory, BASE[f"code/action-category/{first.action}"]))
    if first.action or any(row.issues for row in rows):
        graph.add((subject, UPR.categorisedBy, UPR_INFO))
    for row in rows:
        graph.add((subject, UPR.sourceRow, Literal(str(row.line), datatype=XSD.integer)))
        if row.recommender is not None:
            graph.add((subject, UPR.madeBy, row.recommender))
        for issue in row.issues:
            graph.add((subject, UPR.sourceIssue, issue))


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th and so on."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def index(texts: dict[URIRef, str], path: Path) -> None:
    """Make the words searchable, by their stems."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(item UNINDEXED, text, tokenize = 'porter unicode61')")
    connection.executemany("INSERT INTO search VALUES (?, ?)", texts.items())
    connection.commit()
    connection.close()


def main(export: Path, folder: Path, root: Path, shipped: list[str]) -> None:
    """Import the export into the folder."""
    known, problems = Known(root), Problems()
    graph = Graph()
    for name in shipped:
        graph.parse(name, format="turtle")
    texts = state_all(read(export, known, problems), known, graph)
    shapes = Graph()
    for path in (*sorted((root / "shapes").glob("*.ttl")), root / "ontology/prefixes.ttl"):
        shapes.parse(path, format="turtle")
    _, report, _ = pyshacl.validate(
        graph, shacl_graph=shapes, inplace=True, inference="none", advanced=False, do_owl_imports=False
    )
    for result in report[: SH.resultSeverity : SH.Violation]:
        problems.append((0, str(report.value(result, SH.resultPath)), str(report.value(result, SH.focusNode)), "SHACL"))
    graph.serialize(folder / "graph.nt", format="nt", encoding="utf-8")
    index(texts, folder / "search.sqlite")
    with (folder / "problems.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(problems)
    print(f"{len(texts)} recommendations, {len(problems)} problems")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
