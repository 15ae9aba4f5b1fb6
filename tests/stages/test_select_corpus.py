"""A corpus that is too large to be selected at once is taken apart by clusters."""

from __future__ import annotations

import itertools
from functools import partial

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import schema, store
from curation.config import Engine, Quality, Scope
from curation.engine import engine_for
from curation.stages.judge import judged
from curation.stages.select import Wishes, select_corpus
from curation.workspace.decisions import Decision

MEMBER = st.fixed_dictionaries(
    {
        "cluster": st.integers(0, 4),
        "batch": st.integers(0, 2),
        "outlet": st.sampled_from(["Warta", "Kabar"]),
        "words": st.sampled_from([10, 90, 100, 300]),
        "page": st.integers(0, 5),
        "copied": st.booleans(),
        "decision": st.sampled_from([None, None, "keep", "drop", "keeper"]),
    }
)


def corpus(folder, members):
    """Tables on disk: documents and measures by batch, copies as a stage, and decisions."""
    ids = [f"{n * 0x9E3779B97F4A7C15 % 2**64:016x}" for n in range(1, len(members) + 1)]
    rows = list(zip(ids, members, strict=True))
    kind = schema.arrow_schema("documents")
    documents, measures = [], []
    for batch in range(3):
        here = [(key, one) for key, one in rows if one["batch"] == batch]
        articles = [
            {
                **dict.fromkeys(kind.names),
                "id": key,
                "url": f"https://warta.example/{one['page']}",
                "url_key": f"warta.example/{one['page']}",
                "outlet": one["outlet"],
                "body": "kata " * one["words"],
                "tags": [],
                "n_words": one["words"],
                "n_chrome": 0,
                "text_sha256": key,
            }
            for key, one in here
        ]
        counted = [
            dict.fromkeys(schema.arrow_schema("measures").names) | {"id": key, "word_count": float(one["words"])}
            for key, one in here
        ]
        documents.append(folder / f"batch-{batch}" / "documents")
        store.write_table(documents[-1] / "part-00000.parquet", schema.from_rows("documents", articles))
        measures.append(folder / f"batch-{batch}" / "measures")
        store.write_table(measures[-1] / "part-00000.parquet", schema.from_rows("measures", counted))
    copies = store.Stage(folder / "dedup")
    draft = copies.begin("k")
    names = [(key, f"cluster-{one['cluster']}") for key, one in rows]
    clusters = pa.Table.from_pylist(
        [{"id": key, "cluster_id": name, "size": 1, "role": "single"} for key, name in sorted(names)],
        schema.arrow_schema("clusters"),
    )
    draft.write(0, {"clusters": clusters, "pairs": pairs_of(rows)})
    draft.commit()
    decisions = [Decision(key, one["decision"], "", "Sinta", "sebab") for key, one in rows if one["decision"]]
    return documents, measures, copies, decisions


def pairs_of(rows):
    """Every document that is a copy is one of the document before it, of another cluster or not."""
    made = []
    for (origin, _), (copy, one) in itertools.pairwise(rows):
        if one["copied"]:
            a, b = sorted([origin, copy])
            row = dict.fromkeys(schema.arrow_schema("pairs").names) | {"id_a": a, "id_b": b, "kind": "near"}
            row |= dict.fromkeys(("jaccard", "containment_a", "containment_b"), 0.9)
            row |= dict.fromkeys(("same_text", "same_page", "one_corrects", "starts_alike"), False)
            row |= {"merges": True, "direction": "a_from_b" if copy == a else "b_from_a", "evidence": "attribution"}
            made.append(row)
    return pa.Table.from_pylist(sorted(made, key=lambda row: row["id_a"]), schema.arrow_schema("pairs"))


@settings(max_examples=15, deadline=None)
@given(st.lists(MEMBER, min_size=1, max_size=24), st.integers(1, 9), st.integers(1, 5))
def test_a_corpus_that_is_taken_apart_gives_the_same_selection(tmp_path_factory, members, together, in_a_file):
    folder = tmp_path_factory.mktemp("corpus")
    documents, measures, copies, decisions = corpus(folder, members)
    wishes = Wishes(Scope(), decisions)
    verdicts = partial(judged, measures, Quality())
    runner = engine_for(Engine(workers=1), folder / "scratch")
    made = {}
    for name, apart in (("whole", 10**6), ("apart", together)):
        stage = store.Stage(folder / name)
        draft = stage.begin("k")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("curation.stages.select.TOGETHER", apart)
            patch.setattr("curation.stages.select._IN_A_FILE", in_a_file)
            select_corpus(documents, verdicts, copies, wishes, runner, folder / "scratch" / "select", draft)
        draft.commit()
        made[name] = [stage.read(table) for table in ("selection", "verdicts")]
    assert made["whole"][0].equals(made["apart"][0])
    assert made["whole"][1].equals(made["apart"][1])
    assert made["whole"][0].num_rows == len(members)
