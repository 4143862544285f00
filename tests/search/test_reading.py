"""src/uprgraph/search/reading.py: what of a graph can be found."""

from collections import Counter
from collections.abc import Callable

from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.graph import Graph
from uprgraph.resources import BASE
from uprgraph.search.document import Document
from uprgraph.search.reading import documents

KAZ, FRA = f"{BASE}id/state/KAZ", f"{BASE}id/state/FRA"
LABELS = """
<https://w3id.org/uprgraph/code/response/noted> skos:inScheme <https://w3id.org/uprgraph/code/response> ;
    skos:prefLabel "noted"@en, "pris note"@fr .
issue:labour skos:inScheme <https://w3id.org/uprgraph/code/upr-info-issue> ; skos:prefLabel "labour"@en .
issue:justice skos:inScheme <https://w3id.org/uprgraph/code/upr-info-issue> ; skos:prefLabel "justice"@en .
review:KAZ-20 upr:inSession session:20 ; upr:stateUnderReview state:KAZ .
session:20 upr:number 20 .
"""
Make = Callable[[str], EmbeddedEngine]


def read(engine_of: Make, turtle: str) -> list[Document]:
    return list(documents(engine_of(LABELS + turtle)))


def test_a_recommendation_in_a_review(engine_of: Make) -> None:
    found = read(
        engine_of,
        """
        <urn:r> a upr:ReviewRecommendation, upr:Recommendation ; upr:text "Ratifier"@fr, "Ratify"@en, "Zz" ;
            upr:addressedTo state:KAZ ; upr:madeBy state:FRA, organisation:CAT ; upr:inReview review:KAZ-20 ;
            upr:response <https://w3id.org/uprgraph/code/response/noted> ; dcterms:source <urn:b>, <urn:a> ;
            upr:sourceIssue issue:labour ; upr:concernsRight right:right-to-work ; upr:sourceTheme <urn:theme> .
        """,
    )
    about = (f"{BASE}code/right/right-to-work", f"{BASE}code/upr-info-issue/labour", "urn:theme")
    response = f"{BASE}code/response/noted"
    recommenders = (f"{BASE}id/organisation/CAT", FRA)
    expected = Document(
        *("urn:r", "review-recommendation", "Ratify", "", (KAZ,), 20, response, "noted", "urn:a", recommenders, about)
    )
    assert found == [expected]


def test_without_words_a_recommendation_is_found_by_what_it_is_about(engine_of: Make) -> None:
    (found,) = read(engine_of, "<urn:r> a upr:ReviewRecommendation ; upr:sourceIssue issue:labour, issue:justice .")
    assert (found.title, found.text, found.is_without_words) == ("justice; labour", "", True)
    assert read(engine_of, "<urn:r> a upr:ReviewRecommendation ; upr:inReview review:KAZ-20 .") == []


def test_recommendations_of_treaty_bodies_and_in_documents_have_kinds_of_their_own(engine_of: Make) -> None:
    found = read(
        engine_of,
        """
        <urn:1> a upr:TreatyBodyRecommendation ; upr:text "a" .
        <urn:2> a upr:SpecialProcedureRecommendation, upr:Recommendation ; upr:text "b" .
        <urn:3> a upr:Recommendation ; upr:text "c" .
        <urn:4> a upr:Passage ; upr:text "d" .
        [] a upr:Finding ; upr:text "e" .
        """,
    )
    assert [(each.item, each.kind) for each in found] == [
        ("urn:1", "treaty-body-recommendation"),
        ("urn:2", "special-procedure-recommendation"),
        ("urn:3", "document-recommendation"),
    ]


def test_a_finding_has_the_state_and_session_of_its_document(engine_of: Make) -> None:
    turtle = """
        <urn:f> a upr:Finding ; upr:text "found" ; upr:statedIn <urn:d> .
        <urn:g> a upr:Finding ; upr:text "found" ; upr:statedIn <urn:e> .
        <urn:d> a upr:Submission ; upr:submittedFor review:KAZ-20 .
        <urn:e> a upr:ElectionReport ; upr:concernsState state:KAZ, state:FRA .
        """
    one, two = read(engine_of, turtle)
    assert (one.states, one.session, one.source) == ((KAZ,), 20, "urn:d")
    assert (two.states, two.session, two.source) == ((FRA, KAZ), None, "urn:e")


def test_an_opinion_says_what_its_findings_say_in_their_order(engine_of: Make) -> None:
    (opinion, *_) = read(
        engine_of,
        """
        <urn:a> a upr:LegalOpinion ; dcterms:title "Opinion"@en, "Avis"@fr ; upr:opinionNumber "X-1" ;
            upr:concernsState state:KAZ ; upr:issuedBy organisation:ODIHR .
        <urn:f2> a upr:Finding ; upr:statedIn <urn:a> ; upr:text "b first" ; upr:position 2 .
        <urn:f10> a upr:Finding ; upr:statedIn <urn:a> ; upr:text "a later" ; upr:position 10 ;
            upr:concernsRight right:right-to-work .
        <urn:r> a upr:Recommendation ; upr:statedIn <urn:a> ; upr:text "not said" ; upr:position 1 ;
            upr:concernsRight right:right-to-life .
        """,
    )
    assert (opinion.kind, opinion.title, opinion.text) == ("opinion", "X-1 Opinion", "b first | a later")
    assert opinion.about == (f"{BASE}code/right/right-to-life", f"{BASE}code/right/right-to-work")
    assert opinion.recommenders == (f"{BASE}id/organisation/ODIHR",)


def test_everything_shipped_is_read_in_order(shipped: Graph) -> None:
    found = list(documents(shipped.engine))
    kinds = Counter(each.kind for each in found)
    assert kinds == {"review-recommendation": 318, "finding": 27, "document-recommendation": 16, "opinion": 3}
    items = [each.item for each in found]
    assert items == sorted(set(items))
    assert all(each.states == (KAZ,) for each in found)
    assert {each.session for each in found if each.kind == "review-recommendation"} == {7, 20}
