"""`uprgraph review`: a curator goes through what is doubtful in a drafted dossier."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uprgraph.cli import output as writing
from uprgraph.cli import target
from uprgraph.errors import UnknownValueError, UsageError

if TYPE_CHECKING:
    from uprgraph.extraction.reviewing.folder import Review
    from uprgraph.extraction.reviewing.items import Item
    from uprgraph.extraction.reviewing.labels import Labels

_CONTEXT = 160
"""Characters of the source that are shown before and after the words of a statement."""
_KEYS = "[a]ccept  [r]ights  [p]rinciples  [t]ype  [d]rop  [s]kip  [q]uit"


@click.command("review")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--all", "everything", is_flag=True, help="Go through all that was drafted, not only what is doubtful.")
@click.option("--by", "curator", metavar="NAME", help="Who decides; by default git's user.name or $USER.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Carry out decisions of a CSV: statement, decision (accept, change, drop, skip), rights, principles, type.",
)
def review(*, folder: Path, everything: bool, curator: str | None, decisions: Path | None) -> None:
    """Go through what is doubtful in the drafted dossier in DIR, the least certain first.

    Each decision is written at once, with who made it and when, so that you can stop at any time and go on later. What
    is dropped leaves the dossier and stays in DIR/review.csv.
    """
    from uprgraph.extraction.reviewing import scripted
    from uprgraph.extraction.reviewing.folder import Review
    from uprgraph.extraction.reviewing.labels import Labels

    found = Review(folder, curator or _user())
    labels = Labels()
    if decisions is not None:
        number = scripted.carry_out(found, scripted.read(decisions, found, labels.notation))
        target.notice(f"{folder}: {number} decisions carried out, {_left(found)} drafts left")
        return
    if not _is_terminal():
        raise UsageError("a review asks questions, and this is no terminal", "give the decisions: --decisions FILE")
    waiting = [each for each in found.items() if each.is_undecided and (everything or each.is_doubtful)]
    for number, item in enumerate(waiting, 1):
        if item.iri not in {each.iri for each in found.items()}:
            continue  # it went with what it was stated in
        if not _ask(found, labels, item, f"{number} of {len(waiting)}"):
            break
    click.echo(f"{_left(found)} drafts are left that nobody has decided about.")


def _left(found: Review) -> int:
    return sum(each.is_undecided for each in found.items())


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _user() -> str:
    """Return the name of who sits here. Raises UsageError if nothing says it."""
    git = shutil.which("git")
    done = subprocess.run([git, "config", "user.name"], capture_output=True, text=True, check=False) if git else None
    name = (done.stdout.strip() if done else "") or os.environ.get("USER", "")
    if not name:
        raise UsageError("nothing says who decides", "give your name: --by NAME")
    return name


def _ask(found: Review, labels: Labels, item: Item, where: str) -> bool:
    """Show an item and carry out what is decided, until it is left; return False to end the review."""
    while True:
        _show(found, item, where)
        key = click.prompt(_KEYS, default="s", show_default=False, prompt_suffix=" > ").strip().lower()[:1]
        if key == "q":
            return False
        if key == "s":
            return True
        if key == "a":
            found.accept(item)
            return True
        if key == "d" and not item.is_document:
            gone = found.drop(item)
            click.echo(f"dropped{f', with {gone - 1} that depend on it' if gone > 1 else ''}; kept in review.csv")
            return True
        _change(found, labels, item, key)
        item = found.again(item)


def _change(found: Review, labels: Labels, item: Item, key: str) -> None:
    from uprgraph.extraction.reviewing.items import TYPES, WITH_TOPICS

    scheme = {"r": "right", "p": "principle"}.get(key)
    try:
        if scheme and item.kind in WITH_TOPICS:
            before = [each.notation for each in item.topics if each.scheme == scheme]
            typed = click.prompt(f'{scheme}s; "+" adds, "-" removes, ";" between several', default="")
            if typed.strip():
                found.change_topics(item, scheme, labels.edited(scheme, before, typed))
        elif key == "t" and item.kind in TYPES:
            codelist = TYPES[item.kind][1]
            typed = click.prompt(f"type ({codelist})", default=item.type)
            if typed != item.type:
                found.change_type(item, labels.notation(codelist, typed))
        else:
            click.echo(f"this cannot be done with a {item.kind}, or is no key: {key}")
    except UnknownValueError as error:
        click.echo(f"{error.message}. {error.hint or ''}".rstrip())


def _show(found: Review, item: Item, where: str) -> None:
    """Print an item: what it says, the words in their context, topics with the words that named them, rule, doubt."""
    click.echo()
    click.echo(f"{where}: {item.kind} {item.name}{f' in {item.document}' if item.document else ''}")
    _say(item.text)
    if item.type:
        click.echo(f"  type: {item.type}")
    for topic in item.topics:
        words = ", ".join(f'"{each}"' for each in topic.words) or "as a curator says"
        click.echo(f"  {topic.scheme}: {topic.notation} ({words})")
    click.echo(f"  rule: {item.rule}, confidence {item.confidence:g}{'' if item.is_undecided else f', {item.status}'}")
    for note in item.notes:
        click.echo(f"  note: {note}")
    for span in item.places:
        before, words, after = found.source.around(span, _CONTEXT)
        _say(f"... {before} **{words}** {after} ...")


def _say(text: str) -> None:
    """Print a text in lines of the width of the terminal; what stands between ** is bold where that can be shown."""
    lines = textwrap.fill(
        text, writing.width() - 1, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )
    if writing.coloured(None):
        start, end = click.style("", bold=True, reset=False), click.style("")
        plain, *marked = lines.split("**", 2)
        lines = plain if not marked else f"{plain}{start}{marked[0]}{end}{''.join(marked[1:])}"
    click.echo(lines)
