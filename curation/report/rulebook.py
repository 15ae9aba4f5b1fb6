"""The list of cleaning rules: for the terminal, for docs/rules.md, and with what each did in a corpus."""

from __future__ import annotations

import difflib
import inspect
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.boilerplate import RULES
from curation.errors import UsageError
from curation.report.excerpt import counted, escaped, plain, visible
from curation.rule import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curation.rule import Rule

_STEP_SENTENCES = {
    "characters": "what no reader sees: code and hidden characters",
    "joins": "what the scraper broke or glued",
    "head": "what the site put before the article",
    "chrome": "what the site put into it",
    "tail": "what it put after it",
    "ends": "what is left at the very end once all that is gone",
    "layout": "blank space that the others left",
    "flags": "findings on the finished body",
}


class Example(NamedTuple):
    """One edit of a rule, in code points of the document's raw text."""

    id: str
    start: int
    end: int
    removed: str
    replacement: str


@dataclass
class Hits:
    """What one rule did in a corpus."""

    edits: int = 0
    documents: int = 0  # with an edit
    values: int = 0  # read into the metadata
    findings: int = 0
    #: the first few that differ
    examples: list[Example] = field(default_factory=list)

    def numbers(self) -> dict[str, int]:
        """All of them by name."""
        return {name: getattr(self, name) for name in ("edits", "documents", "values", "findings")}


def find_rule(name: str) -> Rule:
    """A rule by its name.

    Raises:
        UsageError: there is none, with the nearest name.
    """
    rules = {rule.name: rule for rule in RULES}
    if name in rules:
        return rules[name]
    near = difflib.get_close_matches(name, rules, n=1)
    raise UsageError(f"no such rule: '{name}'", remedy=f"Did you mean '{near[0]}'?" if near else "See: curation rules")


def rule_hits(
    edits: Iterable[Path], metadata: Iterable[Path] = (), findings: Iterable[Path] = (), *, examples: int = 0
) -> dict[str, Hits]:
    """What each rule did, by its name, streamed from tables `edits`, `metadata` and `findings`.

    Args:
        edits: counted with the documents in which they are.
        metadata: values read.
        findings: flags raised.
        examples: so many of its edits, that differ.
    """
    found: dict[str, Hits] = defaultdict(Hits)
    for table in _whole_documents(store.scan(edits, ["rule", *Example._fields])):
        counts = Counter(table["rule"].to_pylist())
        documents = Counter(table.select(["rule", "id"]).group_by(["rule", "id"]).aggregate([])["rule"].to_pylist())
        for name, count in counts.items():
            hits = found[name]
            hits.edits += count
            hits.documents += documents[name]
            if len(hits.examples) < examples:
                _add_examples(hits, table.filter(pc.equal(table["rule"], name)), examples)
    for table in store.scan(metadata, ["rule"]):
        for name, count in Counter(table["rule"].to_pylist()).items():
            found[name].values += count
    for table in store.scan(findings, ["rule"]):
        for name, count in Counter(table["rule"].to_pylist()).items():
            found[name].findings += count
    return dict(found)


