"""src/uprgraph/search/index.py: what is found, in which order, and files that are no index."""

import random
import time
from pathlib import Path

import pytest

from uprgraph.errors import ResourceError
from uprgraph.search.document import Document
from uprgraph.search.index import Hit, Index, build

A = "https://example.org/a"
B = "https://example.org/b"


def rec(number: int, text: str, **facts: object) -> Document:
    return Document(f"https://example.org/{number}", "review-recommendation", text, **facts)  # type: ignore[arg-type]


def found(words: str, *documents: Document, **filters: list[str]) -> list[str]:
    """Return the ends of the IRIs of what is found."""
    _, hits = Index.in_memory(documents).find(words, filters, 100)
    return [hit.item.rsplit("/", 1)[1] for hit in hits]


TEXTS = (
    rec(1, "Ratify the treaty against torture."),
    rec(2, "Consider the ratification of treaties"),
    rec(3, "End torture in prisons, and train the police in prevention of torture and of ill-treatment"),
    rec(4, "Guarantee the freedom of religion of women"),
    rec(5, "Guarantee freedoms, also of a religion; protect women\N{RIGHT SINGLE QUOTATION MARK}s rights"),
    rec(6, "Open an école"),
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("treaty", {"1", "2"}),
        ("TREATIES", {"1", "2"}),
        ("ratify", {"1"}),
        ("ratification", {"2"}),
        ("ratif*", {"1", "2"}),
        ("ratifica*", {"2"}),
        ("ill-treatment", {"3"}),
        ('"freedom of religion"', {"4"}),
        ("freedom religion", {"4", "5"}),
        ('"freedom of relig"*', {"4"}),
        ("torture prison", {"3"}),
        ("torture OR women", {"1", "3", "4", "5"}),
        ("torture NOT prison", {"1"}),
        ("guarantee NOT (treaty OR rights)", {"4"}),
        ("women's", {"5"}),
        ("women", {"4", "5"}),
        ("ecole", {"6"}),
        ("nothing*", set()),
        ("treaty NOT nothing*", {"1", "2"}),
    ],
)
def test_what_is_found(words: str, expected: set[str]) -> None:
    assert set(found(words, *TEXTS)) == expected


def test_a_prefix_is_of_words_and_not_of_their_stems() -> None:
    discrimination = rec(1, "End discrimination")
    assert found("discriminati*", discrimination) == ["1"]
    assert found("discriminatory*", discrimination) == []


def test_the_best_come_first() -> None:
    titled = Document("https://example.org/4", "opinion", "one word of torture", "Opinion on torture")
    long, short = rec(1, "torture " + "and many other words " * 20), rec(2, "end torture")
    about = rec(3, "", title="torture")
    assert found("torture", long, short, about, titled) == ["4", "2", "1", "3"]
    same = [rec(number, "end torture") for number in range(9)]
    assert found("torture", *same) == [str(number) for number in range(9)]


def test_filters_are_met_each_by_one_of_the_values() -> None:
    documents = (
        rec(1, "x", states=(A,), session=7, response=A, recommenders=(A, B), about=(A,)),
        rec(2, "x", states=(B,), session=20, response=B, recommenders=(B,), about=(A, B)),
        rec(3, "x"),
        rec(4, "y", states=(A, B)),
    )
    for filters, expected in (
        ({"state": [A]}, ["1"]),
        ({"state": [A, B]}, ["1", "2"]),
        ({"recommender": [B]}, ["1", "2"]),
        ({"recommender": [A], "state": [B]}, []),
        ({"about": [B], "recommender": [B], "session": ["20"], "response": [B]}, ["2"]),
        ({"session": ["7", "99"]}, ["1"]),
        ({"kind": ["review-recommendation"]}, ["1", "2", "3"]),
        ({"kind": ["finding"]}, []),
        ({"state": []}, []),
        ({"state": ["1"]}, []),
    ):
        assert found("x", *documents, **filters) == expected, filters


def test_the_total_counts_beyond_the_limit() -> None:
    index = Index.in_memory([rec(number, "torture") for number in range(30)])
    total, hits = index.find("torture", {}, 7)
    assert (total, len(hits)) == (30, 7)


