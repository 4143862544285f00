"""`uprgraph extract`: from a submission to a draft dossier."""

from __future__ import annotations

from pathlib import Path

import click

from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.errors import ResourceError
from uprgraph.results.formats import EXTENSIONS


@click.command("extract")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "-o",
    "--output",
    "folder",
    type=writing.OutputPath(path_type=Path),
    metavar="DIR",
    help="Write the dossier into this folder.",
)
@click.option("--state", metavar="STATE", help="The State under review, where the document does not say it.")
@click.option("--session", type=click.IntRange(min=1), metavar="NUMBER", help="The session, where it does not.")
@click.option("--encoding", metavar="NAME", help="The encoding of a text file; UTF-8 if not given.")
@click.option(
    "--report",
    type=writing.OutputPath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what to look at, a row each, in the format of the extension (.csv, .xlsx ...).",
)
@click.pass_context
def extract(
    context: click.Context,
    *,
    file: Path,
    folder: Path | None,
    state: str | None,
    session: int | None,
    encoding: str | None,
    report: Path | None,
) -> None:
    """Draft a dossier from a submission of ODIHR, or from a summary of stakeholders' submissions of OHCHR.

    FILE is text, DOCX or PDF. With -o the dossier is written: source.txt, dossier.ttl and source.toml, every statement
    with the words it rests on, the rule that made it and how sure that is. Nothing is written where anything fails, and
    never over a dossier that a curator has worked on. `uprgraph review DIR` goes through what is doubtful.

    A report says what was found, how much of the text is accounted for, and what to look at.

    Exit code: 0 if all was understood, 1 if something was not, 2 if the file cannot be read or the folder not written.
    """
    form = None if report is None else writing.chosen_format(None, report, EXTENSIONS, "csv")
    if report is not None and not report.absolute().parent.is_dir():
        raise ResourceError(f"cannot write {report}: there is no such folder")
    from uprgraph.extraction import drafting
    from uprgraph.extraction.drafting.description import Origin
    from uprgraph.extraction.drafting.writing import check
    from uprgraph.extraction.reading import read
    from uprgraph.extraction.recognising import recognise
    from uprgraph.extraction.reporting import Report

    if folder is not None:
        check(folder)
    document = read(file, encoding)
    dossier = drafting.drafted(recognise(document, state, session), document)
    told = Report(dossier, f"{file.name}: {dossier.key}")
    if form is not None:
        writing.emit(told.rows(), form, report)
    if folder is not None:
        drafting.write(dossier, folder, Origin.of(file, document))
        target.notice(f"{folder}: a draft; go through it with: uprgraph review {folder}")
    writing.send(told.to_text(writing.width()).encode("utf-8", "replace"), None)
    context.exit(0 if told.understood else 1)