def _whole_documents(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows cut between documents, so that no document is counted in two tables."""
    rest: pa.Table | None = None
    for table in tables:
        table = pa.concat_tables([rest, table]) if rest is not None else table
        last = pc.equal(table["id"], table["id"][-1])
        rest = table.filter(last)
        yield table.filter(pc.invert(last))
    if rest is not None:
        yield rest


def _add_examples(hits: Hits, table: pa.Table, most: int) -> None:
    """Add edits that remove other words than those before; of edits of blank space, one a document."""
    known = {example.removed.strip() or example.id for example in hits.examples}
    for row in zip(*(table[column].to_pylist() for column in Example._fields), strict=True):
        example = Example(*row)
        if (what := example.removed.strip() or example.id) not in known:
            hits.examples.append(example)
            known.add(what)
        if len(hits.examples) == most:
            return


def rule_rows(hits: Mapping[str, Hits] | None = None) -> list[dict[str, Any]]:
    """One row a rule, in the order in which they run; with edits and documents if a corpus was read."""
    rows = []
    for rule in _in_order():
        row = {name: getattr(rule, name) for name in ("name", "step", "group", "grain")}
        row["summary"] = plain(rule.summary)
        if hits is not None:
            count = hits.get(rule.name, Hits())
            row |= count.numbers()
        rows.append(row)
    return rows


def rule_row(rule: Rule) -> dict[str, Any]:
    """Everything about one rule."""
    return {
        "name": rule.name,
        "step": rule.step,
        "group": rule.group,
        "grain": rule.grain,
        "summary": plain(rule.summary),
        "doc": rule.doc,
        "source": rule.source,
        "literals": list(rule.literals),
        "shape": rule.shape,
        "head": rule.head,
        "tail": rule.tail,
        "file": _file(rule),
    }


def rules_text(rows: list[dict[str, Any]]) -> str:
    """The rule list for a terminal, step by step."""
    counted = "edits" in rows[0]
    blocks = []
    for step in STEPS:
        here = [row for row in rows if row["step"] == step]
        if here:
            lines = [_rule_line(row, counted) for row in here]
            blocks.append(f"{step}: {_STEP_SENTENCES[step]}\n" + "\n".join(lines))
    if counted:
        blocks.append("Numbers: edits, documents with an edit, values read, findings.")
    return "\n\n".join([*blocks, "More about one: curation rules NAME"])


def _rule_line(row: dict[str, Any], counted: bool) -> str:
    numbers = "{edits:>9,} {documents:>8,} {values:>8,} {findings:>6,}  ".format_map(row) if counted else ""
    return f"  {row['name']:<18} {row['group']:<12} {row['grain']:<9}{numbers}{row['summary']}"


def rule_text(rule: Rule, hits: Hits | None = None) -> str:
    """One rule with its docstring, for a terminal."""
    facts = {
        "step": f"{rule.step} ({_STEP_SENTENCES[rule.step]})",
        "grain": rule.grain,
        "source": rule.source,
        "literals": ", ".join(map(repr, rule.literals)),
        "shape": visible(rule.shape or ""),
        "lines": _reach(rule),
        "file": _file(rule),
        "here": _did(hits) if hits else "",
    }
    lines = [f"{name:<9} {fact}" for name, fact in facts.items() if fact]
    return "\n\n".join([f"{rule.name}", "\n".join(lines), escaped(rule.doc)])


def _did(hits: Hits) -> str:
    """What a rule did, in words."""
    parts = [f"{counted(hits.edits, 'edit')} in {counted(hits.documents, 'document')}"]
    parts += [counted(hits.values, "value") + " read"] if hits.values else []
    parts += [counted(hits.findings, "finding")] if hits.findings else []
    return ", ".join(parts)


def rules_markdown() -> str:
    """The page docs/rules.md."""
    parts = [
        "# The cleaning rules",
        "Made from the rules themselves by `curation rules --markdown`; don't edit it by hand. "
        "A rule is one file. Within a step, rules run in this order; each step sees what the last one left.",
    ]
    for step in STEPS:
        rules = [rule for rule in _in_order() if rule.step == step]
        if rules:
            parts.append(f"## {step}: {_STEP_SENTENCES[step]}")
            rows = [f"| [{r.name}](#{r.name}) | {r.group} | {r.grain} | {_cell(r.summary)} |" for r in rules]
            parts.append("\n".join(["| Rule | Shelf | Looks at | What it does |", "|---|---|---|---|", *rows]))
            parts += [_section(rule) for rule in rules]
    return "\n\n".join(parts) + "\n"


def _section(rule: Rule) -> str:
    """One rule: the prose of its docstring, then its examples as they are tested."""
    prose, _, examples = escaped(rule.doc).partition(">>>")
    facts = [f"`{_file(rule)}`", f"looks at: {rule.grain}" + (f", {reach}" if (reach := _reach(rule)) else "")]
    if rule.source:
        facts.append(f"seen on: {rule.source}")
    parts = [f"### {rule.name}", prose.strip(), " · ".join(facts)]
    if examples:
        parts.append(f"```pycon\n>>>{examples.rstrip()}\n```")
    return "\n\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _reach(rule: Rule) -> str:
    """Which lines of a document it is shown."""
    ends = [(rule.head, "first"), (rule.tail, "last")]
    return " and ".join(f"{which} {count} lines" for count, which in ends if count is not None)


def _in_order() -> list[Rule]:
    return sorted(RULES, key=lambda rule: STEPS.index(rule.step))


def _file(rule: Rule) -> str:
    """Where the rule is, from the folder that holds the package."""
    package = Path(__file__).parents[2]
    return Path(inspect.getfile(rule.function)).relative_to(package).as_posix()