def test_a_hit_has_what_is_known_and_the_place_of_the_words() -> None:
    document = Document("https://example.org/1", "finding", f"{'and ' * 60}the \x02free\x03 press", "", (A, B), 34)
    document = Document(**{name: getattr(document, name) for name in document.__slots__} | {"source": B})
    _, (hit,) = Index.in_memory([document]).find("press the", {}, 1)
    assert hit.snippet.startswith("…and")
    assert hit.snippet.endswith("the  free  press")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["the", "press"]
    assert hit.score > 0
    expected = Hit(hit.score, document.item, "finding", (A, B), 34, None, B, hit.snippet, hit.marks, wordless=False)
    assert hit == expected


def test_a_file_answers_as_memory_does_and_is_the_same_each_time(tmp_path: Path) -> None:
    paths = [tmp_path / "one.sqlite", tmp_path / "two.sqlite"]
    chance = random.Random(1)  # noqa: S311
    words = [f"word{number}" for number in range(500)]
    documents = [rec(number, " ".join(chance.choices(words, k=20)), states=(A,)) for number in range(500)]
    for path in paths:
        build(iter(documents), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    found = Index.opened(paths[0]).find("word1*", {"state": [A]}, 50)
    assert found == Index.in_memory(documents).find("word1*", {"state": [A]}, 50)
    assert found[0] > 100
    assert sorted(tmp_path.iterdir()) == paths


def test_a_build_that_fails_leaves_the_index_before(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    build([rec(1, "before")], path)

    def failing() -> object:
        yield rec(2, "after")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        build(failing(), path)  # type: ignore[arg-type]
    assert Index.opened(path).find("before", {}, 1)[0] == 1
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(ResourceError, match="cannot be written: unable to open database file"):
        build([], tmp_path / "nowhere" / "search.sqlite")


def test_an_index_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    build([rec(1, "word")], path)
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        assert Index.opened(path).find("word", {}, 1)[0] == 1
        assert list(tmp_path.iterdir()) == [path]
    finally:
        tmp_path.chmod(0o700)


def test_files_that_are_no_index(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"there is no index .*none\.sqlite\nimport again"):
        Index.opened(tmp_path / "none.sqlite")
    path = tmp_path / "search.sqlite"
    path.write_bytes(b"")
    with pytest.raises(ResourceError, match="is not an index that this version of uprgraph reads"):
        Index.opened(path)
    path.write_bytes(b"no database " * 500)
    with pytest.raises(ResourceError, match="is damaged: file is not a database"):
        Index.opened(path)


@pytest.mark.thorough
def test_a_damaged_index_gives_an_answer_or_an_error_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    build([rec(number, f"word{number} of the text", states=(A,)) for number in range(400)], path)
    whole = path.read_bytes()
    chance = random.Random(2)  # noqa: S311
    refused = 0
    for size in (len(whole) // 2, len(whole) // 4, 4096):
        path.write_bytes(whole[:size])
        with pytest.raises(ResourceError, match="is damaged"):
            Index.opened(path).find("text AND word1*", {"state": [A]}, 300)
    for _ in range(60):
        changed = bytearray(whole)
        at = chance.randrange(100, len(whole) - 2000)
        changed[at : at + 2000] = chance.randbytes(2000)
        path.write_bytes(changed)
        try:
            Index.opened(path).find("text AND word1*", {"state": [A]}, 300)
        except ResourceError:
            refused += 1
    assert refused > 5


@pytest.mark.thorough
def test_a_search_among_forty_thousand_texts_is_quick(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311
    words = [f"word{number}" for number in range(300)]
    texts = (" ".join(chance.choices(words, k=25)) for _ in range(40_000))
    path = tmp_path / "search.sqlite"
    build((rec(number, text, states=((A, B)[number % 2],)) for number, text in enumerate(texts)), path)
    index = Index.opened(path)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        total, _ = index.find('word1 OR "word2 word3" NOT word4*', {"state": [A]}, 20)
        times.append(time.perf_counter() - start)
        assert total > 100
    assert min(times) < 0.1
