"""What a curator decides stands in the dossier and in the log, and the dossier stays good."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
from rdflib import Graph

from uprgraph import validation
from uprgraph.errors import InvalidDataError, ResourceError, UnknownValueError
from uprgraph.evidence import SourceText, spans, verify
from uprgraph.extraction.drafting import drafted, write
from uprgraph.extraction.drafting.triples import term
from uprgraph.extraction.reviewing import scripted
from uprgraph.extraction.reviewing.folder import Review
from uprgraph.extraction.reviewing.items import Item
from uprgraph.extraction.reviewing.labels import Labels

from ..drafting.drafts import made_by_hand

OPINION = "opinion/JUD-SLO-348-2019"
FINDING = f"{OPINION}/finding/1"
REPORT = "election-report/SVN-2016-03-20"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    read, draft = made_by_hand()
    write(drafted(draft, read), tmp_path / "SVN-34")
    return tmp_path / "SVN-34"


@pytest.fixture(scope="module")
def labels() -> Labels:
    return Labels()


def named(review: Review, name: str) -> Item:
    return next(each for each in review.items() if each.name == name)


def logged(folder: Path) -> list[dict[str, str]]:
    with (folder / "review.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_good(folder: Path) -> None:
    assert [str(each) for each in validation.validate([folder]).violations] == []
    graph = Graph().parse(folder / "dossier.ttl")
    assert verify(graph, SourceText((folder / "source.txt").read_text(encoding="utf-8"))) == []
    assert set(spans(graph)) == {str(passage) for passage in graph.objects(None, term("upr:evidence"))}
    facts = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    findings = list(graph.subjects(term("upr:findingType"), None))
    assert facts["counts"].get("Finding", 0) == len(findings)


def test_items_come_least_certain_first_with_the_words_that_named_their_topics(folder: Path) -> None:
    found = Review(folder, "Jane Doe").items()
    assert found[0].name == f"{OPINION}/recommendation/2"
    assert found[0].confidence == 0.7
    assert found[0].is_doubtful
    finding = named(Review(folder, "Jane Doe"), FINDING)
    assert [(each.notation, each.words) for each in finding.topics] == [
        ("freedom-of-religion-or-belief", ("freedom of religion",)),
        ("legal-certainty", ("vague",)),
    ]
    assert finding.is_doubtful  # for its note, sure as the rule is
    assert not named(Review(folder, "Jane Doe"), REPORT).is_doubtful  # a title that was made is no doubt


def test_what_is_accepted_says_by_whom_and_when(folder: Path) -> None:
    review = Review(folder, "Jane Doe")
    review.accept(named(review, FINDING))
    again = Review(folder, "John")
    item = named(again, FINDING)
    assert (item.status, item.is_undecided, item.confidence) == ("accepted", False, 1.0)
    (entry,) = logged(folder)
    assert (entry["who"], entry["decision"], entry["statement"], entry["confidence"]) == (
        "Jane Doe",
        "accept",
        FINDING,
        "0.9",
    )
    assert_good(folder)


def test_a_changed_right_takes_the_words_along_that_named_it(folder: Path, labels: Labels) -> None:
    review = Review(folder, "Jane Doe")
    item = named(review, FINDING)
    before = [each.notation for each in item.topics if each.scheme == "right"]
    review.change_topics(item, "right", labels.edited("right", before, "Freedom of movement"))
    after = named(Review(folder, "Jane Doe"), FINDING)
    assert [(each.notation, each.words) for each in after.topics if each.scheme == "right"] == [
        ("freedom-of-movement", ())
    ]
    assert after.status == "changed"
    review.accept(review.again(item))
    assert named(Review(folder, "Jane Doe"), FINDING).status == "changed"
    assert_good(folder)


def test_a_changed_type_is_another_of_the_same_codelist(folder: Path, labels: Labels) -> None:
    review = Review(folder, "Jane Doe")
    review.change_type(named(review, FINDING), labels.notation("finding-type", "Commendation"))
    assert named(Review(folder, "Jane Doe"), FINDING).type == "commendation"
    assert_good(folder)


def test_what_is_dropped_leaves_the_dossier_with_its_passages_and_stays_in_the_log(folder: Path) -> None:
    review = Review(folder, "Jane Doe")
    assert review.drop(named(review, FINDING)) == 1
    text = (folder / "dossier.ttl").read_text(encoding="utf-8")
    assert f"{FINDING}>" not in text
    assert f"{FINDING}/topic" not in text
    (entry,) = logged(folder)
    assert (entry["decision"], entry["text"].startswith("the law")) == ("drop", True)
    assert "the law, which is vague" in entry["quote"].replace(" | ", ", ") or "which is vague" in entry["quote"]
    facts = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    assert any("freedom of religion" in words for words in facts["not_understood"])
    assert "opinions-without-findings" in text  # which the opinion now is
    assert_good(folder)


@pytest.mark.thorough
def test_a_dropped_opinion_takes_along_what_it_states(folder: Path) -> None:
    review = Review(folder, "Jane Doe")
    gone = review.drop(named(review, OPINION))
    assert gone == len(logged(folder)) > 4
    assert "JUD-SLO" not in (folder / "dossier.ttl").read_text(encoding="utf-8")
    assert "legal-text/SVN-draft-law-on-courts" not in (folder / "dossier.ttl").read_text(encoding="utf-8")
    assert_good(folder)


@pytest.mark.thorough
def test_the_note_on_a_count_follows_what_is_dropped(folder: Path) -> None:
    review = Review(folder, "Jane Doe")
    review.drop(named(review, f"{REPORT}/recommendation/1"))
    assert "goes on to list 0" in (folder / "dossier.ttl").read_text(encoding="utf-8")
    review.drop(named(review, f"{REPORT}/count/priority-recommendations"))
    assert "goes on to list" not in (folder / "dossier.ttl").read_text(encoding="utf-8")
    assert_good(folder)


def test_labels_are_added_and_removed_or_replace_all(labels: Labels) -> None:
    before = ["freedom-of-movement"]
    assert labels.edited("right", before, "+freedom of religion or belief") == [
        "freedom-of-movement",
        "freedom-of-religion-or-belief",
    ]
    assert labels.edited("right", before, "-freedom of movement") == []
    assert labels.edited("right", before, "fair trial; liberty of movement")[1] == "freedom-of-movement"
    with pytest.raises(UnknownValueError, match="unknown") as error:
        labels.edited("right", before, "freedom of movment")
    assert "freedom of movement" in str(error.value)
    with pytest.raises(UnknownValueError, match="does not concern"):
        labels.edited("right", before, "-freedom of expression")


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_decisions_of_a_file_are_carried_out(folder: Path, tmp_path: Path, labels: Labels) -> None:
    review = Review(folder, "Jane Doe")
    rows = (
        f"{OPINION}/recommendation/2,drop,,,\n{FINDING},change,freedom of movement,,observation\n"
        f"https://w3id.org/uprgraph/id/{OPINION}/recommendation/1,accept,,,\n{OPINION},skip,,,\n"
    )
    path = table(tmp_path / "decisions.csv", f"statement,decision,rights,principles,type\n{rows}")
    assert scripted.carry_out(review, scripted.read(path, review, labels.notation)) == 3
    again = Review(folder, "Jane Doe")
    assert named(again, FINDING).type == "observation"
    assert [each.notation for each in named(again, FINDING).topics] == ["freedom-of-movement"]
    assert named(again, f"{OPINION}/recommendation/1").status == "accepted"
    assert named(again, OPINION).is_undecided
    assert_good(folder)


@pytest.mark.thorough
def test_the_log_can_be_given_again_on_a_new_draft(folder: Path, tmp_path: Path, labels: Labels) -> None:
    review = Review(folder, "Jane Doe")
    review.change_topics(named(review, FINDING), "right", ["freedom-of-movement"])
    review.drop(named(review, f"{OPINION}/recommendation/2"))
    read, draft = made_by_hand()
    write(drafted(draft, read), tmp_path / "again")
    again = Review(tmp_path / "again", "Jane Doe")
    scripted.carry_out(again, scripted.read(folder / "review.csv", again, labels.notation))
    assert {each.name for each in again.items()} == {each.name for each in review.items()}
    assert named(again, FINDING).topics == named(Review(folder, "Jane Doe"), FINDING).topics


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("statement\nx\n", "no column decision"),
        ("statement,decision\nopinion/NONE,accept\n", "2: nothing that was drafted is called opinion/NONE"),
        (f"statement,decision\n{FINDING},maybe\n", '2: "maybe" is no decision'),
        ("statement,decision\nsubmission/odihr-SVN-34,drop\n", "the document itself"),
    ],
)
def test_a_bad_row_stops_all_before_anything_is_done(
    folder: Path, tmp_path: Path, labels: Labels, rows: str, message: str
) -> None:
    review = Review(folder, "Jane Doe")
    with pytest.raises(InvalidDataError, match=message):
        scripted.read(table(tmp_path / "decisions.csv", rows), review, labels.notation)
    assert not (folder / "review.csv").exists()


def test_a_type_or_right_that_is_not_there_stops_all(folder: Path, tmp_path: Path, labels: Labels) -> None:
    review = Review(folder, "Jane Doe")
    for column, value in (("rights", "no such right"), ("type", "no such type")):
        path = table(tmp_path / "decisions.csv", f"statement,decision,{column}\n{FINDING},change,{value}\n")
        with pytest.raises(UnknownValueError):
            scripted.read(path, review, labels.notation)


def test_a_folder_without_a_dossier_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"holds no dossier\.ttl"):
        Review(tmp_path, "Jane Doe")
