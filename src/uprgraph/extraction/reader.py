"""One pass over the sentences of a submission, in which its findings and recommendations are gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from uprgraph.extraction import findings, recommendations
from uprgraph.extraction.accounting import MOSTLY, WHOLLY, Taken, joins_only
from uprgraph.extraction.document import Document, Kind, Paragraph, Words
from uprgraph.extraction.places import Places
from uprgraph.extraction.recommendations import Item, Lead
from uprgraph.extraction.sentences import sentences
from uprgraph.extraction.statements import Basis, Finding, Opinion, Recommendation
from uprgraph.extraction.topics.topics import topics

_BEHIND = 2
"""How many characters behind words the mark of a footnote may stand: a full stop and a quotation mark."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: its paragraph, its offsets in the words of it, and the place where it is stated."""

    paragraph: Paragraph
    start: int
    end: int
    place: str

    @property
    def words(self) -> Words:
        return self.paragraph.words.cut(self.start, self.end)


@dataclass
class Reader:
    """Reads a document; `opinions` are by their numbers, `taken` is what other rules have understood."""

    document: Document
    places: Places
    taken: Taken
    opinions: dict[str, Opinion]
    findings: list[Finding] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    context: list[Basis] = field(default_factory=list)
    _list: tuple[Lead, _Sentence] | None = None
    _positions: Counter[str] = field(default_factory=Counter)

    def read(self) -> None:
        """Read all paragraphs in their order."""
        for number, paragraph in enumerate(self.document.paragraphs):
            if paragraph.kind is Kind.HEADING:
                self._list = None
            elif paragraph.kind is Kind.ITEM and self._list:
                lead, introducing = self._list
                whole = _Sentence(paragraph, 0, len(paragraph.words.text), introducing.place)
                items = recommendations.item_of_list(paragraph.words.text)
                self._recommend(whole, items, introducing.words, priority=lead.priority)
            else:
                for start, end in sentences(paragraph.words.text):
                    self._read(_Sentence(paragraph, start, end, self.places.at(number, start)))
        self._read_references()

    def _read(self, sentence: _Sentence) -> None:
        text, start, end = sentence.paragraph.words.text, sentence.start, sentence.end
        lead = recommendations.leads_to_list(text, start, end)
        self._list = (lead, sentence) if lead else None
        if lead or self.taken.share(sentence.words) >= WHOLLY:
            return
        rule = findings.context(text[start:end])
        if rule:
            self.context.append(self._basis(rule, sentence, sentence.words))
            return
        items = recommendations.in_sentence(text, start, end)
        if items and self.taken.share(sentence.paragraph.words.cut(items[0].start, items[-1].end)) < MOSTLY:
            opening = sentence.paragraph.words.cut(start, items[0].start)
            self._recommend(sentence, items, opening, priority=recommendations.is_priority(opening.text))
            end = _before_recommending(text, start, items[0].lead)
        self._assert(sentence, end)

    def _read_references(self) -> None:
        """Set the footnotes aside that only say where to read on, and that no statement rests on."""
        bases = [each.basis for each in self.findings] + [each.basis for each in self.recommendations]
        used = {id(words) for basis in bases for words in basis.words}
        for note in self.document.footnotes.values():
            taken = id(note.words) in used or self.taken.share(note.words) >= MOSTLY
            if not taken and findings.is_reference(note.words.text):
                self.context.append(Basis(findings.REFERENCE, (note.words,), footnote=note.number))

    def _recommend(self, sentence: _Sentence, items: Sequence[Item], lead: Words, *, priority: bool) -> None:
        last, reached = None, items[0].start if items else 0
        for item in items:
            gap = sentence.paragraph.words.cut(reached, item.start)
            reached = item.end
            self._positions[sentence.place] += 1
            position = self._positions[sentence.place]
            words = sentence.paragraph.words.cut(item.start, item.end)
            rights, principles = topics(words.text, self._title(sentence.place))
            fallback = item.fallback and last is not None
            self.recommendations.append(
                Recommendation(
                    place=sentence.place,
                    position=position,
                    text=words.text,
                    basis=self._basis(
                        item.rule, sentence, words, lead, *_unless_joint(gap), confidence=item.confidence
                    ),
                    priority=priority,
                    fallback_for=last if fallback else None,
                    rights=rights,
                    principles=principles,
                )
            )
            last = last if fallback else position

    def _assert(self, sentence: _Sentence, end: int) -> None:
        reached = sentence.start
        found = findings.assertions(sentence.paragraph, sentence.start, end)
        for number, each in enumerate(found, 1):
            words = sentence.paragraph.words.cut(each.start, each.end)
            if self.taken.share(words) >= MOSTLY:
                continue
            if each.rule == findings.NOBODY_REPORTS:
                words = words.cut(*self.taken.without_figures(words))
            if not words.text:
                continue
            rights, principles = topics(words.text, self._title(sentence.place))
            whole = sentence.paragraph.words.cut(reached, end if number == len(found) else each.end)
            self.findings.append(
                Finding(
                    place=sentence.place,
                    type=each.type,
                    text=words.text,
                    basis=self._basis(each.rule, sentence, whole, confidence=each.confidence),
                    rights=rights,
                    principles=principles,
                    reporting="quotation" if _is_quoted(sentence.paragraph.words.text, each.start) else "",
                )
            )
            reached = each.end

    def _basis(self, rule: str, sentence: _Sentence, words: Words, *others: Words, confidence: float = 1.0) -> Basis:
        """Return the basis of a statement, with the footnotes whose marks stand in its words, or right behind them.

        What other rules have taken of footnotes is the basis of other statements.
        """
        first, last = words.places[0], words.places[-1] + _BEHIND
        notes = [
            self.document.footnotes[mark.number].words
            for mark in sentence.paragraph.marks
            if mark.number in self.document.footnotes
            and first < sentence.paragraph.words.places[max(mark.offset - 1, 0)] <= last
        ]
        own = (each for each in notes if self.taken.share(each) < MOSTLY)
        return Basis(rule, (words, *others, *own), confidence, section=sentence.paragraph.section)

    def _title(self, place: str) -> str:
        return self.opinions[place].title if place in self.opinions else ""


def _is_quoted(text: str, offset: int) -> bool:
    """Tell whether a quotation mark that is opened before an offset is not closed there yet."""
    opened, closed = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
    return text.rfind(opened, 0, offset) > text.rfind(closed, 0, offset)


def _unless_joint(words: Words) -> tuple[Words, ...]:
    """Return the words between two recommendations, if they do more than join them ("pending the reform of ...")."""
    return () if joins_only(words.text) else (words,)


def _before_recommending(text: str, start: int, end: int) -> int:
    """Return where the words end that say something else before a sentence goes on to recommend; `start` for none."""
    before = text[start:end].rstrip()
    joint = before.endswith((" and", ";", ", but"))
    return start + len(before.removesuffix(" and").removesuffix(", but")) if joint else start
