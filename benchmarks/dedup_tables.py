"""The tables of ``benchmarks/dedup.py``: for the terminal, and for ``docs/benchmarks.md`` between its two markers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

START, END = "<!-- bench-dedup: written by benchmarks/dedup.py --write -->", "<!-- bench-dedup: end -->"

Row = dict[str, Any]
Column = tuple[str, Callable[[Row], str]]


def terminal(result: dict[str, Any]) -> str:
    """Both tables in columns."""
    parts = [_heading(result)]
    for columns in (_speed(result), _accuracy()):
        cells = [[head for head, _ in columns], *([show(row) for _, show in columns] for row in result["rows"])]
        widths = [max(len(line[n]) for line in cells) for n in range(len(columns))]
        parts.append(
            "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) for line in cells)
        )
    return "\n\n".join(parts)


def markdown(result: dict[str, Any]) -> str:
    """Both tables, and what stands behind their rows."""
    parts = [
        _heading(result),
        "**Speed and memory.** Documents per CPU-second on one thread; in front how many times that of datasketch's "
        "default, which differs less from machine to machine. Signatures: from text to signature. Whole job: from text "
        "to pairs or clusters. Reading, imports, compilation and a first call are outside. Memory: the most that the "
        "process and its children held, the texts included.",
        _pipes(_speed(result), result["rows"]),
        "**Accuracy.** Precision, recall and F1 of the pairs that each flags as J ≥ 0.7 and as J ≥ 0.8 (each run with "
        "that threshold where it has one). Of the first of the two also: the share of the pairs with C ≥ 0.8 that it "
        "finds, and the share of the pairs which only share a template that it takes for one article. *With chrome*: "
        "the same documents with the chrome of their sites around them, and the truth of the clean ones; ours learns "
        "and cuts that chrome before, as its pipeline does. Our bands are chosen for recall, so what they bring needs "
        "a check: ours is exact, datasketch, rensa and gaoya estimate J, the others have none.",
        _pipes(_accuracy(), result["rows"]),
        "**Settings**",
        "\n".join(f"- {_name(row)}: {row['settings']}." for row in result["rows"]),
        "**What counts as a pair**",
        "\n".join(f"- {title}: {pairs}." for title, pairs in result["pairs"].items()),
    ]
    return "\n\n".join(parts)


def _heading(result: dict[str, Any]) -> str:
    truth = ", ".join(f"{count:,} with {key[0]} ≥ {key[1:]}" for key, count in result["truth"].items())
    return (
        f"{result['documents']:,} generated documents (seed {result['seed']}); pairs: {truth}. "
        f"{result['processor']}, Python {result['python']}."
    )


def _speed(result: dict[str, Any]) -> list[Column]:
    base = next((row for row in result["rows"] if row["peer"] == "datasketch" and "documents_per_second" in row), None)

    def speed(key: str) -> Callable[[Row], str]:
        def show(row: Row) -> str:
            if key not in row:
                return "–"
            ratio = f"{row[key] / base[key]:.1f} × " if base else ""
            return f"{ratio}({_rounded(row[key])})"

        return show

    return [
        ("tool", _name),
        ("signatures", speed("signatures_per_second")),
        ("whole job", speed("documents_per_second")),
        ("memory, MB", lambda row: f"{row['peak_bytes'] / 1e6:.0f}" if "peak_bytes" in row else "–"),
        ("problem", lambda row: row.get("problem", "")),
    ]


def _accuracy() -> list[Column]:
    def three(corpus: str, key: str) -> Callable[[Row], str]:
        def show(row: Row) -> str:
            if corpus not in row:
                return "–"
            score = row[corpus][key]
            return " ".join(_figure(score[name]) for name in ("precision", "recall", "f1"))

        return show

    def recall(corpus: str) -> Callable[[Row], str]:
        return lambda row: _figure(row[corpus]["C0.8"]["recall"]) if corpus in row else "–"

    def templates(corpus: str) -> Callable[[Row], str]:
        return lambda row: f"{row[corpus]['templates']['merged']:.2%}" if corpus in row else "–"

    columns: list[Column] = [("tool", _name)]
    for corpus, title in (("documents", ""), ("dirty", "with chrome: ")):
        columns.append((f"{title}P R F1 at J ≥ 0.7", three(corpus, "J0.7")))
        columns.append((f"{title}at J ≥ 0.8", three(corpus, "J0.8")))
        columns.append((f"{title}R at C ≥ 0.8", recall(corpus)))
        columns.append((f"{title}templates merged", templates(corpus)))
    return columns


def _name(row: Row) -> str:
    return f"{row['tool']}, {row['run']}"


def _rounded(value: float) -> str:
    """Three digits; the rest is noise."""
    return f"{float(f'{value:.3g}'):,.0f}"


def _figure(value: float) -> str:
    """Four digits, cut: 1.0000 only where nothing is missing."""
    return f"{int(value * 10_000) / 10_000:.4f}" if value == value else "none"


def _pipes(columns: list[Column], rows: list[Row]) -> str:
    used = [(head, show) for head, show in columns if head != "problem" or any("problem" in row for row in rows)]
    lines = [[head for head, _ in used], ["---"] * len(used), *([show(row) for _, show in used] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
