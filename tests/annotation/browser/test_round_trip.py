"""From raw articles to a release with labels: three annotators, two by the interface and one at the page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curation import store
from tests.annotation.assignment.conftest import ROOT, TARGETS
from tests.annotation.browser.annotator import Annotator
from tests.annotation.browser.conftest import SitDown, Typed
from tests.annotation.browser.looks import look
from tests.annotation.browser.test_page import key

pytestmark = pytest.mark.slow

#: a pseudonym's account, and what its owner says to one task after the other; the last has the page before them
PEOPLE = {
    "a01": ("sari", ["favor", "against", "neutral", "favor", "against", "neutral", "favor", "against", "favor"]),
    "a02": ("bayu", ["favor", "against", "neutral", "neutral", "against", "neutral", "favor", "favor", "against"]),
    "a03": ("wulan", ["favor", "against", "neutral", "favor", "against", "favor", "favor", "neutral", "neutral"]),
}
#: those that nobody agrees on, and what the adjudicator finds
DIVIDED = {7: "against", 8: "cannot_judge"}


def test_from_raw_articles_to_a_release(
    curation: Typed, sit_down: SitDown, account: Callable[[str], Any], admin: Any, tmp_path: Path
) -> None:
    root = tmp_path / "korpus"
    curation(tmp_path, "init", str(root), "--from", str(ROOT / "data" / "sample"), "--quiet")
    curation(root, "run", "--quiet")
    curation(root, "label", "export", "sikap", "--codebook", "stance", "--quiet")
    folder = root / "campaigns" / "sikap"
    with (folder / "codebook.toml").open("a", encoding="utf-8") as book:
        book.write(TARGETS)
    curation(root, "label", "export", "sikap", "-n", "6", "--quiet")
    write_people(folder)
    curation(root, "label", "assign", "sikap", "-n", "3", "--quiet")
    pushed = curation(root, "label", "push", "sikap", "--json")
    projects = {queue["annotator"]: int(queue["address"].rpartition("/")[2]) for queue in pushed["queues"]}
    keys = sorted(store.read_table(folder / "tasks.parquet")["task_key"].to_pylist())
    said = {who: dict(zip(keys, values, strict=True)) for who, (_, values) in PEOPLE.items()}

    for who in ("a01", "a02"):
        by_interface(account(PEOPLE[who][0]), admin, projects[who], said[who])
    tasks = json.loads((folder / "tasks-a03.json").read_text(encoding="utf-8"))
    quote = at_the_page(sit_down("wulan"), projects["a03"], [task["data"] for task in tasks], said["a03"])

    pulled = curation(root, "label", "pull", "sikap", "--json")
    assert pulled["problems"] == []
    rows = store.read_table(folder / "annotations.parquet").to_pylist()
    given = {(row["annotator"], row["task_key"]): row["value"] for row in rows if row["question"] == "stance"}
    assert given == {(who, task): value for who, of in said.items() for task, value in of.items()}
    (marked,) = [row for row in rows if row["question"] == "evidence"]
    texts = {task["data"]["task_key"]: task["data"]["text"] for task in tasks}
    assert texts[marked["task_key"]][marked["start"] : marked["end"]] == marked["quote"] == quote

    # how far three people agree
    found = curation(root, "label", "agreement", "sikap", "--json")["summary"]
    overall = {row["coefficient"]: row for row in found if (row["question"], row["scope"]) == ("stance", "all")}
    assert 0 < overall["krippendorff_alpha"]["value"] < 1
    assert overall["krippendorff_alpha"]["n_annotators"] == 3

    # what they differ on is decided by somebody else, at the page
    decisions = {keys[place]: value for place, value in DIVIDED.items()}
    made = curation(root, "label", "adjudicate", "sikap", "--json")
    assert (made["open"], made["questions"]["stance"]) == (2, 2)
    project = curation(root, "label", "push", made["campaign"], "--json")["project"]
    cases = json.loads((root / "campaigns" / made["campaign"] / "tasks.json").read_text(encoding="utf-8"))
    for theme in ("Dark", "Light"):
        adjudicator = sit_down("guntur", theme=theme)
        adjudicator.open(project)
        look(adjudicator.page, tmp_path / f"adjudication-{theme}")
    adjudicate(adjudicator, [case["data"] for case in cases], decisions)
    assert curation(root, "label", "pull", made["campaign"], "--json")["problems"] == []

    assert curation(root, "label", "resolve", "sikap", "--json")["ties"].get("stance", 0) == 0
    curation(root, "publish", "--version", "1.0.0", "--date", "2026-03-08", "--quiet")
    (path,) = (root / "releases").rglob("labels.parquet")
    labels = [row for row in store.read_table(path).to_pylist() if row["question"] == "stance"]
    assert Counter(row["method"] for row in labels) == {"majority": 7, "adjudicated": 2}
    asked = {(task["data"]["document_id"], task["data"]["target"]): task["data"]["task_key"] for task in tasks}
    final = {asked[row["document_id"], row["target"]]: row["value"] for row in labels}
    majority = {task: Counter(of[task] for of in said.values()).most_common(1)[0][0] for task in keys}
    assert final == {**majority, **decisions}


def write_people(folder: Path) -> None:
    accounts = [f"{who},,{name}@kampus.example" for who, (name, _) in PEOPLE.items()]
    hours = [f"{who},6" for who in PEOPLE]
    (folder / "annotators.csv").write_text("\n".join(["annotator,user_id,email", *accounts, ""]), encoding="utf-8")
    (folder / "people.csv").write_text("\n".join(["annotator,hours", *hours, ""]), encoding="utf-8")


def by_interface(who: Any, admin: Any, project: int, said: dict[str, str]) -> None:
    for task in admin.tasks.list(project=project, include="id,data", fields="task_only"):
        answers = {"stance": said[task.data["task_key"]], "confidence": "sure"}
        if answers["stance"] in ("favor", "against"):
            answers["whose"] = "quoted"
        result = [
            {"from_name": question, "to_name": "text", "type": "choices", "value": {"choices": [value]}}
            for question, value in answers.items()
        ]
        who.annotations.create(id=task.id, result=result, lead_time=40.0)


def answer(person: Annotator, value: str) -> None:
    """By hotkeys, with all that the page asks then."""
    person.press(key("stance", "stance", value))
    if value in ("favor", "against"):
        person.press(key("stance", "whose", "quoted"))
    if value == "cannot_judge":
        person.press(key("stance", "why_not", "only_mentioned"))
    person.press(key("stance", "confidence", "sure"))


def at_the_page(person: Annotator, project: int, tasks: list[dict[str, str]], said: dict[str, str]) -> str:
    """Answer one task after the other as the page brings them; returns the passage that was marked in the first."""
    person.open(project)
    quote = tasks[0]["text"][:40]
    for task in tasks:
        assert person.title == task["title"]
        if task is tasks[0]:
            person.mark(quote, key("stance", "evidence", "evidence"))
        answer(person, said[task["task_key"]])
        person.submit()
    assert person.is_done
    return quote


def adjudicate(person: Annotator, cases: list[dict[str, str]], decisions: dict[str, str]) -> None:
    """Decide what is divided, with the answers in view and without the names."""
    for case in cases:
        assert person.title == case["title"]
        seen = person.page.locator(".kurasi-panel").inner_text()
        for label in ("Mendukung", "Menolak", "Netral"):
            assert label in seen.partition("Jawaban para penanda")[2]
        whole = person.page.locator("body").inner_text()
        assert [who for who in PEOPLE if who in whole] == []
        assert "@kampus" not in whole
        answer(person, decisions[case["task_key"]])
        person.submit()
    assert person.is_done
