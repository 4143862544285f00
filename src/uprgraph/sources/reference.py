"""The reference data: States, memberships, regional groups, sessions, reviews, from published lists and our tables.

Each function returns the statements of one file. data/reference/tables/README.md says what the tables hold; what is
said of a file as a whole (its source, what its years mean) stands in data/catalog.ttl.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from uprgraph import resources
from uprgraph.errors import InvalidDataError
from uprgraph.files import read_turtle
from uprgraph.sources import country_codes, sessions, tables
from uprgraph.sources.statements import EDITORIAL_NOTE, RDF_TYPE, term, text, typed, values
from uprgraph.sources.states import StateNames
from uprgraph.vocabulary import expand

_MEMBERSHIP_COLUMNS = ("state", "organisation", "role", "since", "note")
_OSCE_COLUMNS = ("iso3", "iso2", "m49", "name", "year_joined_csce_osce", "wikidata")
_OBSERVER = "observer"
_OBSERVER_NOTE = "Not a member of the United Nations; a non-member observer State."


@dataclass(frozen=True, slots=True)
class Lists:
    """Where the published lists (country-codes.csv and others) and our own tables are."""

    published: Path
    tables: Path

    @classmethod
    def at(cls, published: Path) -> Lists:
        """Return the lists in the folder `published` and the tables in data/reference/tables/."""
        return cls(published, resources.data() / "reference" / "tables")


@dataclass(frozen=True, slots=True)
class Membership:
    """A State (ISO alpha-3), an organisation (the last part of its IRI), the role held in it, the year or empty."""

    state: str
    organisation: str
    role: str
    since: str


def memberships(lists: Lists) -> list[Membership]:
    """Return every membership, those of observers included.

    Raises InvalidDataError for a role or year it cannot read, or if a State is in one organisation twice.
    """
    codelist = resources.ontology() / "codelists" / "membership-role.ttl"
    roles = [*sorted(code for code, _ in values(codelist, "skos:notation")), _OBSERVER]
    found: dict[tuple[str, str], Membership] = {}
    for row, each in _memberships(lists):
        if each.role not in roles:
            raise row.error("role", f'is "{each.role}"', "use one of " + ", ".join(roles))
        if each.since and not (each.since.isdecimal() and len(each.since) == len("1992")):
            raise row.error("since", f'is "{each.since}", not a year')
        if found.setdefault((each.state, each.organisation), each) != each:
            raise row.error("state", f"is {each.state}, which is in {each.organisation} already")
    return list(found.values())


def _memberships(lists: Lists) -> Iterator[tuple[tables.Row, Membership]]:
    for row in tables.read(lists.tables / "state-memberships.csv", _MEMBERSHIP_COLUMNS):
        yield row, Membership(row.required("state"), row.required("organisation"), row.required("role"), row["since"])
    for row in tables.read(lists.published / "osce_participating_states.csv", _OSCE_COLUMNS):
        year = row["year_joined_csce_osce"]
        yield row, Membership(row.required("iso3"), "OSCE", "participating-state", year)


def states(lists: Lists) -> list[country_codes.State]:
    """Return every State that is a member, participating State, partner or observer somewhere, in order of code."""
    wanted = {each.state for each in memberships(lists)}
    return country_codes.read(lists.published / "country-codes.csv", lists.tables / "state-names.csv", wanted)


def state_statements(lists: Lists) -> Iterator[Triple]:
    """Yield the statements of data/reference/states.ttl."""
    for state in states(lists):
        yield from state.statements()
    for each in memberships(lists):
        if each.role == _OBSERVER:
            yield Triple(term(f"state:{each.state}"), EDITORIAL_NOTE, text(_OBSERVER_NOTE))


def membership_statements(lists: Lists) -> Iterator[Triple]:
    """Yield the statements of data/reference/memberships.ttl."""
    for each in memberships(lists):
        if each.role == _OBSERVER:
            continue
        subject = term(f"membership:{each.organisation}-{each.state}")
        yield Triple(subject, RDF_TYPE, term("upr:Membership"))
        yield Triple(subject, term("org:member"), term(f"state:{each.state}"))
        yield Triple(subject, term("org:organization"), term(f"organisation:{each.organisation}"))
        yield Triple(subject, term("org:role"), term(f"code:membership-role/{each.role}"))
        if each.since:
            yield Triple(subject, term("upr:since"), typed(each.since, "xsd:gYear"))


def regional_group_statements(lists: Lists) -> Iterator[Triple]:
    """Yield the statements of data/reference/regional-groups.ttl.

    Raises InvalidDataError for a group that code/regional-group lacks, and for a State that is listed twice.
    """
    codelist = resources.ontology() / "codelists" / "regional-group.ttl"
    groups = sorted(code for code, _ in values(codelist, "skos:notation"))
    seen: set[str] = set()
    for row in tables.read(lists.tables / "regional-groups.csv", ("state", "group", "note")):
        state = row.required("state")
        if state in seen:
            raise row.error("state", f"is {state}, which has a row already", "put what contradicts it into the note")
        seen.add(state)
        if not row["group"]:
            continue
        if row["group"] not in groups:
            raise row.error("group", f'is "{row["group"]}"', "use one of " + ", ".join(groups) + ", or leave it empty")
        yield Triple(term(f"state:{state}"), term("upr:regionalGroup"), term(f"code:regional-group/{row['group']}"))


def wikidata_statements(lists: Lists) -> Iterator[Triple]:
    """Yield the statements of ontology/alignments/wikidata-states.ttl.

    Raises InvalidDataError if a State has no item, or if two States are linked to one.
    """
    links: dict[str, set[tuple[str, str]]] = {}
    for row in tables.read(lists.tables / "state-wikidata.csv", ("state", "relation", "item", "note")):
        if row["relation"] not in ("exactMatch", "closeMatch"):
            raise row.error("relation", f'is "{row["relation"]}"', "use exactMatch or closeMatch")
        links.setdefault(row.required("state"), set()).add((row["relation"], row.required("item")))
    used: dict[str, str] = {}
    for state in states(lists):
        for relation, item in sorted(links.get(state.iso3, {("exactMatch", state.wikidata)})):
            if not (item.startswith("Q") and item[1:].isdecimal()):
                hint = "add a row to state-wikidata.csv"
                raise InvalidDataError(f'the Wikidata item of {state.iso3} is "{item}"', lists.published, hint=hint)
            if used.setdefault(item, state.iso3) != state.iso3:
                raise InvalidDataError(f"{item} is linked to {used[item]} and {state.iso3}", lists.published)
            yield Triple(term(f"state:{state.iso3}"), term(f"skos:{relation}"), term(f"wd:{item}"))


def m49_statements(lists: Lists, sdg_codes: Path) -> Iterator[Triple]:
    """Yield the statements of ontology/alignments/m49.ttl: States and the M49 areas of the UN's SDG codes.

    `sdg_codes` is sdg-codes.ttl, the UN's list of these areas. Raises InvalidDataError if it lacks the area of a State.
    """
    area = NamedNode(expand("m49:").rstrip("/"))
    kept = {each.subject for each in read_turtle(sdg_codes) if (each.predicate, each.object) == (RDF_TYPE, area)}
    for state in states(lists):
        match = term(f"m49:{state.m49}")
        if match not in kept:
            raise InvalidDataError(f"there is no area {match.value}, for {state.iso3}", sdg_codes)
        yield Triple(term(f"state:{state.iso3}"), term("skos:exactMatch"), match)


def session_statements(lists: Lists) -> Iterator[Triple]:
    """Yield the statements of data/reference/sessions.ttl."""
    found = states(lists)
    iris = {state.iso3: expand(f"state:{state.iso3}") for state in found}
    names = StateNames((name, iris[state.iso3]) for state in found for name in state.all_names())
    labels = {iris[state.iso3]: state.labels["en"] for state in found}
    cycles = sessions.read_cycles(lists.tables / "cycles.csv")
    yield from sessions.statements(lists.published / "upr_session_calendar_partial.csv", cycles, names, labels)


def files(published: Path, sdg_codes: Path) -> dict[str, Iterator[Triple]]:
    """Return the statements of every file of reference data, by its path under the root, from the published lists."""
    lists = Lists.at(published)
    return {
        "data/reference/states.ttl": state_statements(lists),
        "data/reference/memberships.ttl": membership_statements(lists),
        "data/reference/regional-groups.ttl": regional_group_statements(lists),
        "data/reference/sessions.ttl": session_statements(lists),
        "ontology/alignments/wikidata-states.ttl": wikidata_statements(lists),
        "ontology/alignments/m49.ttl": m49_statements(lists, sdg_codes),
    }
