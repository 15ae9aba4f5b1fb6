"""datatrove's quality filters: their tokens, their speed, and whether our values are theirs.

    python -m peers.datatrove_filters tokens TEXTS TOKENS
    python -m peers.datatrove_filters speed TOKENS
    python -m peers.datatrove_filters check VALUES

It runs in datatrove's environment, without ``curation``; the files are Parquet.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from datatrove.data import Document
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)
from datatrove.utils.text import split_into_parts, split_into_words
from datatrove.utils.word_tokenizers import WordTokenizer, load_word_tokenizer

LANGUAGE = "ind"
INDONESIAN = ["dan", "yang", "di", "pada", "dari", "ini", "dengan", "adalah", "untuk", "dalam"]
ROUNDS = 3
#: a limit that nothing breaks, so that no filter stops before its last rule
FAR = 1e9
Filter = Any
_TINY = math.nextafter(0, 1)
#: the rule behind one that has the same limit: whoever comes to it has passed the first
_BEHIND = {"gopher_too_many_hashes": "gopher_too_many_ellipsis"}
_LEAST_SHARES = ("gopher_below_alpha_threshold", "line_punct_ratio")


class Given(WordTokenizer):
    """Tokens, and sentences of lines, that were made before."""

    def __init__(self, tokens: dict[str, list[str]]) -> None:
        super().__init__()
        self.tokens = tokens
        self.sentences: dict[str, list[tuple[int, int]]] = {}

    def word_tokenize(self, text: str) -> list[str]:
        """Those of this text."""
        return self.tokens[text]

    def sent_tokenize(self, text: str) -> list[str]:
        """Not asked for by the filters."""
        return [text[start:stop] for start, stop in self.span_tokenize(text)]

    def span_tokenize(self, text: str) -> list[tuple[int, int]]:
        """Of a line, by spaCy the first time."""
        if text not in self.sentences:
            self.sentences[text] = load_word_tokenizer(LANGUAGE).span_tokenize(text)
        return self.sentences[text]


def everything(language: str | WordTokenizer) -> list[Filter]:
    """The four filters with limits that nothing breaks: every rule is counted."""
    return [
        GopherQualityFilter(1, FAR, -FAR, FAR, FAR, FAR, FAR, -FAR, -1, INDONESIAN, language=language),
        GopherRepetitionFilter(
            FAR,
            FAR,
            FAR,
            FAR,
            [(n, FAR) for n in (2, 3, 4)],
            [(n, FAR) for n in range(5, 11)],
            language=language,
        ),
        FineWebQualityFilter(
            line_punct_thr=-1, short_line_thr=FAR, char_duplicates_ratio=FAR, new_line_ratio=FAR, language=language
        ),
        C4QualityFilter(min_num_sentences=0, language=language),
    ]


def speed(texts: list[str], tokens: list[list[str]]) -> dict[str, float]:
    """Documents a CPU-second, the best of some rounds: with its tokenizer, and with tokens that it is given."""
    given = Given(dict(zip(texts, tokens, strict=True)))
    best = {}
    for name, language in (("tokens made", LANGUAGE), ("tokens given", given)):
        filters = everything(language)
        for _ in range(ROUNDS + 1):  # the first loads its tokenizer, and makes the sentences
            split_into_parts.cache_clear()
            start = time.process_time()
            for text in texts:
                for one in filters:
                    one.filter(Document(text=text, id=""))
            rate = len(texts) / (time.process_time() - start)
            best[name] = max(best.get(name, 0.0), rate)
    return best


# -- the same values? -----------------------------------------------------------------------------------
#
# datatrove's filters tell no values, only verdicts. So each is asked twice: with our value as its limit, which must
# let the text pass, and with the next number on the strict side, which must not. No value is below 0, and a limit of 0
# switches some rules off: so 0 is asked for with the smallest number above it, and only once.


def rules() -> dict[str, tuple[Filter, str, bool, Callable[[Filter, float | None], None]]]:
    """For each measure its filter with all other rules off, its reason, whether it is a least, and how it is set."""
    none: dict[str, Any] = dict.fromkeys(
        (
            "min_doc_words",
            "max_doc_words",
            "min_avg_word_length",
            "max_avg_word_length",
            "max_symbol_word_ratio",
            "max_bullet_lines_ratio",
            "max_ellipsis_lines_ratio",
            "max_non_alpha_words_ratio",
            "min_stop_words",
        )
    )
    quality = GopherQualityFilter(**none, language=LANGUAGE)
    indonesian = GopherQualityFilter(**none, stop_words=INDONESIAN, language=LANGUAGE)
    repetition = GopherRepetitionFilter(None, None, None, None, (), (), language=LANGUAGE)
    fineweb = FineWebQualityFilter(
        line_punct_thr=-1, short_line_thr=FAR, char_duplicates_ratio=FAR, new_line_ratio=FAR, language=LANGUAGE
    )
    c4 = C4QualityFilter(min_num_sentences=0, language=LANGUAGE)

    def attribute(one: Filter, name: str, reason: str, least: bool = False) -> Any:
        off = getattr(one, name)
        return one, reason, least, lambda self, limit: setattr(self, name, off if limit is None else limit)

    def grams(name: str, n: int, reason: str) -> Any:
        def put(self: Filter, limit: float | None) -> None:
            setattr(self, name, () if limit is None else ((n, limit),))

        return repetition, reason, False, put

    return {
        "tokens": attribute(quality, "min_doc_words", "gopher_short_doc", True),
        "mean_token_length": attribute(quality, "max_avg_word_length", "gopher_above_avg_threshold"),
        "hash_signs": attribute(quality, "max_symbol_word_ratio", "gopher_too_many_hashes"),
        "ellipses": attribute(quality, "max_symbol_word_ratio", "gopher_too_many_ellipsis"),
        "bullet_lines": attribute(quality, "max_bullet_lines_ratio", "gopher_too_many_bullets"),
        "ellipsis_lines": attribute(quality, "max_ellipsis_lines_ratio", "gopher_too_many_end_ellipsis"),
        "letter_tokens": attribute(quality, "max_non_alpha_words_ratio", "gopher_below_alpha_threshold", True),
        "gopher_stop_words": attribute(quality, "min_stop_words", "gopher_enough_stop_words", True),
        "fineweb2_stop_words": attribute(indonesian, "min_stop_words", "gopher_enough_stop_words", True),
        "duplicate_paragraphs": attribute(repetition, "dup_para_frac", "dup_para_frac"),
        "duplicate_paragraph_characters": attribute(repetition, "dup_para_char_frac", "dup_para_char_frac"),
        "duplicate_lines": attribute(repetition, "dup_line_frac", "dup_line_frac"),
        "duplicate_line_characters": attribute(repetition, "dup_line_char_frac", "dup_line_char_frac"),
        **{f"top_{n}_gram": grams("top_n_grams", n, f"top_{n}_gram") for n in (2, 3, 4)},
        **{f"duplicate_{n}_gram": grams("dup_n_grams", n, f"duplicated_{n}_n_grams") for n in range(5, 11)},
        "line_punctuation": attribute(fineweb, "line_punct_thr", "line_punct_ratio", True),
        "fineweb_short_lines": attribute(fineweb, "short_line_threshold", "short_line_ratio"),
        "fineweb_duplicate_characters": attribute(fineweb, "char_duplicates_ratio", "char_dup_ratio"),
        "newlines_per_token": attribute(fineweb, "new_line_ratio", "list_ratio"),
        "c4_sentences": attribute(c4, "min_num_sentences", "too_few_sentences", True),
    }


def check(table: pa.Table) -> dict[str, dict[str, int]]:
    """For each measure: values that are the same, that differ, and that another rule hides."""
    found: dict[str, Counter[str]] = {name: Counter() for name in (*rules(), "c4_braces or c4_lorem_ipsum")}
    made = rules()
    for row in table.to_pylist():
        for name, (one, reason, least, put) in made.items():
            found[name][_compared(one, reason, least, put, row["text"], row[name])] += 1
        dropped = _reason(made["c4_sentences"][0], row["text"]) in ("lorem_ipsum", "curly_bracket")
        same = dropped == bool(row["c4_braces"] or row["c4_lorem_ipsum"])
        found["c4_braces or c4_lorem_ipsum"]["same" if same else "different"] += 1
    return {name: dict(counts) for name, counts in found.items()}


def _compared(one: Filter, reason: str, least: bool, put: Any, text: str, value: float | None) -> str:
    if value is None:
        limits, expected = [FAR if least else -FAR], [None]
    elif least:
        limits, expected = [value, _next(value, reason)], [None, reason]
    elif value == 0:
        limits, expected = [_TINY], [None]
    else:
        limits, expected = [value, math.nextafter(value, 0)], [None, reason]
    told = []
    for limit in limits:
        put(one, limit)
        told.append(_reason(one, text))
        put(one, None)
    told = [None if said == _BEHIND.get(reason) else said for said in told]
    if any(said not in (None, reason) for said in told):
        return "hidden"
    return "same" if told == expected else "different"


def _next(value: float, reason: str) -> float:
    """The next number of a share, or of what is counted."""
    return math.nextafter(value, math.inf) if reason in _LEAST_SHARES else value + 1


def _reason(one: Filter, text: str) -> str | None:
    result = one.filter(Document(text=text, id=""))
    return result[1] if isinstance(result, tuple) else None


if __name__ == "__main__":
    what, source = sys.argv[1], Path(sys.argv[2])
    read = pq.read_table(source)
    if what == "tokens":
        made_tokens = [split_into_words(text, LANGUAGE) for text in read["text"].to_pylist()]
        pq.write_table(read.append_column("tokens", pa.array(made_tokens, pa.list_(pa.string()))), sys.argv[3])
    elif what == "speed":
        print(json.dumps(speed(read["text"].to_pylist(), read["tokens"].to_pylist())))
    else:
        print(json.dumps(check(read)))
