"""What a campaign reads of its adjudication."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from curation import schema, store
from curation.annotation.adjudication.answers import adjudicated, by_own_annotators
from curation.annotation.adjudication.book import adjudication_book
from curation.annotation.annotators import Person, load
from curation.annotation.campaign import Campaign
from tests.annotation.adjudication.conftest import annotations, change, page, tasks

NAME = "sikap-adjudication"


def decide(campaign: Campaign, *pages: list[dict[str, Any]]) -> pa.Table:
    rows = [[{**row, "campaign": NAME, "round": "1.1"} for row in of_page] for of_page in pages]
    campaign.adjudication.folder.mkdir(exist_ok=True)
    store.write_table(campaign.adjudication.annotations, annotations(rows))
    return adjudicated(campaign)


def stances(table: pa.Table) -> list[tuple[str, str, str]]:
    rows = [row for row in table.to_pylist() if row["question"] == "stance"]
    return [(row["document_id"][-1], row["annotator"], row["value"]) for row in rows]


def test_without_an_adjudication_there_is_an_empty_table(campaign: Campaign) -> None:
    assert adjudicated(campaign) == schema.empty("annotations")


def test_decisions_bear_the_name_of_the_campaign(campaign: Campaign) -> None:
    one, two = tasks(2).to_pylist()
    said = {"stance": "favor", "confidence": "sure", "evidence": ("quote:Warga",)}
    found = decide(campaign, page(one, "a05", said), page(two, "a05", {"stance": "neutral"}))
    assert found.schema == schema.arrow_schema("annotations")
    assert {(row["campaign"], row["round"]) for row in found.to_pylist()} == {("sikap", "adjudication")}
    assert found.num_rows == 4
    assert stances(found) == [("0", "a05", "favor"), ("1", "a05", "neutral")]


def test_the_last_decision_counts_and_a_skip_is_none(campaign: Campaign) -> None:
    one, two, three = tasks(3).to_pylist()
    found = decide(
        campaign,
        page(one, "a06", {"stance": "favor"}, hours=2),
        page(one, "a05", {"stance": "against"}, hours=1),
        page(two, "a05", {"stance": "against"}, hours=1),
        page(two, "a06", None, hours=2),
        page(three, "a05", None, hours=2),
    )
    assert stances(found) == [("0", "a06", "favor"), ("1", "a05", "against")]


def test_equal_numbers_of_two_servers_are_two_annotations(campaign: Campaign) -> None:
    (task,) = tasks(1).to_pylist()
    first = [{**row, "annotation_id": "7"} for row in page(task, "a05", {"stance": "favor"}, hours=1)]
    second = [{**row, "annotation_id": "7"} for row in page(task, "a06", {"stance": "against"}, hours=2)]
    assert stances(decide(campaign, first, second)) == [("0", "a06", "against")]


def test_a_change_of_the_guideline_takes_decisions_away(campaign: Campaign) -> None:
    one, two = tasks(2).to_pylist()
    pages = page(one, "a05", {"stance": "favor"}), page(two, "a05", {"stance": "against"})
    assert len(stances(decide(campaign, *pages))) == 2
    change(campaign, "1.2", labels="favor")
    assert stances(adjudicated(campaign)) == [("1", "a05", "against")]
    again = page(one, "a05", {"stance": "favor"}, hours=99, version="1.2")
    assert stances(decide(campaign, *pages, again)) == [("1", "a05", "against"), ("0", "a05", "favor")]
    change(campaign, "1.3", effect="all")
    assert stances(adjudicated(campaign)) == []


def begin(campaign: Campaign) -> Campaign:
    """The adjudication with its codebook."""
    own = campaign.adjudication
    own.folder.mkdir()
    own.codebook.write_text(adjudication_book(campaign)[0], encoding="utf-8")
    return own


def test_a_person_has_one_pseudonym_in_both(campaign: Campaign) -> None:
    own = begin(campaign)
    assert own.annotators == campaign.annotators
    known = load(own.annotators).including({Person("7", "bayu@kampus.example"), Person("9", "ketut@kampus.example")})
    known.save(own.annotators)
    assert known.pseudonym(Person("7", "bayu@kampus.example")) == "a02"
    assert load(campaign.annotators).pseudonym(Person("9", "ketut@kampus.example")) == "a05"


def test_which_campaign_is_adjudicated(campaign: Campaign) -> None:
    assert campaign.adjudicates is None
    assert campaign.adjudication.adjudicates is None  # there is none yet
    own = begin(campaign)
    assert own.adjudicates == campaign
    # somebody's own work under such a name
    own.codebook.write_bytes(campaign.codebook.read_bytes())
    assert own.adjudicates is None
    assert own.annotators == own.folder / "annotators.csv"
    alone = Campaign(campaign.folder.with_name("berita-adjudication"))
    assert alone.adjudicates is None
    assert alone.annotators == alone.folder / "annotators.csv"


def test_decisions_of_the_own_annotators_are_told(campaign: Campaign) -> None:
    one, two, three = tasks(3).to_pylist()
    found = decide(
        campaign,
        page(one, "a01", {"stance": "favor"}),
        page(two, "a01", {"stance": "favor"}),
        page(three, "a05", {"stance": "favor"}),
    )
    said = annotations([page(one, "a01", {"stance": "neutral"}), page(two, "a01", None), page(three, "a01", None)])
    assert by_own_annotators(found, said) == [(one["task_key"], "a01")]
