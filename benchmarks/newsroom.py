"""An invented newsroom: Indonesian news of any number whose near-duplicates are known.

    python benchmarks/newsroom.py OUT_DIR --count 10000 --seed 7 [--chrome] [--processes 2]

writes ``OUT_DIR/documents/part-*.parquet`` (row groups of 2,000), ``OUT_DIR/truth.parquet`` (how each document was
made) and, with ``--chrome``, ``OUT_DIR/dirty/part-*.parquet``: the same documents as a scraper brings them, with 100 to
150 words of site chrome. A seed gives the same bytes, whatever the number of processes. Memory does not grow with the
corpus, but for the plan: some 30 bytes a document, held by each process.

==============  =======  ==================================================================================
relation        of 100   how it is made
==============  =======  ==================================================================================
original        ~71      62 single stories; 9 that were copied
exact           ~4       the same body
edited          ~10      0 to 25 % of the words replaced, up to 15 % of the sentences dropped, 12 % added
lead_only       ~2.5     the first three to five sentences
truncated       ~3.5     the first 40 to 85 % of the sentences
aggregator      1        two or three whole stories, each after a few sentences of the page's own
update          1        a fifth of the numbers corrected, some sentences at the end; the page of the original
template        5        20 to 200 pages of a frame: the same sentences, other numbers, names, places, days
rewrite         1        40 % of the sentences, each as it was; the others are new
==============  =======  ==================================================================================

The originals that were copied and their copies are 30 of 100, in clusters of two to eight, a few of 50 to 120. All
lie in random order over the whole corpus. Words, sentences and persons are drawn, so a text means nothing; its words,
lengths, punctuation and repetitions are those of news.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import newsroom_plan as plans
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from newsroom_chrome import OUTLETS, ROTATIONS, Chrome, chrome
from newsroom_plan import RELATIONS, Rows, plan
from newsroom_text import FRAME, INSTANCE, Texts, Writer, bits, hashed, share
from newsroom_words import FORMS, PARAGRAPH, PLACES, STOP, words

from curation import schema
from curation.store import BATCH_ROWS

#: Rows of a part: the unit of work of a process.
PART_ROWS = 10 * BATCH_ROWS

_ENCODED = ["outlet", "publisher", "dateline", "syndicated_from", "zone", "language"]
#: 1 January 2019, and the days that the stories are spread over.
_FIRST_DAY, _DAYS = 17_897, 2_400
_DAY = 86_400_000_000  # microseconds


def news(count: int, seed: int) -> pa.Table:
    """The documents of a corpus at once, for tests and other benchmarks."""
    room = Newsroom(count, seed)
    return pa.concat_tables([batch.documents for batch in room.batches(0, count)]).combine_chunks()


class Batch(NamedTuple):
    """Documents in a row, and the same with site chrome."""

    documents: pa.Table
    dirty: pa.Table | None


class Newsroom:
    """A corpus that can be written anywhere, a batch at a time."""

    def __init__(self, count: int, seed: int, *, with_chrome: bool = False) -> None:
        self.count, self.seed = count, seed
        self.plan = plan(count, seed)
        self.words = words()
        self.writer = Writer(self.plan, seed, self.words)
        self.chrome: Chrome | None = None
        #: which tokens open a bracket
        self.brackets = pc.match_substring_regex(self.words.tokens, r"""^["“]?\(""").to_numpy(zero_copy_only=False)
        self.tokens, self.n_words = self.words.tokens, self.words.n_words
        if with_chrome:
            popular = np.arange(2_000) % max(1, int(self.plan.story.max()) + 1)
            headlines = strings(self.tokens, self.writer.headlines(popular, popular)).to_pylist()
            pieces, self.chrome = chrome(headlines, len(self.tokens))
            self.tokens = pa.concat_arrays([self.tokens, pieces])
            # a word or two of glued chrome becomes one with the word after it
            self.n_words = np.concatenate([self.n_words, [len(piece.split()) for piece in pieces.to_pylist()]])

    def batches(self, start: int, stop: int) -> Iterator[Batch]:
        """The documents at the places from `start` to `stop`, in batches."""
        for first in range(start, min(stop, self.count), BATCH_ROWS):
            rows = self.plan.order[first : min(first + BATCH_ROWS, stop)]
            about = self._about(rows)
            bodies = self.writer.bodies(rows)
            dirty = None if self.chrome is None else self._table(about, self._soiled(bodies, rows, self.chrome))
            yield Batch(self._table(about, bodies), dirty)

    def truth(self, start: int, stop: int) -> pa.Table:
        """How the documents at these places were made.

        Columns: id; story (null for templates; of an aggregator the first that it holds); relation; template (number of
        the frame, else null); holds (stories of an aggregator).
        """
        rows, plan = self.plan.order[start:stop], self.plan
        relation = pa.DictionaryArray.from_arrays(plan.relation[rows], list(RELATIONS)).cast(pa.string())
        held = np.full((len(rows), 3), -1, np.int64)
        pages = np.flatnonzero(plan.relation[rows] == plans.AGGREGATOR)
        held[pages] = plan.held[rows[pages] - plan.first_aggregator]
        there = held >= 0
        offsets = np.concatenate([[0], np.cumsum(there.sum(axis=1))])
        return pa.table(
            {
                "id": self._ids(rows),
                "story": pa.array(plan.story[rows], mask=plan.story[rows] < 0),
                "relation": relation,
                "template": pa.array(plan.frame[rows], mask=plan.frame[rows] < 0),
                "holds": pa.ListArray.from_arrays(offsets.astype(np.int32), plan.story[held[there]]),
            }
        )

    # -- columns ------------------------------------------------------------------------------------

    def _ids(self, rows: Rows) -> pa.Array:
        """The id of each row: 16 hexadecimal digits, one to one."""
        digits = hashed(self.seed, 20, rows).astype(">u8").tobytes().hex()
        return pa.StringArray.from_buffers(
            len(rows), pa.py_buffer(np.arange(0, 16 * len(rows) + 1, 16, np.int32)), pa.py_buffer(digits.encode())
        )

    def _page(self, rows: Rows) -> Rows:
        """The row whose page each stands on: an update on that of its original."""
        return np.where(self.plan.relation[rows] == plans.UPDATE, self.plan.source[rows].astype(np.int64), rows)

    def _outlets(self, rows: Rows) -> Rows:
        return bits(hashed(self.seed, 21, rows), 8, len(OUTLETS))

    def _about(self, rows: Rows) -> dict[str, pa.Array]:
        """All columns but those of the body."""
        plan, n = self.plan, len(rows)
        relation, source, keys = plan.relation[rows], plan.source[rows].astype(np.int64), hashed(self.seed, 22, rows)
        is_template, is_update = relation == plans.TEMPLATE, relation == plans.UPDATE
        is_copy = np.isin(relation, (plans.EXACT, plans.EDITED, plans.LEAD_ONLY, plans.TRUNCATED))
        story = np.where(is_template, FRAME + plan.frame[rows].astype(np.int64), plan.story[rows])
        facts = np.where(is_template, INSTANCE + rows, story)
        page = self._page(rows)
        outlets = pa.array(OUTLETS)
        hosts = pa.array([f"{name.replace(' ', '').lower()}.example" for name in OUTLETS])
        outlet = self._outlets(page)
        url_key = pc.binary_join_element_wise(hosts.take(outlet), "berita", self._ids(page), "/")
        # half of the edited copies have a headline of their own
        own_title = (relation == plans.REWRITE) | (relation == plans.AGGREGATOR)
        own_title |= (relation == plans.EDITED) & (bits(keys, 8, 2) == 0)
        titles = strings(self.words.tokens, self.writer.headlines(np.where(own_title, INSTANCE + rows, story), facts))
        titles = pc.binary_join_element_wise(pa.array(np.where(is_update, "UPDATE: ", "")), titles, "")
        event = hashed(self.seed, 23, facts)
        when = (_FIRST_DAY + share(event) * _DAYS) * _DAY
        late = np.where(is_copy | (source >= 0), (0.02 + 3 * share(keys)) * _DAY, 0)
        place = self.writer.place(
            np.where((relation == plans.EDITED) & (bits(keys, 16, 2) == 0), INSTANCE + rows, facts)
        )
        syndicated = outlets.take(pa.array(self._outlets(source), mask=~is_copy | (bits(keys, 24, 10) >= 3)))
        return {
            "id": self._ids(rows),
            "url": pc.binary_join_element_wise("https://", url_key, ""),
            "url_key": url_key,
            "title": titles,
            "dateline": pa.array(PLACES).take(pa.array(place, mask=bits(keys, 32, 10) >= 7)),
            "byline": pa.nulls(n, pa.string()),
            "publisher": outlets.take(pa.array(outlet, mask=bits(keys, 40, 10) >= 3)),
            "outlet": outlets.take(outlet),
            "network": pa.nulls(n, pa.string()),
            "syndicated_from": syndicated,
            "published_at": pa.array((when + late).astype(np.int64)).cast(pa.timestamp("us", "UTC")),
            "zone": pa.repeat("WIB", n),
            "section": pa.nulls(n, pa.string()),
            "tags": pa.ListArray.from_arrays(np.zeros(n + 1, np.int32), pa.array([], pa.string())),
            "language": pa.repeat("ind", n),
            "n_chrome": pa.nulls(n, pa.int32()),
        }

    def _table(self, about: dict[str, pa.Array], bodies: Texts) -> pa.Table:
        """The table `documents`."""
        body = strings(self.tokens, bodies)
        ends = np.frombuffer(body.buffers()[1], np.int32, len(body) + 1).tolist()
        data, sha256 = memoryview(body.buffers()[2]), hashlib.sha256
        digests = [sha256(data[a:b]).hexdigest() for a, b in itertools.pairwise(ends)]
        n_words = np.add.reduceat(self.n_words[bodies.tokens], bodies.offsets[:-1])
        columns = {**about, "body": body, "n_words": n_words, "text_sha256": pa.array(digests)}
        return schema.conform("documents", pa.table(columns))

    # -- chrome -------------------------------------------------------------------------------------

    def _soiled(self, bodies: Texts, rows: Rows, pieces: Chrome) -> Texts:
        """The texts with the chrome of their outlets: some on lines of its own, some glued into the text.

        The outlet is that of the page: an update has the chrome of the page on which it stands. Nothing is put before a
        sentence that begins with a bracketed day, *(6/3)*: the words of a text are drawn, so here some sentences do
        (3 of 1,000), but none in 4,000 real articles, and no rule can tell such a bracket from the end of a headline.
        """
        tokens, offsets = bodies
        start, end = offsets[:-1], offsets[1:]
        size = end - start
        outlet, keys = self._outlets(self._page(rows)), hashed(self.seed, 24, rows)
        turn = outlet * ROTATIONS + bits(keys, 8, ROTATIONS)
        form = tokens % FORMS
        bracketed = np.append(self.brackets[tokens], False)
        paragraphs, sentences = (
            ends[~bracketed[ends]]
            for ends in (
                np.flatnonzero(form == PARAGRAPH) + 1,
                np.flatnonzero((form == STOP) | (form == PARAGRAPH)) + 1,
            )
        )
        tag = [tokens[start + size * i // 5] // FORMS * FORMS for i in (1, 2, 4)]
        inside = [
            (_next(paragraphs, start + size // 2, end), pieces.block + turn),
            (_next(sentences, start + size // 4, end), pieces.inline + turn),
            (_next(sentences, start + size * 3 // 4, end), pieces.glued + outlet),
        ]
        around = [(start, pieces.header + outlet), (start, pieces.dateline + outlet), (end, pieces.promo + outlet)]
        around += [(end, pieces.tags + outlet), *((end, word) for word in tag), (end, pieces.footer + outlet)]
        text = np.tile(np.arange(len(rows)), len(inside) + len(around))
        at, piece = (np.concatenate([part[i] for part in (*inside, *around)]) for i in range(2))
        # a short text has no place for some; a text's end is the next one's start, so order by text first
        fits = at >= 0
        text, at, piece = text[fits], at[fits], piece[fits]
        order = np.lexsort((at, text))
        soiled = np.insert(tokens, at[order], piece[order])
        return Texts(soiled, offsets + np.concatenate([[0], np.cumsum(np.bincount(text, minlength=len(rows)))]))


def strings(tokens: pa.Array, texts: Texts) -> pa.Array:
    """The texts as an Arrow column: the tokens laid end to end, cut at the texts' ends."""
    laid = tokens.take(pa.array(texts.tokens))
    ends = np.frombuffer(laid.buffers()[1], np.int32, len(laid) + 1)[texts.offsets]
    return pa.StringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), laid.buffers()[2])


def _next(places: Rows, wanted: Rows, end: Rows) -> Rows:
    """The first of the places from the wanted one on, before the end; -1 where there is none."""
    found = np.append(places, np.iinfo(np.int64).max)[np.searchsorted(places, wanted)]
    return np.where(found < end, found, -1)


# -- files ----------------------------------------------------------------------------------------

_rooms: dict[tuple[int, int, bool], Newsroom] = {}


def _write_part(job: tuple[Path, int, int, bool, int]) -> int:
    """Write one part of the corpus; returns its documents."""
    folder, count, seed, with_chrome, part = job
    key = (count, seed, with_chrome)
    if key not in _rooms:
        _rooms[key] = Newsroom(count, seed, with_chrome=with_chrome)
    name, first = f"part-{part:05d}.parquet", part * PART_ROWS
    with contextlib.ExitStack() as files:
        documents = files.enter_context(_writer(folder / "documents" / name))
        dirty = files.enter_context(_writer(folder / "dirty" / name)) if with_chrome else None
        for batch in _rooms[key].batches(first, first + PART_ROWS):
            documents.write_table(batch.documents)
            if dirty is not None:
                dirty.write_table(batch.dirty)
    return min(count - first, PART_ROWS)


def _writer(path: Path) -> pq.ParquetWriter:
    settings = {"compression": "zstd", "compression_level": 1, "use_dictionary": _ENCODED}
    return pq.ParquetWriter(path, schema.arrow_schema("documents"), **settings)


def write(folder: Path, count: int, seed: int, *, with_chrome: bool = False, processes: int = 1) -> dict[str, int]:
    """Write a corpus; returns the documents of each relation."""
    for name in ("documents", "dirty") if with_chrome else ("documents",):
        (folder / name).mkdir(parents=True)
    jobs = [(folder, count, seed, with_chrome, part) for part in range(-(-count // PART_ROWS))]
    if processes == 1:
        for job in jobs:
            _write_part(job)
    else:
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            for _ in pool.imap_unordered(_write_part, jobs):
                pass
    _rooms.clear()
    room = Newsroom(count, seed)
    tables = (room.truth(first, first + PART_ROWS) for first in range(0, count, PART_ROWS))
    head = room.truth(0, 0)
    with pq.ParquetWriter(folder / "truth.parquet", head.schema, compression="zstd") as file:
        for table in tables:
            file.write_table(table)
    found = np.bincount(room.plan.relation, minlength=len(RELATIONS)).tolist()
    return dict(zip(RELATIONS, found, strict=True))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="OUT_DIR")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--chrome", action="store_true", help="write the documents with site chrome, too")
    parser.add_argument("--processes", type=int, default=1)
    arguments = parser.parse_args()
    if (arguments.folder / "documents").exists():
        sys.exit(f"{arguments.folder} already holds a corpus")
    started = time.perf_counter()
    found = write(
        arguments.folder, arguments.count, arguments.seed, with_chrome=arguments.chrome, processes=arguments.processes
    )
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    peak = max(one.ru_maxrss for one in usage)
    seconds = sum(one.ru_utime + one.ru_stime for one in usage)
    print(", ".join(f"{name} {number:,}" for name, number in found.items()))
    print(
        f"{arguments.count:,} documents in {time.perf_counter() - started:.1f} s, {seconds:.1f} CPU-seconds "
        f"({arguments.count / seconds:,.0f} a CPU-second), peak {peak >> 10} MB a process"
    )


if __name__ == "__main__":
    main()
