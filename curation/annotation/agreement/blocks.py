"""What the tables say, in the order in which people read it; terminal and notebook show the same blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    Row = dict[str, Any]

TITLES = {
    "percent": "percent agreement",
    "krippendorff_alpha": "Krippendorff's alpha",
    "krippendorff_alpha_masi": "Krippendorff's alpha, MASI",
    "fleiss_kappa": "Fleiss' kappa",
    "cohen_kappa": "Cohen's kappa",
    "gwet_ac1": "Gwet's AC1",
    "f1": "F1 of what is marked",
    "masi": "1 - MASI",
}
SCOPES = {
    "label": "Each label against all others",
    "stratum": "By stratum",
    "round": "By round",
    "guideline_version": "By version of the guideline",
    "prediction": "With a model's answer already chosen, and with none",
    "annotator": "Each annotator against the others",
    "pair": "Every two annotators",
}
KINDS = {"choice": "one label", "choices": "any number of labels", "spans": "passages, letter by letter"}
#: what a scope's table shows first, with its interval
FIRST = ("krippendorff_alpha", "krippendorff_alpha_masi")
NOTHING = "–"


class Cell(NamedTuple):
    """What a cell shows, and the interval or the share that can be drawn with it."""

    text: str
    interval: tuple[float, float, float] | None = None
    share: float | None = None


class Block(NamedTuple):
    """A table with a title; the last column may hold remarks."""

    title: str
    head: tuple[str, ...]
    rows: list[list[Cell]]


class Shown(NamedTuple):
    """One question."""

    question: str
    sentence: str
    blocks: list[Block]


def shown(tables: Mapping[str, pa.Table]) -> Iterator[Shown]:
    """All questions in the order of the tables."""
    for question in pc.unique(tables["summary"]["question"]).to_pylist():
        of_it = {name: t.filter(pc.equal(t["question"], question)).to_pylist() for name, t in tables.items()}
        rows = of_it["summary"]
        overall = [row for row in rows if row["scope"] == "all"]
        people = of_it["annotators"]
        answered = [row for row in people if row["n_answers"]]
        n_answers, n_skipped = (sum(row[key] for row in people) for key in ("n_answers", "n_skipped"))
        n_units = max(row["n_units"] for row in overall)
        sentence = (
            f"{KINDS[overall[0]['kind']]}; {_count(n_answers, 'answer')} of {_count(len(answered), 'annotator')}, "
            f"{_count(n_units, 'unit')} with two or more"
        )
        if n_skipped:
            sentence += f"; {_count(n_skipped, 'skip')} not counted"
        if not n_units:
            yield Shown(question, sentence, [_overall(overall), _people(people)])
            continue
        blocks = [_overall(overall)]
        blocks += [_scope(scope, [row for row in rows if row["scope"] == scope]) for scope in ("label", "round")]
        blocks += [
            _scope(name, [r for r in rows if r["scope"] == name])
            for name in ("stratum", "guideline_version", "prediction")
        ]
        blocks += [_confusion(of_it["confusion"], overall[0]["kind"]), _people(people)]
        blocks += [_scope("pair", [row for row in rows if row["scope"] == "pair"])]
        yield Shown(question, sentence, [block for block in blocks if block.rows])


def _overall(rows: list[Row]) -> Block:
    cells = [[Cell(TITLES[row["coefficient"]]), *_estimate(row), _units(row), Cell(row["note"])] for row in rows]
    return Block("All answers", ("", "value", "95 % interval", "units", ""), cells)


def _scope(scope: str, rows: list[Row]) -> Block:
    names = list(dict.fromkeys(row["coefficient"] for row in rows))
    names.sort(key=lambda name: name not in FIRST)
    found = {(row["of"], row["coefficient"]): row for row in rows}
    made = []
    for of in dict.fromkeys(row["of"] for row in rows):
        first, *others = (found[of, name] for name in names)
        notes = dict.fromkeys(
            row["note"] for row in (first, *others) if row["note"] and (row["low"] is None or scope == "prediction")
        )
        values = [Cell(_number(row["value"])) for row in others]
        made.append([Cell(of), *_estimate(first), *values, _units(first), Cell("; ".join(notes))])
    if not made:
        return Block("", (), [])
    head = [TITLES[name] for name in names]
    return Block(SCOPES[scope], ("", head[0], "95 % interval", *head[1:], "units", ""), made)


def _confusion(rows: list[Row], kind: str) -> Block:
    nothing = "not marked" if kind == "spans" else "nothing"
    found = {(row["value"], row["other"]): row for row in rows}
    names = list(dict.fromkeys(row["value"] for row in rows))
    made = []
    for value in names:
        cells = [Cell(value or nothing)]
        for other in names:
            row = found.get((value, other))
            cells.append(Cell(f"{row['share']:.1%}", share=row["share"]) if row else Cell(NOTHING))
        n = sum(row["n"] for row in rows if row["value"] == value)
        made.append([*cells, Cell(f"{n:,}")])
    head = ("one says, another says:", *(name or nothing for name in names), "letters" if kind == "spans" else "pairs")
    return Block("What is taken for what", head, made)


def _people(rows: list[Row]) -> Block:
    columns = {
        "answers": [f"{row['n_answers']:,}" for row in rows],
        "skips": [f"{row['n_skipped']:,}" for row in rows],
        "like the others": [_number(row["agreement"]) for row in rows],
        "kappa": [_number(row["kappa"]) for row in rows],
        "compared": [f"{row['n_compared']:,}" for row in rows],
        "gold right": [_share(row["gold_accuracy"], row["n_gold"]) for row in rows],
        "same on probes": [_share(row["self_consistency"], row["n_probes"]) for row in rows],
        "seconds a task": [_seconds(row) for row in rows],
    }
    # what nobody has needs no column
    columns = {name: cells for name, cells in columns.items() if set(cells) - {NOTHING, "0"} or name == "answers"}
    made = [
        [Cell(row["annotator"]), *(Cell(cells[i]) for cells in columns.values()), Cell(row["note"])]
        for i, row in enumerate(rows)
    ]
    return Block("Annotators", ("", *columns, ""), made)


def _estimate(row: Row) -> list[Cell]:
    value, low, high = (row[key] for key in ("value", "low", "high"))
    between = Cell(NOTHING) if low is None else Cell(f"{low:.3f} … {high:.3f}", (low, value, high))
    return [Cell(_number(value)), between]


def _units(row: Row) -> Cell:
    return Cell(f"{row['n_units']:,}")


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"


def _share(value: float | None, n: int) -> str:
    return NOTHING if value is None else f"{value:.0%} of {n:,}"


def _seconds(row: Row) -> str:
    low, middle, high = (row[f"lead_time_{name}"] for name in ("q1", "median", "q3"))
    return NOTHING if middle is None else f"{middle:,.0f} ({low:,.0f} … {high:,.0f})"


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"
