"""The formats of src/uprgraph/results/: delimited, markup, spreadsheet, tables, graphs."""

import csv
import io
import json
from html.parser import HTMLParser

import openpyxl
import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.results.rdfresults import RDFResult
from rdflib.term import Variable

from uprgraph.engines.terms import RDF_LANG_STRING, XSD, BlankNode, Iri, Literal
from uprgraph.errors import EndpointError, UprGraphError, UsageError
from uprgraph.results.formats import FORMATS, render
from uprgraph.results.graphs import GraphResult
from uprgraph.results.rows import Results
from uprgraph.results.tables import table

KAZ = Iri("https://w3id.org/uprgraph/id/state/KAZ")
MIXED = Results(
    ["state", "name", "count", "share"],
    [
        (
            KAZ,
            Literal('a|b <i>"c"</i>\nd', RDF_LANG_STRING, "en"),
            Literal("-3", f"{XSD}integer"),
            Literal("27.1", f"{XSD}decimal"),
        ),
        (Iri("javascript:alert(1)"), Literal("=SUM(A1)"), None, Literal("true", f"{XSD}boolean")),
    ],
    "Q <&>",
)
texts = st.text(st.characters(exclude_categories=["Cs"]))


def test_csv() -> None:
    assert MIXED.to_csv() == (
        "state,name,count,share\n"
        'https://w3id.org/uprgraph/id/state/KAZ,"a|b <i>""c""</i>\nd",-3,27.1\n'
        "javascript:alert(1),'=SUM(A1),,true\n"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_no_cell_is_a_formula(start: str, name: str) -> None:
    results = Results(["x", "n"], [(Literal(f"{start}1+1"), Literal("-1", f"{XSD}integer"))])
    reader = csv.reader(
        io.StringIO(render(results, name).decode(), newline=""), delimiter="\t" if name == "tsv" else ","
    )
    assert list(reader) == [["x", "n"], [f"'{start}1+1", "-1"]]


@given(st.lists(texts, min_size=1, max_size=4), st.sampled_from(["csv", "tsv"]))
def test_delimited_text_reads_back(values: list[str], name: str) -> None:
    results = Results([f"c{at}" for at in range(len(values))], [tuple(map(Literal, values))])
    text = render(results, name).decode()
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if name == "tsv" else ","))
    assert [cell.removeprefix("'") for cell in rows[1]] == [value.removeprefix("'") for value in values]


def test_json() -> None:
    assert json.loads(MIXED.to_json()) == [
        {"state": KAZ.value, "name": 'a|b <i>"c"</i>\nd', "count": -3, "share": 27.1},
        {"state": "javascript:alert(1)", "name": "=SUM(A1)", "count": None, "share": True},
    ]
    assert json.loads(Results(["d"], [(Literal("2016-10-06", f"{XSD}date"),)]).to_json()) == [{"d": "2016-10-06"}]
    assert json.loads(MIXED[:0].to_json()) == []


def test_markdown() -> None:
    assert MIXED.to_markdown().splitlines() == [
        "| state | name | count | share |",
        "| --- | --- | ---: | --- |",
        r'| [state:KAZ](https://w3id.org/uprgraph/id/state/KAZ) | a\|b \<i\>"c"\</i\><br>d | -3 | 27.1 |',
        "| javascript:alert(1) | =SUM(A1) |  | true |",
    ]


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html() -> None:
    page = Page()
    page.feed(render(MIXED, "html").decode())
    assert [attributes["href"] for tag, attributes in page.tags if tag == "a"] == [KAZ.value]
    assert ("td", {"lang": "en", "dir": "auto"}) in page.tags
    assert 'a|b <i>"c"</i>\nd' in page.text
    assert "Q <&>" in page.text
    assert MIXED._repr_html_().startswith("<table>")


def test_addresses_are_links_and_days_stay_on_a_line() -> None:
    address, other = Literal("https://e.org/?a=1&b", f"{XSD}anyURI"), Literal("javascript:x", f"{XSD}anyURI")
    results = Results(["x"], [(address,), (other,), (Literal("2016-10-06", f"{XSD}date"),), (Literal("w " * 40),)])
    page = Page()
    page.feed(render(results, "html").decode())
    assert [attributes["href"] for tag, attributes in page.tags if tag == "a"] == ["https://e.org/?a=1&b"]
    assert ("td", {"class": "day"}) in page.tags
    assert ("td", {"class": "long"}) in page.tags
    assert "color-scheme:light dark" in page.text
    assert "(https://e.org/?a=1&b)" in results.to_markdown()


@settings(deadline=None)  # what the first call imports takes its time
@given(texts)
def test_html_holds_text_as_text(text: str) -> None:
    page = Page()
    page.feed(render(Results(["x"], [(Literal(text),)], text), "html").decode())
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "h1", "table", "thead", "tr", "th", "tbody", "td",
    }  # fmt: skip


