"""The reference data as it is shipped: complete, consistent, in canonical form."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from pyoxigraph import RdfFormat, Store

from uprgraph import resources, turtle
from uprgraph.vocabulary import expand, prefixes

FILES = (
    "data/reference/states.ttl",
    "data/reference/memberships.ttl",
    "data/reference/regional-groups.ttl",
    "data/reference/organisations.ttl",
    "data/reference/sessions.ttl",
    "ontology/alignments/wikidata-states.ttl",
    "ontology/alignments/m49.ttl",
)


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for name in FILES:
        store.load(path=str(resources.root() / name), format=RdfFormat.TURTLE)
    return store


def rows(store: Store, pattern: str) -> list[tuple[str, ...]]:
    """Return the solutions of a pattern, the variables in the order in which they are first written in it."""
    names = list(dict.fromkeys(re.findall(r"\?(\w+)", pattern)))
    found = store.query(f"SELECT * WHERE {{ {pattern} }}", prefixes=prefixes())
    return [tuple(solution[name].value for name in names if solution[name]) for solution in found]


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_in_canonical_form(name: str) -> None:
    assert turtle.format_files([resources.root() / name], check=True) == []


def test_how_many_states_hold_which_role(store: Store) -> None:
    found = rows(store, "?m a upr:Membership ; org:member ?state ; org:organization ?body ; org:role ?role")
    assert Counter((body.rsplit("/", 1)[1], role.rsplit("/", 1)[1]) for *_, body, role in found) == {
        ("UN", "member-state"): 193,
        ("OSCE", "participating-state"): 57,
        ("OSCE", "partner-for-co-operation"): 11,
    }
    for membership, state, body, _role in found:
        assert membership == expand(f"membership:{body.rsplit('/', 1)[1]}-{state.rsplit('/', 1)[1]}")


def test_every_state_holds_a_role_but_the_state_of_palestine_which_is_an_observer(store: Store) -> None:
    states = {state for (state,) in rows(store, "?state a upr:State")}
    members = {state for (state,) in rows(store, "[] org:member ?state")}
    noted = {state for state, _ in rows(store, "?state a upr:State ; skos:editorialNote ?note")}
    assert len(states) == 195
    assert states - members == {expand("state:PSE")}
    assert members <= states
    assert noted == {expand("state:PSE"), expand("state:VAT")}


def test_osce_only_the_holy_see_is_no_member_of_the_united_nations(store: Store) -> None:
    pattern = "?state a upr:State . MINUS { [] org:member ?state ; org:organization organisation:UN }"
    assert {state for (state,) in rows(store, pattern)} == {expand("state:PSE"), expand("state:VAT")}


def test_every_state_has_one_label_in_each_language_of_the_united_nations(store: Store) -> None:
    found = store.query("SELECT * WHERE { ?state a upr:State ; rdfs:label ?label }", prefixes=prefixes())
    labels = [(solution["state"].value, solution["label"].language) for solution in found]
    assert len(labels) == len(set(labels)) == 195 * 6
    assert {language for _, language in labels} == {"en", "fr", "es", "ru", "zh", "ar"}


def test_names_are_free_of_footnote_marks_and_articles(store: Store) -> None:
    names = [name for _, name in rows(store, "?state a upr:State ; rdfs:label|skos:altLabel ?name")]
    wrong = re.compile(r"\*|_|\u2019|\s\s|\((?:the|le|la|les|l'|el|los|las)\)|^\s|\s$|^$")
    assert len(names) > 195 * 10
    assert [name for name in names if wrong.search(name)] == []


def test_codes_are_of_their_form_and_name_one_state(store: Store) -> None:
    found = rows(store, "?state upr:iso2 ?two ; upr:iso3 ?three ; upr:m49 ?number")
    assert len(found) == 195
    for state, two, three, number in found:
        assert re.fullmatch("[A-Z]{2}", two)
        assert re.fullmatch("[A-Z]{3}", three)
        assert re.fullmatch("[0-9]{3}", number)
        assert state == expand(f"state:{three}")
    for position in (1, 2, 3):
        assert len({row[position] for row in found}) == 195


def test_every_state_has_one_match_in_wikidata_and_in_m49(store: Store) -> None:
    matches = rows(store, "?state a upr:State ; upr:m49 ?code ; skos:exactMatch ?other")
    wikidata = {state: other for state, _, other in matches if other.startswith(expand("wd:"))}
    m49 = {state: (code, other) for state, code, other in matches if other.startswith(expand("m49:"))}
    assert len(matches) == 2 * 195
    assert len(set(wikidata.values())) == 195
    assert all(other == expand(f"m49:{code}") for code, other in m49.values())
    assert (wikidata[expand("state:KAZ")], m49[expand("state:KAZ")][0]) == (expand("wd:Q232"), "398")


def test_kazakhstan_is_a_participating_state_since_1992(store: Store) -> None:
    assert rows(store, "membership:OSCE-KAZ upr:since ?year") == [("1992",)]


def test_every_organisation_named_is_described(store: Store) -> None:
    named = {body for (body,) in rows(store, "[] org:organization|org:subOrganizationOf ?body")}
    labelled = {body for body, _ in rows(store, "?body a upr:Organisation ; rdfs:label ?label")}
    assert named <= labelled
    intergovernmental = {"COUNCIL-OF-EUROPE", "ECOSOC", "HRC", "ODIHR", "OHCHR", "OSCE", "UN", "VENICE-COMMISSION"}
    treaty_bodies = {"CAT", "CCPR", "CED", "CEDAW", "CERD", "CESCR", "CMW", "CRC", "CRPD", "SPT"}
    others = {"UPR-Graph", "UPR-Info"}
    assert {body.rsplit("/", 1)[1] for body in labelled} == intergovernmental | treaty_bodies | others


def test_every_member_of_the_united_nations_is_in_one_regional_group(store: Store) -> None:
    found = rows(store, "?state upr:regionalGroup ?group")
    members = {state for (state,) in rows(store, "[] org:organization organisation:UN ; org:member ?state")}
    assert sorted(state for state, _ in found) == sorted(members)
    sizes = Counter(group.rsplit("/", 1)[1] for _, group in found)
    assert sizes == {"Africa": 54, "Asia": 54, "GRULAC": 33, "WEOG": 29, "EEG": 23}


def test_sessions_1_to_54_are_in_four_cycles(store: Store) -> None:
    pattern = "?session a upr:Session ; upr:number ?number ; upr:inCycle/upr:number ?cycle ; rdfs:label ?label"
    found = rows(store, pattern)
    assert sorted(int(number) for _, number, *_ in found) == list(range(1, 55))
    assert Counter(cycle for _, _, cycle, _ in found) == {"1": 12, "2": 14, "3": 14, "4": 14}


def test_a_session_with_a_start_has_an_end_after_it(store: Store) -> None:
    found = rows(store, "?session upr:startDate ?start . OPTIONAL { ?session upr:endDate ?end }")
    assert len(found) == 7
    assert all(len(row) == 3 and row[1] < row[2] for row in found)


def test_reviews_are_those_of_the_calendar_once_in_a_cycle(store: Store) -> None:
    pattern = (
        "?review a upr:Review ; upr:stateUnderReview ?state ; upr:inSession ?session . ?session upr:inCycle ?cycle"
    )
    found = rows(store, pattern)
    assert len(found) == 389
    for review, state, session, _ in found:
        assert review == expand(f"review:{state.rsplit('/', 1)[1]}-{session.rsplit('/', 1)[1]}")
    per_cycle = Counter((state, cycle) for _, state, _, cycle in found)
    assert [each for each, number in per_cycle.items() if number > 1] == []
    ours = {review for review, state, *_ in found if state == expand("state:KAZ")}
    assert ours == {expand(f"review:KAZ-{session}") for session in (7, 20, 34, 48)}
