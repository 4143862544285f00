from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph.errors import InvalidDataError
from uprgraph.sources.reports.responses import load, stated


@pytest.mark.parametrize(
    ("chapter", "response"),
    [
        ("The recommendations listed below enjoy the support of X:", "supported"),
        ("The recommendations have been examined by X and enjoy its support:", "supported"),
        ("The following enjoy the support of X, which considers that they are already implemented", "supported"),
        ("The recommendations below did not enjoy the support of X", "not-supported"),
        ("The following did not enjoy the support of X and would thus be noted:", "noted"),
        ("The following recommendations have been noted by X:", "noted"),
        ("The following will be examined by X, which will provide responses in due time:", "pending"),
        ("In the discussion, the following recommendations were made to X:", "pending"),
        ("X would study the following and will provide its answer in due time", "pending"),
    ],
)
def test_what_a_chapter_states(chapter: str, response: str) -> None:
    phrase = stated(chapter.replace(" ", "\n  "), load())
    assert phrase is not None
    assert phrase.response is not None
    assert phrase.response.endswith(f"/code/response/{response}")


def test_pledges_are_no_recommendations() -> None:
    phrase = stated("The following pledges and commitments were made by X:", load())
    assert phrase is not None
    assert phrase.response is None


def test_a_chapter_that_states_nothing() -> None:
    assert stated("X offered the following comment:", load()) is None


def test_a_response_that_is_not_in_the_codelist(tmp_path: Path) -> None:
    path = tmp_path / "phrases.csv"
    path.write_text("phrase,response,note\nenjoys,liked,\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match=r'phrases\.csv:2: column "response" is "liked"'):
        load(path)


def test_an_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "phrases.csv"
    path.write_text("phrase,response,note\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match="no phrase"):
        load(path)
