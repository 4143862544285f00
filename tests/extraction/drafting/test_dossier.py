"""A draft becomes a dossier that rests on its source, passes validation, and says what the draft says."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef

from uprgraph import turtle, validation
from uprgraph.errors import InvalidDataError, ResourceError
from uprgraph.evidence import SourceText, spans, verify
from uprgraph.extraction.document import Document, Words
from uprgraph.extraction.drafting import Dossier, drafted, write
from uprgraph.extraction.drafting.description import Origin
from uprgraph.extraction.drafting.naming import opinion_key, slug, symbol_key
from uprgraph.extraction.drafting.passages import runs, worded
from uprgraph.extraction.drafting.triples import term
from uprgraph.extraction.statements import Basis, Draft, Finding, Recommendation, Submission
from uprgraph.resources import BASE

from ..by_hand import document
from .drafts import made_by_hand

OPINION = f"{BASE}id/opinion/JUD-SLO-348-2019"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    read, draft = made_by_hand()
    return drafted(draft, read)


@pytest.fixture
def folder(dossier: Dossier, tmp_path: Path) -> Path:
    write(dossier, tmp_path / "SVN-34", Origin("paper.pdf", "0" * 64, (0, 100)))
    return tmp_path / "SVN-34"


def values(graph: Graph, subject: str, name: str) -> set[str]:
    return {str(value).removeprefix(BASE) for value in graph.objects(URIRef(subject), term(name))}


def test_it_passes_validation(folder: Path) -> None:
    report = validation.validate([folder])
    assert [str(each) for each in report.violations] == []


def test_it_rests_on_its_source(folder: Path) -> None:
    graph = Graph().parse(folder / "dossier.ttl")
    source = SourceText((folder / "source.txt").read_text(encoding="utf-8"))
    assert verify(graph, source) == []
    assert set(spans(graph)) == {str(passage) for passage in graph.objects(None, term("upr:evidence"))}
    assert len(set(spans(graph).values())) == len(spans(graph))


def test_the_turtle_is_in_its_one_form(folder: Path) -> None:
    text = (folder / "dossier.ttl").read_text(encoding="utf-8")
    assert turtle.canonical_text(text) == text


def test_every_text_is_in_the_words_of_its_evidence(dossier: Dossier) -> None:
    for subject, text in dossier.graph.subject_objects(term("upr:text")):
        quotes = " | ".join(
            str(quote)
            for passage in dossier.graph.objects(subject, term("upr:evidence"))
            for selector in dossier.graph.objects(passage, term("oa:hasSelector"))
            for quote in dossier.graph.objects(selector, term("oa:exact"))
        )
        for part in str(text).split(" … "):
            assert part in quotes, (subject, part)


def test_source_toml_says_what_the_source_is(folder: Path) -> None:
    facts = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    assert facts["sha256"] == hashlib.sha256((folder / "source.txt").read_bytes()).hexdigest()
    assert facts["document"] == f"{BASE}id/submission/odihr-SVN-34"
    assert facts["graph"] == f"{BASE}graph/odihr-SVN-34"
    assert (facts["file"], facts["pages"]) == ("paper.pdf", [0, 100])
    assert facts["not_understood"] == ["Nobody knows."]
    assert facts["counts"]["Finding"] == 2
    assert facts["counts"]["Recommendation"] == 3


def test_each_statement_says_by_which_rule_it_was_drafted_and_how_sure_that_is(dossier: Dossier) -> None:
    finding = f"{OPINION}/finding/1"
    assert values(dossier.graph, finding, "upr:reviewStatus") == {"code/review-status/draft"}
    assert values(dossier.graph, finding, "upr:madeByRule") == {"findings/concern"}
    assert values(dossier.graph, finding, "upr:confidence") == {"0.9"}
    assert values(dossier.graph, finding, "skos:editorialNote") == {"Vague or not?"}
    assert values(dossier.graph, finding, "upr:concernsRight") == {"code/right/freedom-of-religion-or-belief"}
    match = f"{finding}/topic/right-freedom-of-religion-or-belief"
    assert values(dossier.graph, match, "upr:matchedWords") == {"freedom of religion"}


def test_where_a_mark_stands_in_a_sentence_the_text_has_an_ellipsis(dossier: Dossier) -> None:
    text = values(dossier.graph, f"{OPINION}/finding/1", "upr:text")
    assert text == {"the law, which is vague, restricts the freedom of religion"}
    words = Words("of the Council were", (*range(7), *range(20, 32)))
    source = "of the 1 page break 1 Council were"
    assert worded("the Council were", words, source) == "the … Council were"


def test_a_divided_word_is_joined_in_the_text_and_stands_as_it_is_in_the_quote() -> None:
    source = "the poli-\ntics of it"
    words = Words("the politics of it", (*range(8), *range(10, 20)))
    assert [(source[span.start : span.end], text) for span, text in runs(words, source)] == [
        ("the poli-\ntics of it", "the politics of it")
    ]


def test_an_opinion_is_told_with_its_authors_numbers_and_text(dossier: Dossier) -> None:
    assert values(dossier.graph, OPINION, "upr:issuedBy") == {
        "id/organisation/ODIHR",
        "id/organisation/VENICE-COMMISSION",
    }
    assert values(dossier.graph, OPINION, "dcterms:identifier") == {"CDL-AD(2019)001"}
    assert values(dossier.graph, OPINION, "upr:reviews") == {"id/legal-text/SVN-draft-law-on-courts"}
    claim = f"{BASE}id/legal-text/SVN-draft-law-on-courts/adoption-status/2019"
    assert values(dossier.graph, claim, "upr:status") == {"code/adoption-status/not-adopted"}
    assert values(dossier.graph, f"{OPINION}/concern-status/2019", "upr:status") == {"code/concern-status/remains"}


def test_a_fallback_names_what_it_falls_back_from(dossier: Dossier) -> None:
    assert values(dossier.graph, f"{OPINION}/recommendation/2", "upr:fallbackFor") == {
        f"{OPINION}/recommendation/1".removeprefix(BASE)
    }


def test_a_count_that_differs_from_the_list_is_noted_for_the_check(dossier: Dossier) -> None:
    report = f"{BASE}id/election-report/SVN-2016-03-20"
    note = f"{report}/annotation/count-mismatches-priority-recommendations"
    assert values(dossier.graph, note, "oa:bodyValue") == {
        "The source announces 9 priority recommendations and goes on to list 1."
    }
    assert values(dossier.graph, note, "upr:acknowledges") == {"count-mismatches"}


def test_a_statistic_is_compared_with_the_benchmark_of_its_sentence(dossier: Dossier) -> None:
    statistic = f"{BASE}id/statistic/SVN-34-women-in-parliament"
    (benchmark,) = values(dossier.graph, statistic, "upr:comparedWith")
    assert benchmark == "id/benchmark/SVN-34-osce-women-in-parliament"
    assert values(dossier.graph, BASE + benchmark, "upr:area") == {"id/organisation/OSCE"}


def test_a_party_is_one_where_the_words_speak_of_a_party(dossier: Dossier) -> None:
    party = f"{BASE}id/organisation/SVN-green-list"
    assert (URIRef(party), RDF.type, term("upr:PoliticalParty")) in dossier.graph
    plan = f"{BASE}id/action-plan/SVN-2019-green-list"
    assert values(dossier.graph, plan, "upr:basedOn") == {"id/gender-audit-report/SVN-2018-green-list"}


def test_every_character_is_accounted_for(dossier: Dossier) -> None:
    account = dossier.account
    assert account.total == sum(not letter.isspace() for letter in dossier.source)
    assert account.not_understood == ((23, "Nobody knows."),)
    assert "Background" in account.structure


def summarised() -> tuple[Document, Draft]:
    read = document("A/HRC/WG.6/37/GEO/3", "ODIHR found A. It advised B and C.")
    words = read.paragraphs[1].words

    def basis(start: int, end: int) -> Basis:
        return Basis("tests/by-hand", (words.cut(start, end),))

    head = Basis("tests/by-hand", (read.paragraphs[0].words,))
    return read, Draft(
        Submission("GEO", 37, head, "2021", symbol="A/HRC/WG.6/37/GEO/3"),
        findings=(Finding("summary", "concern", "A", basis(0, 14), reporting="summary", paragraph="3"),),
        recommendations=(
            Recommendation("summary", 1, "B", basis(26, 27), paragraph="3", others=("JS3",)),
            Recommendation("summary", 1, "C", basis(32, 33), paragraph="4"),
        ),
    )


def test_what_a_summary_reports_is_of_odihr_and_numbered_through(tmp_path: Path) -> None:
    read, draft = summarised()
    dossier = drafted(draft, read)
    write(dossier, tmp_path / "GEO")
    iri = f"{BASE}id/document/A-HRC-WG.6-37-GEO-3"
    assert dossier.iri == iri
    assert values(dossier.graph, f"{iri}/finding/1", "upr:madeBy") == {"id/organisation/ODIHR"}
    assert values(dossier.graph, f"{iri}/recommendation/2", "upr:text") == {"C"}
    assert values(dossier.graph, f"{iri}/recommendation/1", "skos:editorialNote") == {"Made with JS3."}
    assert [str(each) for each in validation.validate([tmp_path / "GEO"]).violations] == []


def test_a_draft_nobody_worked_on_is_replaced(dossier: Dossier, folder: Path) -> None:
    (folder / "source.toml").write_text("old", encoding="utf-8")
    write(dossier, folder)
    assert "counts" in (folder / "source.toml").read_text(encoding="utf-8")
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_dossier_with_a_decision_is_left_as_it_is(dossier: Dossier, folder: Path) -> None:
    path = folder / "dossier.ttl"
    changed = path.read_text(encoding="utf-8").replace("review-status/draft", "review-status/accepted", 1)
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(ResourceError, match="a curator has worked on"):
        write(dossier, folder)
    assert path.read_text(encoding="utf-8") == changed


def test_a_curated_dossier_is_left_as_it_is(dossier: Dossier, folder: Path) -> None:
    path = folder / "dossier.ttl"
    curated = re.sub(r"^    upr:reviewStatus .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(curated, encoding="utf-8")
    with pytest.raises(ResourceError, match="a curator has worked on"):
        write(dossier, folder)


def test_a_folder_with_other_files_is_left_as_it_is(dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ResourceError, match="holds other files"):
        write(dossier, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_nothing_is_written_where_writing_fails(dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ResourceError, match="cannot write"):
        write(dossier, tmp_path / "file" / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(("state", "session", "message"), [("XXX", 34, "code"), ("SVN", 999, "no session 999")])
def test_a_state_or_session_that_is_not_there_is_an_error(state: str, session: int, message: str) -> None:
    read = document("Nothing")
    with pytest.raises(InvalidDataError, match=message):
        drafted(Draft(Submission(state, session, Basis("tests/by-hand", (read.paragraphs[0].words,)))), read)


def test_keys_are_made_of_numbers_symbols_and_titles() -> None:
    assert opinion_key("NGO/309/2026 [AlC/NR]") == "NGO-309-2026"
    assert opinion_key("CDL-AD(2014)046") == "CDL-AD-2014-046"
    assert opinion_key("TERR-KAZ/019/2005 (DP/TK)") == "TERR-KAZ-019-2005"
    assert symbol_key("A/HRC/WG.6/37/GEO/3") == "A-HRC-WG.6-37-GEO-3"
    assert slug("People's Party of the Republic of Slovenia", "Slovenia") == "peoples-party"
    assert len(slug("word " * 100)) <= 80
