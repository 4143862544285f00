"""src/uprgraph/results/values.py."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from uprgraph.engines.terms import RDF_LANG_STRING, XSD, BlankNode, Iri, Literal, Term
from uprgraph.results.values import Value, compact, is_number, text, value


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, None),
        (Iri("http://a"), "http://a"),
        (BlankNode("b"), "_:b"),
        (Literal("x"), "x"),
        (Literal("x", RDF_LANG_STRING, "en"), "x"),
        (Literal("34", f"{XSD}integer"), 34),
        (Literal("34", f"{XSD}nonNegativeInteger"), 34),
        (Literal("27.10", f"{XSD}decimal"), Decimal("27.10")),
        (Literal("1e3", f"{XSD}double"), 1000.0),
        (Literal("true", f"{XSD}boolean"), True),
        (Literal("0", f"{XSD}boolean"), False),
        (Literal("2016-10-06", f"{XSD}date"), date(2016, 10, 6)),
        (Literal("2016-10-06T01:02:03Z", f"{XSD}dateTime"), datetime(2016, 10, 6, 1, 2, 3, tzinfo=UTC)),
        (Literal("2019", f"{XSD}gYear"), 2019),
        (Literal("x", f"{XSD}integer"), "x"),
        (Literal("yes", f"{XSD}boolean"), "yes"),
        (Literal("x", f"{XSD}decimal"), "x"),
        (Literal("2019Z", f"{XSD}gYear"), "2019Z"),
        (Literal("P1Y", f"{XSD}duration"), "P1Y"),
    ],
)
def test_python_values(term: Term | None, expected: Value) -> None:
    found = value(term)
    assert found == expected
    assert type(found) is type(expected)


def test_text_is_in_full_and_compact_is_short() -> None:
    base = "https://w3id.org/uprgraph/"
    assert text(Literal("27.10", f"{XSD}decimal")) == "27.10"
    assert text(None) == compact(None) == ""
    assert text(Iri(f"{base}id/state/KAZ")) == f"{base}id/state/KAZ"
    assert compact(Iri(f"{base}id/state/KAZ")) == "state:KAZ"
    assert compact(Iri(f"{base}id/opinion/TERR-KAZ-296-2016")) == "id/opinion/TERR-KAZ-296-2016"
    assert compact(Iri("https://example.org/x")) == "https://example.org/x"


def test_numbers() -> None:
    assert is_number(Literal("-1", f"{XSD}integer"))
    assert not is_number(Literal("-1"))
    assert not is_number(Literal("-x", f"{XSD}integer"))
    assert not is_number(Literal("true", f"{XSD}boolean"))
