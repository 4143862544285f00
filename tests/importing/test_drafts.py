from __future__ import annotations

from hashlib import sha256

from tests.importing.conftest import REPORT, WORDS, record, state

from uprgraph.importing.drafts import drafts


def parts(*records: object) -> list[str]:
    return [draft.part for draft in drafts(records)]  # type: ignore[arg-type]


def test_one_text_by_several_states_is_one_recommendation() -> None:
    (draft,) = drafts([record(part="2"), record(part="3", by=("BEL",)), record(part="4")])
    assert draft.part == sha256(WORDS.encode()).hexdigest()[:12]
    assert draft.recommenders == (state("AUT"), state("BEL"))


def test_one_text_with_two_answers_is_two_recommendations() -> None:
    found = parts(record(), record(response="noted", source_response="Noted"))
    assert len(set(found)) == 2
    assert sha256(WORDS.encode()).hexdigest()[:12] not in found


def test_the_words_of_the_answer_do_not_change_the_key() -> None:
    accepted = parts(record(), record(response="noted", source_response="Noted"))
    supported = parts(record(source_response="Supported"), record(response="noted", source_response="Noted"))
    assert accepted == supported


def test_a_paragraph_names_its_recommendations() -> None:
    found = parts(
        record(REPORT, "95.1", paragraph="95.1"),
        record(REPORT, "95.2-1", paragraph="95.2", text="Do this."),
        record(REPORT, "95.2-2", paragraph="95.2", text="Do that."),
        record("uhri", "123456", paragraph="95.3", text="Do more."),
    )
    assert found == ["95.1", "95.2-1", "95.2-2", "95.3"]


def test_a_paragraph_number_given_twice_names_the_first_text_only() -> None:
    found = parts(record(REPORT, "95.1", paragraph="95.1"), record(REPORT, "95.1", paragraph="95.1", text="Another"))
    assert found == ["95.1", sha256(b"Another").hexdigest()[:12]]


def test_recommendations_of_no_review_keep_their_number() -> None:
    assert parts(record("uhri", "99", kind="treaty-body", session=None, paragraph="7")) == ["99"]
