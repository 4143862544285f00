from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extraction.by_hand import document

from uprgraph.extraction.claims import adoption
from uprgraph.extraction.document import Document
from uprgraph.extraction.opinions.opinions import opinions
from uprgraph.extraction.places import Places
from uprgraph.extraction.statements import Adoption, Basis, ConcernClaim, Submission

SUBMISSION = Submission("SRB", 43, Basis("test", ()), year="2023")
TITLE = "Opinion on the Draft Law on Courts (JUD-SRB/1/2020), issued on 5 March 2020"
NUMBER = "JUD-SRB/1/2020"


def claims(text: Document) -> tuple[tuple[Adoption, ...], tuple[ConcernClaim, ...]]:
    found, transitions = opinions(text, SUBMISSION)
    return adoption.claims(text, SUBMISSION, found, Places(text, transitions))


@pytest.mark.parametrize(
    ("sentence", "status", "as_of", "cut"),
    [
        ("The Draft Law was adopted on 3 May 2021.", "adopted", "2021-05-03", None),
        ("On 3 May 2021, Parliament adopted the draft law.", "adopted", "2021-05-03", None),
        ("In May 2021, the law was signed into law.", "adopted", "2021-05", None),
        ("It was enacted on 3 May 2021.", "adopted", "2021-05-03", None),
        ("The Law of 1 May 2020 came into force on 3 May 2021.", "adopted", "2021-05-03", None),
        ("The amendments have since been passed.", "adopted", "2023", None),
        ("The Draft Law has still not been adopted.", "not-adopted", "2023", None),
        ("As of 1 June 2022, the Draft Law had not been adopted.", "not-adopted", "2022-06-01", None),
        ("The Draft Law, sent to parliament on 3 May 2021, has yet to be adopted.", "not-adopted", "2023", None),
        ("The bill was rejected by parliament on 3 May 2021.", "not-adopted", "2023", None),
        ("Parliament has not yet passed the amendments.", "not-adopted", "2023", None),
        ("The draft is under discussion in parliament.", "adoption-awaited", "2023", None),
        ("The Law is expected to be adopted in 2024.", "adoption-awaited", "2023", None),
        ("The Government withdrew the draft law on 3 May 2021.", "withdrawn", "2021-05-03", None),
        ("The Act was adopted in 2021 and repealed in 2022.", "adopted", "2021", None),
        ("The Act was repealed in 2022.", "repealed", "2022", None),
        ("However, the Draft Law was withdrawn.", "withdrawn", "2023", "the Draft Law was withdrawn."),
        ("According to the Government, the Law was passed in 2021.", "adopted", "2021", "the Law was passed in 2021."),
        ("The Law was passed in 2021, but guards are few.", "adopted", "2021", "The Law was passed in 2021"),
        ("The Law was passed in 2021; judges are few.", "adopted", "2021", "The Law was passed in 2021"),
        ("The Law was passed in 2021 and has a preamble.", "adopted", "2021", "The Law was passed in 2021"),
        ("ODIHR regretted that the Law was passed.", "adopted", "2020-03-05", "the Law was passed"),
    ],
)
def test_claims(sentence: str, status: str, as_of: str, cut: str | None) -> None:
    ((claim,), _) = claims(document(TITLE, "ODIHR welcomed it. " + sentence + " It is short."))
    assert (claim.opinion, claim.status, claim.as_of, claim.text) == (NUMBER, status, as_of, cut or sentence)
    assert claim.basis.words[0].text == claim.text


def test_a_claim_within_another_sentence_is_cut_out_of_it() -> None:
    ((relative,), _) = claims(
        document(TITLE, "The Law, which entered into force in 2021 before the Opinion, is clear.")
    )
    assert (relative.as_of, relative.text) == ("2021", "The Law, which entered into force in 2021")
    ((reported,), _) = claims(document(TITLE, "ODIHR noted that its adoption would be welcome as it clarifies much."))
    assert (reported.as_of, reported.text) == ("2020-03-05", "its adoption would be welcome")


@pytest.mark.parametrize(
    "sentence",
    [
        "ODIHR recommended to proceed with adoption of the Law.",
        "The Law should be adopted in 2024.",
        "It recommended that the Law be adopted.",
        "The Law did not specify how decisions were adopted.",
        "The Draft Law was still being revised when it was sent to ODIHR.",
        "If the Draft Law was adopted, judges would be dismissed.",
        "No particular draft was before ODIHR.",
        "The parliament adopted a strategy.",
        "The Opinion was adopted by the Venice Commission.",
        "The judge was passed over.",
    ],
)
def test_what_claims_nothing(sentence: str) -> None:
    assert claims(document(TITLE, sentence)) == ((), ())