def test_xlsx() -> None:
    content = render(MIXED, "xlsx")
    assert content == render(MIXED, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["state", "name", "count", "share"],
        [KAZ.value, 'a|b <i>"c"</i>\nd', -3, 27.1],
        ["javascript:alert(1)", "=SUM(A1)", None, True],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n", "b"}


def test_xlsx_dates_and_limits() -> None:
    dates = Results(["d"], [(Literal(day, f"{XSD}date"),) for day in ("2016-10-06", "1850-01-01")])
    sheet = openpyxl.load_workbook(io.BytesIO(render(dates, "xlsx"))).active
    assert [str(row[0].value) for row in sheet.iter_rows(min_row=2)] == ["2016-10-06 00:00:00", "1850-01-01"]
    with pytest.raises(UprGraphError, match=r"a cell holds 32,767 characters, and one has 40,000"):
        render(Results(["x"], [(Literal("x" * 40_000),)]), "xlsx")


def test_a_narrow_table_has_columns() -> None:
    assert table(MIXED[1:], 80).splitlines() == [
        "state                name      count  share",
        "─" * 43,
        "javascript:alert(1)  =SUM(A1)         true",
    ]


LONG = "one two three four five six seven eight nine ten " * 3


def test_a_wide_table_has_rows_below_each_other() -> None:
    columns = ["opinion", "right", "issued", "quote", "none"]
    rows = [
        (*map(Literal, row), None)
        for row in [("A", "r", "2015", LONG), ("A", "r", "2015", "short"), ("B", "r", "2016", "last")]
    ]
    assert table(Results(columns, rows), 60).splitlines() == [
        "The same in all 3 rows",
        "  right  r",
        "",
        "opinion  A",
        "issued   2015",
        "quote    one two three four five six seven eight nine ten",
        "         one two three four five six seven eight nine ten",
        "         one two three four five six seven eight nine ten",
        "",
        "opinion  A",
        "issued   2015",
        "quote    short",
        "",
        "opinion  B",
        "issued   2016",
        "quote    last",
    ]
    assert table(Results(columns, rows[2:]), 20).splitlines() == [
        "opinion  B",
        "right    r",
        "issued   2016",
        "quote    last",
    ]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    import uprgraph

    for name in ("opinions-by-right", "rights-by-state", "evidence", "rights-catalogue"):
        text = table(uprgraph.query(name)[:30], width)
        assert text
        assert max(map(len, text.splitlines())) <= width


def test_a_table_sends_nothing_to_obey_to_the_terminal() -> None:
    results = Results(["x"], [(Literal("\x1b[31mred\x07 [bold]x[/bold]\x9b"),)])
    assert "\ufffd[31mred\ufffd [bold]x[/bold]\ufffd" in table(results, 80)
    assert "\x1b" not in table(results, 80)
    assert "\x1b[1m" in table(results, 80, colour=True)
    assert table(results[:0], 80) == ""


GRAPH = GraphResult(
    [
        (KAZ, Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Iri("https://w3id.org/uprgraph/ontology#State")),
        (KAZ, Iri("http://www.w3.org/2000/01/rdf-schema#label"), Literal("Kazakhstan", RDF_LANG_STRING, "en")),
        (KAZ, Iri("http://www.w3.org/2000/01/rdf-schema#label"), Literal("Kazakhstan", RDF_LANG_STRING, "en")),
    ]
)


def test_a_graph_as_turtle_and_as_rows() -> None:
    turtle = render(GRAPH, "ttl").decode()
    assert turtle.splitlines() == [
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix state: <https://w3id.org/uprgraph/id/state/> .",
        "@prefix upr: <https://w3id.org/uprgraph/ontology#> .",
        "state:KAZ a upr:State ;",
        '\trdfs:label "Kazakhstan"@en .',
    ]
    assert len(list(pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE))) == len(GRAPH) == 2
    assert render(GRAPH, "csv").decode().splitlines()[0] == "subject,predicate,object"
    assert repr(GRAPH) == "<2 triples>"


def test_a_graph_with_blank_nodes_and_a_broken_one() -> None:
    assert "_:b" in GraphResult([(BlankNode("b"), Iri("http://p"), Literal("x"))]).to_turtle()
    for broken in [(Iri("http://a b"), Iri("http://p"), KAZ), (Literal("x"), Iri("http://p"), KAZ)]:
        with pytest.raises(EndpointError, match="not valid RDF"):
            _turtle(broken)


def _turtle(triple: tuple[Iri | Literal, Iri, Iri]) -> str:
    graph = GraphResult([])
    graph.triples = [triple]
    return graph.to_turtle()


def test_wrong_formats() -> None:
    with pytest.raises(UsageError, match='there is no format "xml"') as caught:
        render(MIXED, "xml")
    assert caught.value.hint == f"the formats are: {', '.join(FORMATS)}"


def test_rows_as_a_result_set_that_rdflib_reads() -> None:
    text = render(MIXED, "ttl")
    read = RDFResult(io.BytesIO(text), format="turtle")
    assert {str(name) for name in read.vars or ()} == set(MIXED.columns)
    found = {str(row[Variable("state")]): {str(name): term.n3() for name, term in row.items()} for row in read.bindings}
    assert found == {
        str(row[0]): {name: rdflib_n3(term) for name, term in zip(MIXED.columns, row, strict=True) if term is not None}
        for row in MIXED.terms
    }
    graph = rdflib.Graph().parse(data=text, format="turtle")
    place = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
    assert [int(str(index)) for index in sorted(graph.objects(None, rdflib.URIRef(f"{place}index")))] == [1, 2]
    assert [str(size) for size in graph.objects(None, rdflib.URIRef(f"{place}size"))] == ["2"]
    assert b"rs:size 0" in render(MIXED[:0], "ttl")


def rdflib_n3(term: Iri | Literal | BlankNode) -> str:
    return next(iter(rdflib.Graph().parse(data=f"<x:s> <x:p> {term.n3()} .", format="turtle").objects())).n3()
