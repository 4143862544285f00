"""Markdown, HTML and JSON."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from html import escape

from uprgraph.engines.terms import XSD, Iri, Literal, Term
from uprgraph.results.marked import pieces
from uprgraph.results.rows import Results
from uprgraph.results.values import Value, compact, is_number, value

_MARKDOWN = re.compile(r"([\\`*_\[\]|<>&~])")
STYLE = (
    ":root{color-scheme:light dark}body{font-family:system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}"
    "th,td{border:1px solid #888;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "td{max-width:40rem;overflow-wrap:break-word}td.long{min-width:20rem}"
    "td.number{text-align:right}td.day{white-space:nowrap}thead th{position:sticky;top:0;background:Canvas}"
)
_LONG = 60
"""Characters of a text that need a wide column."""


def json_text(results: Results) -> str:
    """Return a list of one object per row: numbers, true, false and null as such, days and IRIs as strings."""
    return json.dumps([dict(row) for row in results], ensure_ascii=False, indent=2, default=_plain) + "\n"


def markdown_table(results: Results) -> str:
    """Return a table in the Markdown of GitHub. IRIs are links under their short form."""
    lines = [results.columns, ["---:" if _numeric(results, at) else "---" for at in range(len(results.columns))]]
    lines += [[_markdown_cell(term) for term in row] for row in results.terms]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def html_table(results: Results) -> str:
    """Return an HTML table. Text in a language says which, and only http(s) IRIs become links."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in results.columns)
    body = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>\n" for row in results.terms)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def html_page(results: Results) -> str:
    """Return a page of its own with the table."""
    title = escape(results.title or "UPR Graph")
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n{html_table(results)}</body>\n</html>\n"
    )


def _plain(value: Value) -> str | float:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _numeric(results: Results, position: int) -> bool:
    terms = [row[position] for row in results.terms if row[position] is not None]
    return bool(terms) and all(map(is_number, terms))


def _is_link(term: Term | None) -> bool:
    """Say whether a term is a web address: an IRI, or a literal that says it is one."""
    is_address = isinstance(term, Iri) or (isinstance(term, Literal) and term.datatype == f"{XSD}anyURI")
    return is_address and str(term).lower().startswith(("http://", "https://"))


def _markdown_cell(term: Term | None) -> str:
    parts = [(_MARKDOWN.sub(r"\\\1", part), strong) for part, strong in pieces(term, compact(term))]
    shown = "".join(f"**{part}**" if strong else part for part, strong in parts)
    shown = "<br>".join(shown.splitlines()) if shown else ""
    if _is_link(term):
        target = re.sub(r"[()<>|\s\\]", lambda found: f"%{ord(found[0]):02X}", str(term))
        return f"[{shown}]({target})"
    return shown


def _html_cell(term: Term | None) -> str:
    parts = [(escape(part), strong) for part, strong in pieces(term, compact(term))]
    shown = "".join(f"<mark>{part}</mark>" if strong else part for part, strong in parts)
    if _is_link(term):
        return f'<td><a href="{escape(str(term))}">{shown}</a></td>'
    kind = "number" if is_number(term) else "day" if isinstance(value(term), date) else ""
    style = kind or ("long" if len(shown) > _LONG else "")
    classed = f' class="{style}"' if style else ""
    if isinstance(term, Literal) and term.language:
        return f'<td{classed} lang="{escape(term.language)}" dir="auto">{shown}</td>'
    return f"<td{classed}>{shown}</td>"
