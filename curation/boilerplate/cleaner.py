"""Runs the rule book over a batch of texts: step after step, each seeing the text as the last one left it."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from curation import ledger
from curation.lines import Edit, Flag, Lines, Value
from curation.literals import literals
from curation.rule import STEPS
from curation.timings import spent_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curation.rule import Context, Rule

#: A line longer than this is never removed whole: it may be an article (sindonews prints one on one line).
LONGEST_DROP = 400

#: Under this name the time is booked in which one pass finds the lines that may concern the rules of a step.
FINDING = "finding lines"


@dataclass
class Cleaned:
    """A batch while and after it is cleaned, by document."""

    raws: list[str]
    bodies: list[str]
    ledgers: list[list[ledger.Change]]
    #: in code points of raw
    values: list[Value] = field(default_factory=list)
    #: in code points of body
    flags: list[Flag] = field(default_factory=list)


def clean_texts(raws: Sequence[str], context: Context, rules: Iterable[Rule]) -> Cleaned:
    """Apply the rules to a batch of raw texts.

    Args:
        raws: one text a document.
        context: titles, sites and learned chrome, by document.
        rules: in the order of the rule book.
    """
    batch = Cleaned(list(raws), list(raws), [[] for _ in raws])
    by_step: Mapping[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_step[rule.step].append(rule)
    lines = Lines.of(batch.raws)
    with _uncollected():
        for step in STEPS:
            if by_step[step]:
                edited = _run_step(by_step[step], lines, batch, context)
                if edited:
                    lines = lines.revised(edited, [batch.bodies[document] for document in edited])
        # what one step put in and a later one took out again is no change
        batch.ledgers = [
            [change for change in changes if raw[change[0] : change[1]] != change[2]]
            for raw, changes in zip(batch.raws, batch.ledgers, strict=True)
        ]
        batch.values = _once(batch.values)
        batch.flags = [_in_body(flag, batch.ledgers[flag.document]) for flag in batch.flags]
    return batch


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cyclic garbage: a batch makes many tuples, none of them part of a cycle."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _once(values: Iterable[Value]) -> list[Value]:
    """The values without those that another rule has read in the same words before."""
    found: dict[Value, Value] = {}
    for value in values:
        found.setdefault(value._replace(rule=""), value)
    return list(found.values())


def _in_body(flag: Flag, changes: Sequence[ledger.Change]) -> Flag:
    start, end = ledger.to_body(changes, flag.start), ledger.to_body(changes, flag.end)
    return flag._replace(start=start, end=max(start, end))


def _run_step(rules: Sequence[Rule], lines: Lines, batch: Cleaned, context: Context) -> list[int]:
    """Run the rules of a step on the lines of the texts as they stand; which texts have changed."""
    edits: dict[int, list[Edit]] = defaultdict(list)
    rank = {rule.name: number for number, rule in enumerate(rules)}

    @cache
    def current(document: int) -> ledger.CurrentText:
        return ledger.CurrentText(batch.ledgers[document], len(batch.raws[document]))

    with spent_on(FINDING):
        chosen = _chosen(rules, lines)
    for rule in rules:
        selected = chosen[rule.name]
        if not len(selected) and rule.grain != "document":  # a text may have no lines, and still blank space
            continue
        with spent_on(rule.name):
            answers = rule(selected, context)
        for answer in answers:
            if isinstance(answer, Edit):
                edits[answer[0]].append(answer)
                continue
            start, end = current(answer.document).in_raw(answer.start, answer.end)
            if isinstance(answer, Value):
                batch.values.append(answer._replace(start=start, end=end))
            else:
                batch.flags.append(answer._replace(start=start, end=end))
    for document, found in edits.items():
        body = batch.bodies[document]
        accepted = _without_overlaps(found, body, rank)
        batch.ledgers[document] = ledger.compose(batch.ledgers[document], accepted, body, len(batch.raws[document]))
        batch.bodies[document] = ledger.apply(body, accepted)
    return list(edits)


def _chosen(rules: Sequence[Rule], lines: Lines) -> dict[str, Lines]:
    """The lines that may concern each rule, by its name; one pass finds the literals of all of them."""
    declared = [rule for rule in rules if rule.literals]
    # where all of them look at the last lines alone, no further
    tail = max((rule.tail or len(lines) for rule in declared), default=0)
    seen = lines.within(None, tail) if tail < len(lines) else lines
    found = literals(tuple(rule.literals for rule in declared)).find(seen.shown) if declared else ()
    holding = {rule.name: seen.where(mask) for rule, mask in zip(declared, found, strict=True)}
    begun = _begun(rules, lines)
    return {rule.name: rule.select(begun.get(rule.name, lines), holding.get(rule.name)) for rule in rules}


def _begun(rules: Sequence[Rule], lines: Lines) -> dict[str, Lines]:
    """For rules that look at how most lines begin, by name: the few lines that begin as one of them wants."""
    most = [
        rule
        for rule in rules
        if rule.shape
        and rule.shape.startswith(("^", "(?i)^"))
        and not rule.literals
        and 2 * len(lines.within(rule.head, rule.tail, rule.longest)) > len(lines)
    ]
    if len(most) < 2:
        return {}
    return dict.fromkeys(
        [rule.name for rule in most], lines.where(lines.matching("|".join(f"(?:{rule.shape})" for rule in most)))
    )


def _without_overlaps(found: list[Edit], text: str, rank: Mapping[str, int]) -> list[Edit]:
    """The edits of one step on one text, disjoint and in order: longer ones win, then earlier rules.

    Without those that change nothing, and those that would remove a long line whole.
    """
    wanted = [
        edit
        for edit in found
        for _, start, end, replacement, _ in (edit,)
        if text[start:end] != replacement
        and (replacement or end - start <= LONGEST_DROP or not _is_whole_line(edit, text))
    ]
    if len(wanted) < 2:
        return wanted
    in_place = sorted(wanted, key=_span)
    if all(edit.end <= after.start for edit, after in pairwise(in_place)):
        return in_place
    accepted: list[Edit] = []
    for edit in sorted(wanted, key=lambda edit: (edit.start - edit.end, rank[edit.rule], edit.start)):
        at = bisect_right(accepted, _span(edit), key=_span)
        if (fitting := _between(edit, accepted[at - 1 : at], accepted[at : at + 1], text)) is not None:
            accepted.insert(at, fitting)
    return accepted


def _between(edit: Edit, before: list[Edit], after: list[Edit], text: str) -> Edit | None:
    """An edit as it fits between two others: it may leave them the blank space that it shares with them, no more."""
    start = max(edit.start, before[0].end) if before else edit.start
    end = min(edit.end, after[0].start) if after else edit.end
    if (start, end) == (edit.start, edit.end):
        return edit
    if start >= end or text[edit.start : start].strip() or text[end : edit.end].strip():
        return None
    return edit._replace(start=start, end=end)


_span = itemgetter(1, 2)  # start, end


def _is_whole_line(edit: Edit, text: str) -> bool:
    if not text[edit.start : edit.end].strip():
        return False
    before = text[text.rfind("\n", 0, edit.start) + 1 : edit.start]
    stop = text.find("\n", edit.end)
    after = text[edit.end : len(text) if stop < 0 else stop]
    return not before.strip() and not after.strip() and "\n" not in text[edit.start : edit.end]
