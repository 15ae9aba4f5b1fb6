"""What annotators say of the texts themselves ("Ada masalah dengan teks?"), traced to sites, rules, lines and copies.

A complaint is worth an hour of work only if it tells where to look: by which rule a text that was called cut was
edited, and how often that rule edits texts of which nobody complained; which lines stand at the ends of several
complained-about texts of one site; what the language column says; which copies are known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import inf
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema

#: the question, in whatever codebook it stands
QUESTION = "text_problem"
#: kind of the findings that complaints become
KIND = "text_problem"
#: below so many documents a share says little
FEW = 5
#: lines at each end of a text that may be left of its page
ENDS = 3
#: examples of a row
_EXAMPLES = 3
#: documents of which every one is listed
_MOST = 200


class Complaint(NamedTuple):
    """What was said of one document."""

    #: who said so
    by: frozenset[str]
    #: who read it
    read: frozenset[str]

    @property
    def share(self) -> float:
        """Share of its readers."""
        return len(self.by) / len(self.read)


@dataclass(frozen=True)
class Corpus:
    """What the tables know of the documents that were read."""

    #: id, language, outlet, body
    documents: pa.Table
    #: the site of each
    sites: Mapping[str, str]
    #: id, rule: edits that a reader would see
    edits: pa.Table
    #: of complained-about documents
    pairs: pa.Table
    #: id, cluster_id, size
    clusters: pa.Table


@dataclass(frozen=True)
class Row:
    """One line of the report: a problem as a whole, or one thing that it may come from."""

    problem: str
    #: all, site, rule, line, language, pair or document
    about: str
    name: str
    #: complained-about documents that it touches
    documents: int
    #: documents that it touches, of all that were read
    read: int
    #: annotators who complained
    annotators: int
    #: share of the complained-about documents that it touches, and of the others
    share: float | None = None
    otherwise: float | None = None
    #: the first over the second
    lift: float | None = None
    examples: tuple[str, ...] = ()
    #: what must be known of these numbers
    note: str = ""
    #: what to type or to write next
    next: str = ""

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {**asdict(self), "examples": list(self.examples)}


def complaints(annotations: pa.Table) -> dict[str, dict[str, Complaint]]:
    """Who said what of which document: by value, by document. A skip is no reading.

    Args:
        annotations: the table, with answers that count.
    """
    readers: dict[str, set[str]] = defaultdict(set)
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    columns = ("document_id", "annotator", "question", "value", "skipped")
    for id_, who, question, value, skipped in zip(*(annotations[name].to_pylist() for name in columns), strict=True):
        if not skipped:
            readers[id_].add(who)
            if question == QUESTION:
                said[value][id_].add(who)
    return {
        value: {id_: Complaint(frozenset(by), frozenset(readers[id_])) for id_, by in sorted(of.items())}
        for value, of in sorted(said.items())
    }


def read_documents(annotations: pa.Table) -> list[str]:
    """The documents that somebody read to the end, skips aside."""
    return sorted(pc.unique(annotations.filter(pc.invert(annotations["skipped"]))["document_id"]).to_pylist())


def findings(annotations: pa.Table, campaign: str, lengths: Mapping[str, int]) -> pa.Table:
    """The complaints in the table `findings`: of the whole body, scored by the share of readers who said so.

    Args:
        annotations: the table.
        campaign: its name, which becomes part of the rule.
        lengths: code points of the bodies; a document without one is left out.
    """
    rows = [
        {"id": id_, "kind": KIND, "start": 0, "end": lengths[id_], "score": one.share, "rule": f"{campaign}/{value}"}
        for value, of in complaints(annotations).items()
        for id_, one in of.items()
        if id_ in lengths
    ]
    return schema.from_rows("findings", sorted(rows, key=lambda row: (row["id"], row["rule"])))


def report(annotations: pa.Table, corpus: Corpus, values: Sequence[str]) -> list[Row]:
    """Every problem, with what it may come from.

    Args:
        annotations: the table.
        corpus: what is known of the documents.
        values: the stored values of the question, in order.
    """
    found = complaints(annotations)
    read = read_documents(annotations)
    rows: list[Row] = []
    for value in values:
        if of := found.get(value):
            problem = _Problem(value, of, read, corpus)
            rows += [problem.whole(), *problem.sites(), *_SOURCES.get(value, lambda _: ())(problem), *problem.each()]
    return rows


class _Problem:
    """The complaints of one kind, held against the corpus."""

    def __init__(self, name: str, of: Mapping[str, Complaint], read: Sequence[str], corpus: Corpus) -> None:
        self.name, self.of, self.read, self.corpus = name, of, read, corpus

    def row(self, about: str, name: str, ids: Collection[str], read: int, **more: Any) -> Row:
        """A row on some of the documents."""
        who = frozenset[str]().union(*(self.of[id_].by for id_ in ids))
        worst = sorted(ids, key=lambda id_: (-self.of[id_].share, id_))
        return Row(self.name, about, name, len(ids), read, len(who), examples=tuple(worst[:_EXAMPLES]), **more)

    def compared(self, about: str, name: str, touched: Collection[str], next_: str) -> Row:
        """A row with how much more often something touches complained-about documents than others."""
        here = [id_ for id_ in touched if id_ in self.of]
        others = len(self.read) - len(self.of)
        share = len(here) / len(self.of)
        otherwise = (len(touched) - len(here)) / others if others else None
        lift = share / otherwise if otherwise else None
        note = "no document was read without this complaint" if not others else ""
        if others and not otherwise:
            note = "never in a document without this complaint"
        if len(here) < FEW:
            note = "; ".join(filter(None, [f"only {_counted(len(here), 'document')}: may be chance", note]))
        return self.row(
            about, name, here, len(touched), share=share, otherwise=otherwise, lift=lift, note=note, next=next_
        )

    def whole(self) -> Row:
        """All of it."""
        several = sum(len(one.by) > 1 for one in self.of.values())
        note = f"{several:,} said by two or more"
        worst = min(self.of, key=lambda id_: (-self.of[id_].share, id_))
        return self.row(
            "all", "", self.of, len(self.read), share=None, note=note, next=f"curation explain {worst} --raw"
        )

    def sites(self) -> Iterable[Row]:
        """By site, with the outlet where it has another name."""
        outlets = dict(zip(*(self.corpus.documents[name].to_pylist() for name in ("id", "outlet")), strict=True))
        touched: dict[str, list[str]] = defaultdict(list)
        for id_ in self.read:
            site, outlet = self.corpus.sites.get(id_, "unknown"), outlets.get(id_, "unknown")
            touched[site if site == outlet else f"{site} ({outlet})"].append(id_)
        rows = []
        for site, ids in touched.items():
            if here := [id_ for id_ in ids if id_ in self.of]:
                worst = min(here, key=lambda id_: (-self.of[id_].share, id_))
                rows.append(self.compared("site", site, ids, f"curation explain {worst}"))
        return sorted(rows, key=lambda row: (-row.documents, row.name))

    def each(self) -> Iterable[Row]:
        """The documents, those that most readers complain of first."""
        worst = sorted(self.of.items(), key=lambda item: (-item[1].share, -len(item[1].by), item[0]))
        for id_, one in worst[:_MOST]:
            note = f"{len(one.by)} of {_counted(len(one.read), 'reader')}"
            yield self.row("document", id_, [id_], 1, share=one.share, note=note, next=f"curation explain {id_}")


def _rules(problem: _Problem) -> Iterable[Row]:
    """The rules that edit complained-about documents more often than others."""
    touched: dict[str, set[str]] = defaultdict(set)
    for id_, rule in zip(*(problem.corpus.edits[name].to_pylist() for name in ("id", "rule")), strict=True):
        touched[rule].add(id_)
    rows = []
    for rule, ids in touched.items():
        if problem.of.keys() & ids:
            next_ = f"curation whatif --disable {rule}; what it is for: curation rules {rule}"
            here = problem.of.keys() & ids
            sites = {problem.corpus.sites.get(id_, "unknown") for id_ in here}
            if len(here) > 1 and len(sites) == 1 and "unknown" not in sites:
                next_ += f'; for one site: disable = ["{rule}"] in sites/{sites.pop()}.toml'
            row = problem.compared("rule", rule, ids, next_)
            if row.otherwise is None or (row.share or 0) > row.otherwise:
                rows.append(row)
    return sorted(rows, key=lambda row: (row.documents < FEW, -(row.lift or inf), -row.documents, row.name))


def _lines(problem: _Problem) -> Iterable[Row]:
    """The lines at head and tail that several complained-about documents of a site have in common."""
    touched: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    columns = (problem.corpus.documents[name].to_pylist() for name in ("id", "body"))
    for id_, body in zip(*columns, strict=True):
        lines = [line.strip() for line in body.splitlines() if line.strip()]
        for end, some in (("head", lines[:ENDS]), ("tail", lines[ENDS:][-ENDS:])):
            for line in some:
                touched[problem.corpus.sites.get(id_, "unknown"), end, line].add(id_)
    rows = []
    for (site, end, line), ids in touched.items():
        here = problem.of.keys() & ids
        if len(here) > 1:
            text = line if len(line) <= 120 else f"{line[:119]}…"
            next_ = f"curation learn, if many texts of {site} have it; else an element to drop in sites/{site}.toml"
            note = f"at the {end} of texts of {site}"
            rows.append(problem.row("line", text, here, len(ids), note=note, next=next_))
    return sorted(rows, key=lambda row: (-row.documents, row.name))


def _languages(problem: _Problem) -> Iterable[Row]:
    """What the language column says of the documents."""
    languages = dict(zip(*(problem.corpus.documents[name].to_pylist() for name in ("id", "language")), strict=True))
    counts = Counter(languages.get(id_) for id_ in problem.read)
    rows = []
    for language in sorted({languages.get(id_) for id_ in problem.of}, key=str):
        ids = [id_ for id_ in problem.of if languages.get(id_) == language]
        if language == "id":
            note = "the language column says Indonesian: annotators and detector differ"
            next_ = f"curation explain {min(ids)}; to leave it out for good: a row 'drop' in decisions.csv"
        else:
            note = "the language column agrees" if language else "too short to tell, says the language column"
            next_ = "curation whatif --set quality.indonesian.min=1"
        rows.append(problem.row("language", language or "not told", ids, counts[language], note=note, next=next_))
    return rows


def _copies(problem: _Problem) -> Iterable[Row]:
    """The nearest pair that is known of each document; one whose other side was read here comes first."""
    nearest: dict[str, tuple[tuple[bool, float], dict[str, Any], str]] = {}
    read = set(problem.read)
    for pair in problem.corpus.pairs.to_pylist():
        for id_, other in ((pair["id_a"], pair["id_b"]), (pair["id_b"], pair["id_a"])):
            rank = other in read, pair["jaccard"]
            if id_ in problem.of and (id_ not in nearest or rank > nearest[id_][0]):
                nearest[id_] = rank, pair, other
    sizes = dict(zip(*(problem.corpus.clusters[name].to_pylist() for name in ("id", "size")), strict=True))
    for id_ in problem.of:
        alone = sizes.get(id_, 1) == 1
        cluster = "in no cluster" if alone else f"in a cluster of {sizes[id_]}"
        if id_ not in nearest:
            note = f"no pair is known; {cluster}"
            who = " and ".join(sorted(problem.of[id_].by))
            next_ = f"ask {who} which article they mean, then: curation pairs {id_} OTHER"
            yield problem.row("pair", id_, [id_], 1, note=note, next=next_)
            continue
        (is_read, jaccard), pair, other = nearest[id_]
        merges = "one article" if pair["merges"] else "kept apart"
        note = f"{pair['kind']}, jaccard {jaccard:.2f}, {merges}, {'read here too' if is_read else 'not read here'}"
        yield problem.row(
            "pair", f"{id_} {other}", [id_], 1, note=f"{note}; {cluster}", next=f"curation pairs {id_} {other}"
        )


#: where to look for the cause of each problem; another one is told by site and document only
_SOURCES = {"cut": _rules, "chrome_left": _lines, "not_indonesian": _languages, "duplicate": _copies}


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
