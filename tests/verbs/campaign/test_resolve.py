"""The labels of a campaign of the sample: what counts, what is lent, and what models say beside it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from curation import config, schema, store
from curation.annotation.campaign import Campaign, campaign
from curation.annotation.resolution.labels import GONE
from curation.cli import cli
from curation.errors import DataError, InputError, UsageError
from curation.pipeline import Pipeline
from curation.verbs.campaign.adjudicate import adjudicate
from curation.verbs.campaign.models import import_model
from curation.verbs.campaign.resolve import ASKED_AGAIN, resolve
from curation.verbs.labelling import export_tasks, pull_export
from curation.verbs.publication import publish_workspace
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
EXPORT = SAMPLE / "labelled" / "topic.json"
CHANGE = '\n[[changelog]]\nversion = "1.1"\ndate = "2026-04-01"\neffect = "{effect}"\n{labels}note = "Lain."\n'


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("label") / "workspace"
    make_workspace(root, SAMPLE)
    workspace = Workspace(root)
    run(workspace)
    export_tasks(workspace, "topic", n=24)
    pull_export(workspace, "topic", EXPORT)
    return workspace


@pytest.fixture
def workspace(labelled: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(labelled.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def topic(workspace: Workspace) -> Campaign:
    return campaign(workspace.root, "topic")


def run(workspace: Workspace) -> None:
    settings = config.load(workspace.config_file)
    list(Pipeline(workspace, settings).run(find_inputs(settings.input.paths, workspace.root)))


def labels(of: Campaign) -> list[dict[str, Any]]:
    return store.read_table(of.labels).to_pylist()


def methods(of: Campaign) -> set[str]:
    return {row["method"] for row in labels(of)}


def set_method(workspace: Workspace) -> None:
    text = workspace.config_file.read_text(encoding="utf-8")
    workspace.config_file.write_text(f'{text}\n[label]\nmethod = "dawid_skene"\n', encoding="utf-8")


def change(of: Campaign, effect: str, values: str = "") -> None:
    text = of.codebook.read_text(encoding="utf-8").replace('guideline_version = "1.0"', 'guideline_version = "1.1"')
    said = f"labels = [{values}]\n" if values else ""
    of.codebook.write_text(text + CHANGE.format(effect=effect, labels=said), encoding="utf-8")


def invoke(workspace: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["label", *arguments, "-c", str(workspace.config_file)], catch_exceptions=False)


def test_labels_are_the_same_whenever_they_are_made(workspace: Workspace, topic: Campaign) -> None:
    before = topic.labels.read_bytes()
    made = resolve(workspace, "topic")
    assert (made.campaign, made.method, made.left_out) == ("topic", "majority", {})
    assert topic.labels.read_bytes() == before
    topic.labels.unlink()
    assert made.counts()["majority"]["topic"] == made.by_people == 19
    resolve(workspace, "topic")
    assert topic.labels.read_bytes() == before


def test_an_answer_that_a_change_touches_does_not_count_when_it_is_pulled_again(
    workspace: Workspace, topic: Campaign
) -> None:
    before = store.read_table(topic.annotations)
    change(topic, "labels", '"economy"')
    touched = {(row["task_key"], row["annotator"]) for row in before.to_pylist() if row["value"] == "economy"}
    for _ in range(2):
        answers = pull_export(workspace, "topic", EXPORT)
        assert (answers.problems, answers.asked_again) == ((), len(touched))
        rows = store.read_table(topic.annotations).to_pylist()
        assert not {(row["task_key"], row["annotator"]) for row in rows} & touched
        aside = store.read_table(topic.folder / "superseded.parquet")
        assert {(row["task_key"], row["annotator"]) for row in aside.to_pylist()} == touched
        assert aside.num_rows + len(rows) == before.num_rows  # nothing is lost
    assert "economy" not in {row["value"] for row in labels(topic)}
    assert resolve(workspace, "topic").left_out == {ASKED_AGAIN: len(touched)}


def test_a_change_counts_as_soon_as_labels_are_made(workspace: Workspace, topic: Campaign) -> None:
    change(topic, "all")
    made = resolve(workspace, "topic")
    assert (made.table.num_rows, list(made.left_out)) == (0, [ASKED_AGAIN])


def test_gold_and_probes_make_no_labels(workspace: Workspace, topic: Campaign) -> None:
    tasks = store.read_table(topic.tasks)
    people = [row for row in labels(topic) if row["method"] == "majority"]
    first, second = sorted({row["document_id"] for row in people})[:2]
    roles = [{first: "gold", second: "probe"}.get(id_, "normal") for id_ in tasks["document_id"].to_pylist()]
    place = tasks.schema.get_field_index("role")
    store.write_table(topic.tasks, tasks.set_column(place, tasks.schema.field(place), pa.array(roles)))
    made = resolve(workspace, "topic")
    assert {"gold", "probe"} == set(made.left_out)
    assert not {first, second} & {row["document_id"] for row in labels(topic) if row["method"] == "majority"}
    store.write_table(topic.tasks, tasks.slice(1))
    assert set(resolve(workspace, "topic").left_out) == {GONE}


def test_the_method_is_that_of_the_settings_wherever_labels_are_made(workspace: Workspace, topic: Campaign) -> None:
    set_method(workspace)
    pull_export(workspace, "topic", EXPORT)
    assert methods(topic) == {"dawid_skene", "propagated"}
    assert resolve(workspace, "topic").method == "dawid_skene"
    done = invoke(workspace, "resolve", "topic", "--set", "label.method=majority")
    assert methods(topic) == {"majority", "propagated"}
    assert "Next: curation label adjudicate topic" in done.output
    done = invoke(workspace, "resolve", "topic")
    assert "topic: 2 annotators tell the model too little; adjudicate, or use majority" in done.output


def test_an_adjudication_decides_over_votes_as_soon_as_it_is_pulled(
    workspace: Workspace, topic: Campaign, tmp_path: Path
) -> None:
    before = resolve(workspace, "topic")
    assert before.ties
    adjudicate(workspace, "topic")
    own = topic.adjudication
    shown = json.loads(own.tasks_json.read_text(encoding="utf-8"))
    chosen = [{"from_name": "topic", "to_name": "text", "type": "choices", "value": {"choices": ["health"]}}]
    when = "2026-05-01T08:00:00Z"
    for number, task in enumerate(shown, 1):
        by = {"completed_by": {"email": "ketut@kampus.example"}, "created_at": when, "updated_at": when}
        task["annotations"] = [{"id": number, "result": chosen, **by}]
    path = tmp_path / "ekspor.json"
    path.write_text(json.dumps(shown), encoding="utf-8")
    answers = pull_export(workspace, own.name, path)
    assert (answers.rows, answers.problems) == (len(shown), ())
    assert not own.labels.exists()  # they are the labels of the campaign that was divided
    decided = [row for row in labels(topic) if row["method"] == "adjudicated"]
    assert {row["document_id"] for row in decided} == {task["data"]["document_id"] for task in shown}
    assert {(row["value"], row["n_votes"]) for row in decided} == {("health", 2)}
    assert all(json.loads(row["distribution"]) for row in decided)
    after = resolve(workspace, own.name)
    assert (after.campaign, after.ties) == ("topic", ())
    assert store.read_table(topic.labels) == after.table
    # the twins of what was adjudicated get what was adjudicated
    lent = {row["value"] for row in labels(topic) if row["method"] == "propagated"}
    assert "health" in lent
    kept = {row["document_id"] for row in labels(topic) if row["method"] == "majority"}
    assert kept == {row["document_id"] for row in before.table.to_pylist() if row["method"] == "majority"} - {
        row["document_id"] for row in decided
    }


def test_near_identical_documents_get_the_label_in_the_release_where_they_are_part_of_it(
    workspace: Workspace, topic: Campaign
) -> None:
    lent = [row for row in labels(topic) if row["method"] == "propagated"]
    people = {row["document_id"]: row for row in labels(topic) if row["method"] == "majority"}
    selected = {row["id"]: row for row in workspace.corpus_stage("select").read("selection").to_pylist()}
    assert len(lent) == 3
    for row in lent:
        keeper = selected[row["document_id"]]["keeper_id"]
        source = {**people[keeper], "document_id": row["document_id"], "method": "propagated"}
        assert (row, selected[row["document_id"]]["selected"]) == (source, False)
    # a person keeps one of the copies: two of its cluster are published
    copy = lent[0]["document_id"]
    with (workspace.root / "decisions.csv").open("a", encoding="utf-8") as file:
        file.write(f"\n{copy},keep,,Sinta,judulnya lain\n")
    run(workspace)
    settings = config.load(workspace.config_file)
    made = publish_workspace(workspace, settings, "1.0.0", "2026-03-08")
    published = store.read_table(made.folder / "data" / "labels").to_pylist()
    assert [row["document_id"] for row in published if row["method"] == "propagated"] == [copy]


# -- models -----------------------------------------------------------------------------------------


def predictions(workspace: Workspace, topic: Campaign, *more: str, wrong: int = 0) -> Path:
    """A model that says what people say, but of the first so many of their articles."""
    people: dict[str, list[str]] = {}
    for row in labels(topic):
        if row["method"] == "majority":
            people.setdefault(row["document_id"], []).append(row["value"])
    lines = [
        f"{id_},{'sports' if i < wrong else '|'.join(values)}" for i, (id_, values) in enumerate(sorted(people.items()))
    ]
    path = workspace.root / "model.csv"
    path.write_text("\n".join(["document_id,value", *lines, *more]) + "\n", encoding="utf-8")
    return path


def test_a_model_stands_beside_people_and_never_in_their_place(workspace: Workspace, topic: Campaign) -> None:
    before = labels(topic)
    made = import_model(workspace, "topic", predictions(workspace, topic), "dasar-1")
    assert made.refused == ()
    now = labels(topic)
    assert [row for row in now if row["method"] != "model:dasar-1"] == before
    assert Counter(row["method"] for row in now)["model:dasar-1"] == made.labels == 19
    key = schema.table_schema("labels").key
    assert len({tuple(row[name] for name in key) for row in now}) == len(now)
    # a pull leaves it, an import replaces it, another one stands beside it
    pull_export(workspace, "topic", EXPORT)
    assert labels(topic) == now
    again = import_model(workspace, "topic", predictions(workspace, topic, wrong=3), "dasar-1")
    assert Counter(row["method"] for row in labels(topic))["model:dasar-1"] == again.labels
    import_model(workspace, "topic", predictions(workspace, topic), "dasar-2")
    assert methods(topic) == {"majority", "propagated", "model:dasar-1", "model:dasar-2"}

    settings = config.load(workspace.config_file)
    release = publish_workspace(workspace, settings, "1.0.0", "2026-03-08").folder
    assert {row["method"] for row in store.read_table(release / "data" / "labels").to_pylist()} == {
        *("majority", "model:dasar-1", "model:dasar-2")
    }


def test_accuracy_is_told_on_the_sample_of_people(workspace: Workspace, topic: Campaign) -> None:
    right = import_model(workspace, "topic", predictions(workspace, topic), "dasar")
    [found] = right.accuracy
    assert (found.question, found.accuracy.value, found.people, found.both) == ("topic", 1.0, 17, 17)
    assert found.accuracy.low is not None
    assert 0.7 < found.accuracy.low < 1
    wrong = import_model(workspace, "topic", predictions(workspace, topic, wrong=5), "dasar")
    tasks = {row["document_id"]: 1 / row["inclusion_probability"] for row in store.read_table(topic.tasks).to_pylist()}
    people = sorted({row["document_id"] for row in labels(topic) if row["method"] == "majority"})
    sports = {row["document_id"] for row in labels(topic) if row["method"] == "majority" and row["value"] == "sports"}
    missed = sum(tasks[id_] for id_ in people[:5] if id_ not in sports)
    assert wrong.accuracy[0].accuracy.value == pytest.approx(1 - missed / sum(tasks[id_] for id_ in people))
    # an article that nobody drew for people has no part in it
    outside = workspace.corpus_stage("select").read("selection").to_pylist()
    other = next(row["id"] for row in outside if row["selected"] and row["id"] not in tasks)
    more = import_model(workspace, "topic", predictions(workspace, topic, f"{other},health", wrong=5), "dasar")
    assert more.accuracy == wrong.accuracy
    assert more.labels == wrong.labels + 1


def test_addresses_lead_to_documents(workspace: Workspace, topic: Campaign) -> None:
    ids = set(store.read_table(topic.tasks)["document_id"].to_pylist())
    places = workspace.tables("clean", "documents")
    urls = {row["id"]: row["url"] for row in store.rows_where(places, "id", ids, ["id", "url"]) if row["url"]}
    path = workspace.root / "model.jsonl"
    rows = [{"url": f"{url}?utm_source=x", "value": ["health"]} for url in urls.values()]
    path.write_text(
        "\n".join(map(json.dumps, [*rows, {"url": "https://lain.example/1", "value": []}])), encoding="utf-8"
    )
    made = import_model(workspace, "topic", path, "dasar")
    assert [(one.row, one.kind) for one in made.refused] == [(len(rows) + 1, "has an unknown url")]
    assert {row["document_id"] for row in labels(topic) if row["method"] == "model:dasar"} == set(urls)


def test_what_can_not_be_imported_leaves_what_was(workspace: Workspace, topic: Campaign) -> None:
    path = predictions(workspace, topic)
    import_model(workspace, "topic", path, "dasar")
    before = labels(topic)
    path.write_text("document_id,value\nx,health\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r"none of 1 rows can be used; row 2 has an unknown document_id: document_id 'x'"
    ):
        import_model(workspace, "topic", path, "dasar")
    with pytest.raises(UsageError, match=r"a model can't be called '\.\./x'"):
        import_model(workspace, "topic", path, "../x")
    with pytest.raises(UsageError, match="there is no campaign 'lain'"):
        import_model(workspace, "lain", path, "dasar")
    path.write_text("teks\nx\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column names the article"):
        import_model(workspace, "topic", path, "dasar")
    assert labels(topic) == before


def test_the_command_line_tells_rows_and_figures(workspace: Workspace, topic: Campaign) -> None:
    path = predictions(workspace, topic, "x,health", "y,health", wrong=5)
    done = invoke(workspace, "import-model", "topic", str(path), "--name", "dasar")
    assert done.exit_code == 1
    assert "2 not used, a row that has an unknown document_id (row 19, 20); the first: document_id 'x'" in done.output
    assert "topic: accuracy 7" in done.output
    assert "on 17 of 17 labelled by people in the sample (17 articles)" in done.output
    assert "people never gave it" in done.output
    assert "nan" not in done.output.lower()
    done = invoke(workspace, "import-model", "topic", str(path), "--name", "dasar", "--json")
    told = json.loads(done.stdout)
    assert [one["row"] for one in told["refused"]] == [19, 20]
    done = invoke(workspace, "resolve", "topic")
    assert done.exit_code == 0
    head, *lines = done.stdout.splitlines()
    assert head.split("  ")[0] == "question"
    assert head.split() == ["question", "majority", "model:dasar", "propagated", "ties", "left"]
    assert lines[1].split()[0] == "topic"
    told = json.loads(invoke(workspace, "resolve", "topic", "--json").stdout)
    assert (told["labels"]["majority"]["topic"], told["ties"]["topic"]) == (19, int(lines[1].split()[-1]))