def test_a_claim_concerns_the_opinion_in_whose_words_or_footnote_it_stands() -> None:
    text = document(
        "# Legislation",
        "The Law on Courts was adopted in 2019.",
        TITLE + "^1^",
        "ODIHR welcomed it.^2^",
        "Comments on the Draft Law on Parties (POLIT-SRB/2/2020), issued on 6 March 2020",
        "The Draft Law was withdrawn in 2022.",
        "# Elections",
        "The election law was adopted in 2018.^3^",
        footnotes={
            "1": "Available at https://op.example. The Draft Law was discussed.",
            "2": "The Law was adopted in 2021.",
            "3": "The Law was repealed in 2022.",
        },
    )
    found, _ = claims(text)
    assert [(each.opinion, each.status, each.basis.footnote) for each in found] == [
        (NUMBER, "adopted", "2"),
        ("POLIT-SRB/2/2020", "withdrawn", ""),
    ]


def test_a_pronoun_is_less_sure() -> None:
    ((claim,), _) = claims(document(TITLE, "It was enacted on 3 May 2021."))
    assert claim.basis.confidence < 1
    assert "pronoun" in claim.basis.doubt


@pytest.mark.parametrize(
    ("sentence", "status", "cut"),
    [
        ("Hence, the concerns raised in the Opinion remain.", "remains", "the concerns raised in the Opinion remain"),
        ("ODIHR's concerns have not been addressed.", "remains", "ODIHR's concerns have not been addressed"),
        ("None of these concerns was addressed.", "remains", "None of these concerns was addressed"),
        ("All these concerns were met, it seems.", "met", "All these concerns were met"),
        ("Some of the concerns were addressed.", "partly-met", "Some of the concerns were addressed"),
        ("The concerns were only partially met.", "partly-met", "The concerns were only partially met"),
    ],
)
def test_claims_on_concerns(sentence: str, status: str, cut: str) -> None:
    _, (claim,) = claims(document(TITLE, sentence))
    assert (claim.opinion, claim.status, claim.as_of, claim.text) == (NUMBER, status, "2023", cut)


def test_a_sentence_on_all_opinions_of_a_section_is_a_claim_on_each_and_yields_to_its_own() -> None:
    general = "In 2020, the following opinions, where concerns still remain, were issued:"
    text = document(
        "# Legislation",
        general,
        TITLE,
        "Some of the concerns have been addressed.",
        "Comments on the Draft Law on Parties (POLIT-SRB/2/2020), issued on 6 March 2020",
        "# Media",
        "Opinion on the Draft Law on Media (FOE-SRB/3/2020), issued on 7 March 2020",
    )
    _, found = claims(text)
    assert [(each.opinion, each.status, each.text) for each in found] == [
        (NUMBER, "partly-met", "Some of the concerns have been addressed"),
        ("POLIT-SRB/2/2020", "remains", general.rstrip(":")),
    ]
    assert [words.text for words in found[0].basis.words] == [found[0].text, general.rstrip(":")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Concerns about judges who remain in office were expressed.",
        "The Opinion raised concerns, which the authorities should address.",
        "This remains a concern.",
    ],
)
def test_what_claims_nothing_of_concerns(sentence: str) -> None:
    assert claims(document(TITLE, sentence)) == ((), ())


PARTS = st.sampled_from(
    [
        *(
            "The",
            "Draft Law",
            "which",
            ",",
            "was",
            "adopted",
            "withdrawn",
            "and",
            "has",
            "not been",
            "on 3 May 2021",
            ";",
        ),
        *(
            ";",
            "concerns",
            "remain",
            "that",
            "it",
            "its adoption",
            "would be",
            "welcome",
            ".",
            "ODIHR",
            "noted",
            "in force",
        ),
    ]
)


@given(st.lists(PARTS, max_size=60))
def test_the_words_of_claims_are_those_of_the_text(parts: list[str]) -> None:
    text = document(TITLE, " ".join(parts) or "empty")
    adoptions, concerns = claims(text)
    for claim in (*adoptions, *concerns):
        assert claim.text
        assert claim.text in text.paragraphs[1].words.text


@pytest.mark.thorough
def test_a_long_hostile_sentence_is_read_in_bounded_time() -> None:
    import time

    start = time.process_time()
    for words in ("The Law, which ", "concerns and ", "was adopted and ", "The Law was, "):
        claims(document(TITLE, words * 20_000, words * 200 + "was adopted."))
    assert time.process_time() - start < 20
