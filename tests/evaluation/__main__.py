"""The gate: score the cleaning and the judge, and refuse what falls below its floor.

python -m tests.evaluation           the table; exit 1 when a score is below its floor
python -m tests.evaluation -v        also every mistake, by type of chrome
python -m tests.evaluation --raise   lift the floors to what is measured now; floors never sink
python -m tests.evaluation --build   first write gold/*.jsonl from gold/*.txt
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from pathlib import Path

import click

from tests.evaluation import judging
from tests.evaluation.judging import Tally
from tests.evaluation.markup import GOLD, Row, build
from tests.evaluation.score import Score, bodies, score, surviving

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
NEGATIVES = HERE.parent / "boilerplate" / "hard_negatives"
#: real pages that are labelled; they are not part of this project
REAL = HERE.parents[1] / "../shared/data/boilerplate_gold_dev.jsonl"
FIGURES = (
    "precision",
    "recall",
    "lines_kept",
    "content_kept",
    "mixed_exact",
    "mixed_chrome_removed",
    "mixed_content_kept",
)
Figures = dict[str, dict[str, float]]


def measure() -> tuple[dict[str, Score], Figures]:
    """The scores by gold file, and all figures that floors may be set on."""
    gold = {path.stem: _read(path) for path in sorted(GOLD.glob("*.jsonl"))}
    body = bodies(page for pages in gold.values() for page in pages)
    scores = {name: score(pages, body) for name, pages in gold.items()}
    if REAL.exists():
        pages = _read(REAL)
        scores["real"] = score(pages, bodies(pages))
    figures = {name: made.figures() for name, made in scores.items()}
    sentences = hard_negatives()
    silent = surviving(sentences)
    figures["hard_negatives"] = {"silent": sum(silent) / len(silent)}
    scores["hard_negatives"] = Score(
        kept_content=len(sentences),
        mistakes=[("eaten", "hard negative", "", s) for s, ok in zip(sentences, silent, strict=True) if not ok],
    )
    return scores, figures


def judge() -> dict[str, dict[str, Tally]]:
    """What became of each kind of page: of those looked at, of those held out, and of real ones where they are."""
    made = {f"judge_{side}": judging.tallies(side) for side in ("dev", "held_out")}
    return made | ({"judge_real": found} if (found := judging.real()) else {})


def hard_negatives() -> list[str]:
    """News that look like chrome."""
    lines = (line for file in sorted(NEGATIVES.glob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not (line.startswith("[") and line.endswith("]"))]


def fallen(figures: Figures, floors: Figures) -> list[str]:
    """What is below its floor, or isn't measured any more. Real pages may be missing."""
    told = []
    for name, wanted in floors.items():
        if name.endswith("real") and name not in figures:
            continue
        for figure, floor in wanted.items():
            value = figures.get(name, {}).get(figure)
            if value is None or value < floor:
                shown = "isn't measured" if value is None else f"is {value:.4f}"
                told.append(f"{name}: {figure} {shown}, its floor is {floor:.4f}")
    return told


def raised(figures: Figures, floors: Figures) -> str:
    """The floors file with every floor at what is measured now, where that is higher."""
    lines = ["# What the rule book reaches today. Lifted by `python -m tests.evaluation --raise`; never lowered there."]
    for name in sorted(figures.keys() | floors.keys()):
        lines += ["", f"[{name}]"]
        old, new = floors.get(name, {}), figures.get(name, {})
        for figure in sorted(old.keys() | new.keys()):
            value = max(math.floor(new.get(figure, 0) * 1e4) / 1e4, old.get(figure, 0))
            lines.append(f"{figure} = {value:.4f}")
    return "\n".join(lines) + "\n"


def table(scores: dict[str, Score], figures: Figures) -> str:
    """The figures of each gold file, and how much of each type of chrome was found."""
    lines = [f"{'':16}{'pages':>6}" + "".join(f"{name.replace('_', ' '):>{len(name) + 2}}" for name in FIGURES)]
    for name, made in scores.items():
        if name in figures and made.pages:
            cells = (f"{figures[name][f]:.4f}" if f in figures[name] else "-" for f in FIGURES)
            row = "".join(f"{cell:>{len(f) + 2}}" for f, cell in zip(FIGURES, cells, strict=True))
            lines.append(f"{name:16}{made.pages:>6}{row}")
    count, silent = scores["hard_negatives"].kept_content, figures["hard_negatives"]["silent"]
    lines += ["", f"hard negatives: {count}, of which {silent:.2%} stay word for word", ""]
    types = sorted({type_ for made in scores.values() for type_ in made.pieces})
    for type_ in types:
        found = sum(made.found[type_] for made in scores.values())
        pieces = sum(made.pieces[type_] for made in scores.values())
        lines.append(f"{type_:16}{found:>6} of {pieces:<6}{found / pieces:.3f}")
    return "\n".join(lines)


def mistakes(scores: dict[str, Score]) -> str:
    """Every mistake, by kind and type of chrome."""
    rows = sorted((*mistake, name) for name, made in scores.items() for mistake in made.mistakes)
    return "\n".join(f"{kind:7}{type_:12}[{name}: {style}] {text}" for kind, type_, style, text, name in rows)


def _read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main(arguments: list[str] | None = None) -> int:
    """Run the gate."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation")
    parser.add_argument("-v", "--verbose", action="store_true", help="also every mistake, by type of chrome")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured now")
    parser.add_argument("--build", action="store_true", help="first write gold/*.jsonl from gold/*.txt")
    options = parser.parse_args(arguments)
    if options.build:
        build()
    scores, figures = measure()
    click.echo(table(scores, figures))
    judged = judge()
    figures |= {name: judging.figures(made) for name, made in judged.items()}
    for name, made in judged.items():
        click.echo(f"\n{name.replace('_', ' ')}\n{judging.table(made)}")
    if options.verbose:
        click.echo("\n".join([f"\n{mistakes(scores)}", *map(judging.mistakes, judged.values())]))
    if "real" not in scores or "judge_real" not in judged:
        click.echo(f"SKIPPED: no real pages at {REAL} and {judging.DATA}", err=True)
    floors: Figures = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    told = fallen(figures, floors)
    for line in told:
        click.echo(f"FALLEN: {line}", err=True)
    if options.lift:
        FLOORS.write_text(raised(figures, floors), encoding="utf-8")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
