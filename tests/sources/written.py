"""Documents for the tests of readers: a report of the Working Group as text, and any text as PDF or DOCX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

FRONT = """
 United Nations
 A/HRC/28/99
 General Assembly
 Distr.: General
10 December 2014
Original: English
Human Rights Council
Twenty-eighth session
Report of the Working Group on the Universal Periodic Review*
 * The annex to the present report is circulated as received.
Kazakhstan
Contents
 II. Conclusions and/or recommendations ..............................  124-127 14
Introduction
1. The Working Group on the Universal Periodic Review, established in accordance with resolution 5/1, held its
twentieth session from 27 October to 7 November 2014. The review of Kazakhstan was held at the 7th meeting.
2. The Council selected a troika.
"""
HEADING = " II. Conclusions and/or recommendations**\n ** Conclusions and recommendations have not been edited.\n"
CLOSING = "All conclusions and/or recommendations contained in the report reflect the position of the State."
ANNEX = "Annex\n Composition of the delegation\n1. Somebody (Spain);\n"


def report(*conclusions: str, front: str = FRONT) -> str:
    """Return a report whose conclusions are these lines."""
    chapters = [int(found[1]) for line in conclusions if (found := re.match(r"(\d+)\. ", line))]
    closing = f"{max(chapters, default=123) + 1}. {CLOSING}"
    return front + HEADING + "".join(f"{line}\n" for line in (*conclusions, closing)) + ANNEX


def write_report(folder: Path, *conclusions: str, front: str = FRONT) -> Path:
    path = folder / "report.txt"
    path.write_text(report(*conclusions, front=front), encoding="utf-8")
    return path


def pdf(pages: Iterable[Sequence[str]]) -> bytes:
    """Return a PDF of pages of lines, in one font, without compression."""
    contents = [_content(lines) for lines in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        resources = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 595 842]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {5 + 2 * number} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + end


def _content(lines: Sequence[str]) -> bytes:
    shown = [line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252") for line in lines]
    return b"BT /F1 9 Tf 40 800 Td 12 TL\n" + b"".join(b"(%s) Tj T*\n" % line for line in shown) + b"ET"


def word(path: Path, paragraphs: Iterable[str]) -> Path:
    """Write a Word document of these paragraphs, as they are."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def with_list(*levels: tuple[str, str], starts: tuple[int, ...] = ()) -> Document:
    """Return a document with list 77, its levels given by format and what is shown, and 78, which restarts it."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    shown = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{starts[depth] if starts else 1}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{words}"/></w:lvl>'
        for depth, (form, words) in enumerate(levels)
    )
    first = numbering.find(qn("w:num"))
    first.addprevious(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{shown}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/>{restart}</w:num>'))
    return document


def add(document: Document, words: str, depth: int = 0, name: int = 77) -> None:
    """Add a paragraph to a list of the document, at a level of it."""
    properties = document.add_paragraph(words)._p.get_or_add_pPr()
    numbering = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>'
    properties.append(parse_xml(numbering))
