"""What 100 million articles take: bytes, machines, hours and cost, from what was measured with a million.

    python benchmarks/plan.py [--articles 100000000] [--price 0.05] [--write]

Reads ``build/end-to-end.json`` and ``build/scale.json``, which ``benchmarks/end_to_end.py`` and ``benchmarks/scale.py``
leave; with --write the tables go into ``docs/scale.md``. Nothing of it was run: rates of a million are multiplied,
as the page says.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, NamedTuple

from pages import write

from curation.dedup.candidates import CHUNK

ROOT = Path(__file__).parents[1]
START, END = "<!-- plan: written by benchmarks/plan.py --write -->", "<!-- plan: end -->"
#: what a cluster does on its nodes; the rest runs on the head
SPREAD = ("ingest", "clean", "judge", "sign", "match")
ALONE = ("dedup", "select", "check", "publish")
#: machines by name, and their processors
MACHINES = {"one machine, 2": 2, "one machine, 16": 16, "cluster, 64": 64, "cluster, 128": 128}
#: the most processors of one machine
ONE = 16
Row = dict[str, Any]


class Plan(NamedTuple):
    """What so many articles take."""

    articles: int
    #: CPU seconds of parts that a cluster spreads
    spread: dict[str, float]
    #: CPU seconds of passing new documents by all that came before; spread by a cluster, not by one machine
    before: float
    #: seconds by the clock of parts that the head does
    alone: dict[str, float]
    #: of publishing, if it grows on as between the two largest corpora that were measured
    memory: float
    bytes_each: dict[str, float]

    def hours(self, processors: int) -> tuple[float, float]:
        """By the clock, if every processor is busy where work is spread: in all, and of these on one processor."""
        is_cluster = processors > ONE
        alone = sum(self.alone.values()) + (0 if is_cluster else self.before)
        spread = sum(self.spread.values()) + (self.before if is_cluster else 0)
        return (alone + spread / processors) / 3600, alone / 3600


def plan(articles: int, rows: list[Row], night: Row) -> Plan:
    """From the measured rows, the largest last: all grows with the number of articles, but for what came before."""
    *_, some, most = rows
    times = articles / most["documents"]
    costs = most["costs"]
    each = night["night"] / (0.99 * night["documents"])
    growth = costs["publish"]["peak"] - some["costs"]["publish"]["peak"]
    sizes = {"the input": 1e6 * most["megabytes"], **most["bytes"]}
    return Plan(
        articles,
        {part: costs[part]["cpu"] * times for part in SPREAD},
        each * articles**2 / (2 * CHUNK),
        {part: costs[part]["clock"] * times for part in ALONE},
        growth / (most["documents"] - some["documents"]) * articles,
        {name: size / most["documents"] for name, size in sizes.items()},
    )


def tables(found: Plan, price: float) -> str:
    """The plan as Markdown."""
    n = found.articles
    lines = [f"On disk, for {n:,} articles:", "", "| table | bytes an article | in all |", "|:--|---:|---:|"]
    lines += [f"| {name} | {each:,.0f} | {each * n / 1e9:,.0f} GB |" for name, each in found.bytes_each.items()]
    lines += ["", "Time:", "", "| part | a cluster spreads it | CPU hours | hours on the head |", "|:--|:--|---:|---:|"]
    spread = found.spread | {"match, with all that came before": found.before}
    lines += [f"| {part} | yes | {seconds / 3600:,.1f} | |" for part, seconds in spread.items()]
    lines += [f"| {part} | no | | {seconds / 3600:,.1f} |" for part, seconds in found.alone.items()]
    lines += ["", "| processors | hours | of these on one | processor-hours | cost |", "|:--|" + "---:|" * 4]
    for name, processors in MACHINES.items():
        hours, alone = found.hours(processors)
        cells = [name, f"{hours:,.0f}", f"{alone:,.0f}", f"{hours * processors:,.0f}"]
        lines.append("| " + " | ".join([*cells, f"{hours * processors * price:,.0f} USD"]) + " |")
    lines += [
        "",
        f"Cost is at {price} USD a processor-hour, all machines kept to the end, discs left out: an assumption, put in "
        f"your own with `--price`. Memory of `publish`: {found.memory / 1e9:,.0f} GB, if it grows on as between the "
        "two largest corpora that were measured.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Work it out and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000_000)
    parser.add_argument("--price", type=float, default=0.05)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/scale.md")
    options = parser.parse_args()
    rows, nights = (json.loads((ROOT / "build" / f"{name}.json").read_text()) for name in ("end-to-end", "scale"))
    found = tables(plan(options.articles, rows, nights[-1]), options.price)
    print(found)
    if options.write:
        write(ROOT / "docs" / "scale.md", START, END, found)


if __name__ == "__main__":
    main()
