"""The measure of extraction: what is expected, found, has the best marks, and each kind of mistake costs some."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bench.extraction_attributes import ATTRIBUTES
from bench.extraction_coverage import coverage
from bench.extraction_expected import SEED, Expected, expected, names
from bench.extraction_report import lines, misses
from bench.extraction_scoring import Score, compare

from uprgraph.evidence import Span
from uprgraph.extraction.document import Document, Words
from uprgraph.extraction.statements import Basis, Draft, Finding, Submission, Topic

BASIS = Basis(rule="test", words=())


def of(*findings: Finding, forbidden: tuple[str, ...] = ()) -> Expected:
    draft = Draft(Submission("KGZ", 35, BASIS), findings=findings)
    return Expected("test", expected(SEED).source, draft, forbidden)


def finding(text: str, type_: str = "concern", place: str = "submission", rights: tuple[str, ...] = ()) -> Finding:
    return Finding(place, type_, text, BASIS, rights=tuple(Topic(code, "words") for code in rights))


@pytest.mark.parametrize("name", names())
def test_what_is_expected_has_the_best_marks(name: str) -> None:
    wanted = expected(name)
    comparison = compare(wanted, wanted.draft)
    assert {kind: matched.score.f1 for kind, matched in comparison.kinds.items() if matched.score.f1 != 1} == {}
    for kind in comparison.kinds:
        for attribute in ATTRIBUTES.get(kind, ()):
            assert comparison.attribute(kind, attribute).f1 == 1, (kind, attribute)
    assert comparison.topics("rights", end_to_end=True).f1 == 1
    assert comparison.topics("principles", end_to_end=True).f1 == 1
    assert comparison.forbidden == ()
    assert [line for line in lines(comparison, None) if line.good is False] == []
    assert list(misses(comparison, None, wanted.draft)) == []


def test_the_seed_is_read_from_its_dossier() -> None:
    draft = expected(SEED).draft
    assert [opinion.issued for opinion in draft.opinions] == ["2015-05-29", "2018-12-27", "2016-10-06"]
    assert (len(draft.findings), len(draft.recommendations), len(draft.counts)) == (27, 16, 3)
    assert draft.submission.membership is not None
    assert draft.submission.membership.since == "1992"
    assert sorted(figure.value for figure in draft.figures) == [27.1, 28.0, 30.0]
    assert [each.fallback_for for each in draft.recommendations if each.fallback_for] == [1]


def test_statements_match_one_to_one_the_most_alike_first() -> None:
    wanted = of(finding("judges are not independent of parliament"), finding("judges are not independent"))
    found = of(finding("judges are not independent"), finding("the press is free"))
    comparison = compare(wanted, found.draft)
    matched = comparison.kinds["findings"]
    assert [(one.text, other.text) for one, other in matched.pairs] == [("judges are not independent",) * 2]
    assert matched.score == Score(right=1, found=2, wanted=2)
    assert (matched.score.precision, matched.score.recall, matched.score.f1) == (0.5, 0.5, 0.5)


def test_the_place_counts_but_not_the_initials_of_who_wrote_an_opinion() -> None:
    wanted = of(finding("judges are not independent", place="JUD-KGZ/1/2020 [AB]"))
    assert compare(wanted, of(finding("judges are not independent")).draft).kinds["findings"].score.right == 0
    there = of(finding("judges are not independent", place="JUD-KGZ/1/2020")).draft
    assert compare(wanted, there).kinds["findings"].score.right == 1


def test_rights_are_scored_over_matches_and_over_everything() -> None:
    wanted = of(
        finding("judges are not independent", rights=("fair-trial", "privacy")), finding("x y z", rights=("life",))
    )
    found = of(finding("judges are not independent", rights=("fair-trial", "liberty")))
    comparison = compare(wanted, found.draft)
    assert comparison.topics("rights", end_to_end=False) == Score(right=1, found=2, wanted=2)
    assert comparison.topics("rights", end_to_end=True) == Score(right=1, found=2, wanted=3)


def test_types_of_findings_are_counted() -> None:
    wanted, found = of(finding("judges are free", "commendation")), of(finding("judges are free", "observation"))
    comparison = compare(wanted, found.draft)
    assert dict(comparison.types()) == {("commendation", "observation"): 1}
    assert comparison.attribute("findings", "type") == Score(0, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "the Working Group may wish to consider this",
        "It was said that the Working Group may wish to consider this in more detail",
        "Group may wish to consider",
    ],
)
def test_a_statement_of_a_forbidden_text_is_named(text: str) -> None:
    wanted = of(forbidden=("The Working Group may wish to consider this",))
    found = of(finding(text)).draft
    comparison = compare(wanted, found)
    assert [statement.text for _, statement in comparison.forbidden] == [text]
    assert any(line.startswith("FORBIDDEN") for line in misses(comparison, None, found))


def test_what_is_missed_stands_beside_what_is_nearest_to_it() -> None:
    wanted = of(finding("judges are not independent of the executive and of parliament"))
    found = of(finding("judges are not independent")).draft
    shown = list(misses(compare(wanted, found), None, found))
    assert shown[0].startswith("MISSED     findings: place submission | type concern | text judges")
    assert "nearest (0.57)" in shown[1]
    assert shown[2].startswith("EXTRA ")


def test_each_character_is_counted_once() -> None:
    source = "Judges are free. 1\nBack-\nground and more."

    def words(text: str) -> Words:
        start = source.index(text)
        return Words(text, tuple(range(start, start + len(text))))

    divided = Words("Background", (*range(19, 23), *range(25, 31)))
    basis = Basis("test", (words("Judges are free"), words("Judges")))
    draft = Draft(
        Submission("KGZ", 35, basis),
        context=(Basis("test", (divided,)),),
        not_understood=(words("and"),),
    )
    covered = coverage(Document(source, (), structure=((Span(17, 18), "footnote mark"),)), draft)
    assert (covered.statements, covered.context, covered.structure, covered.not_understood) == (13, 11, 1, 3)
    assert covered.joints == 1
    assert covered.lost == ("more.",)
    assert covered.total == 34
    assert covered.accounted == pytest.approx(29 / 34)


def test_a_document_without_characters_is_accounted_for() -> None:
    assert coverage(Document("", ()), of().draft).accounted == 1


def test_a_fallback_counts_by_what_it_falls_back_from() -> None:
    wanted = expected("MNE-43-long-sentences")
    shifted = tuple(
        replace(each, position=each.position + 1, fallback_for=each.fallback_for and each.fallback_for + 1)
        for each in wanted.draft.recommendations
    )
    comparison = compare(wanted, replace(wanted.draft, recommendations=shifted))
    assert comparison.attribute("recommendations", "fallback").f1 == 1
    assert comparison.attribute("recommendations", "position").right == 0
    dropped = tuple(replace(each, fallback_for=None) for each in wanted.draft.recommendations)
    comparison = compare(wanted, replace(wanted.draft, recommendations=dropped))
    assert comparison.attribute("recommendations", "fallback") == Score(13, 14, 14)
