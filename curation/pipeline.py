"""Plan, run, resume: which stages are stale, and bringing them up to date.

A stage is skipped when its inputs, the settings that it reads and the code of its modules are unchanged; what stands
upstream counts by its content, so a stage that was made again with the same result makes nothing stale.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from curation import store
from curation.boilerplate import names
from curation.boilerplate.learned import chrome_table, line_key
from curation.dedup.sets import stop_shingles
from curation.engine import engine_for
from curation.errors import CurationError, InputError, UsageError
from curation.progress import Done, Progress, metered
from curation.rule import ChromeTable
from curation.sites import Sites, load_sites
from curation.stages import clean, dedup, ingest, judge, learn, select
from curation.stages.matching import match_on_cluster
from curation.workspace import Batch, Workspace
from curation.workspace.decisions import named, read_decisions, told_apart, without_document
from curation.workspace.frozen import frozen_folder, frozen_ids, releases_of
from curation.workspace.inputs import input_digest
from curation.workspace.withdrawn import read_withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from curation.config import Config
    from curation.engine import Engine

#: the stages that `curation run` brings up to date, in order
STAGES = ("ingest", "clean", "judge", "dedup", "select")


@dataclass(frozen=True)
class Pipeline:
    """A workspace with its settings, ready to run."""

    workspace: Workspace
    config: Config
    force: bool = False
    limit: int | None = None
    #: whether to look at the memory, too, while a stage is at work
    timings: bool = False
    #: is told how far a stage has come
    watch: Callable[[Progress], None] = lambda _: None

    def run(self, inputs: Mapping[str, Path], until: str = STAGES[-1]) -> Iterator[Done]:
        """Bring the stages up to date, telling of each as it is done.

        A batch that can't be read, or of which too much is rejected, is quarantined and the others go on.

        Args:
            inputs: the inputs of this run by batch name; batches of earlier runs are there without their inputs.
            until: the last stage to run.

        Raises:
            UsageError: the stage is unknown, or another run holds the workspace.
        """
        if until not in STAGES:
            raise UsageError(f"unknown stage '{until}'", remedy=f"Stages: {', '.join(STAGES)}.")
        with self.workspace.lock():
            yield from metered(self._stages(inputs, until), self._engine, self.timings)

    def _stages(self, inputs: Mapping[str, Path], until: str) -> Iterator[Done]:
        wanted = STAGES[: STAGES.index(until) + 1]
        for name, path in inputs.items():
            yield self._ingest(name, path)
        for batch in self.workspace.accepted():
            if "clean" in wanted:
                yield self._clean(batch)
            if "judge" in wanted:
                yield self._judge(batch)
            if "dedup" in wanted:
                yield self._sign(batch)
        if "dedup" in wanted:
            yield from self._match()
            yield self._dedup()
        if "select" in wanted:
            yield self._select()

    # -- one batch --------------------------------------------------------------------------------

    def _ingest(self, name: str, path: Path) -> Done:
        known = {batch.name: batch for batch in self.workspace.batches()}.get(name)
        if known and known.state == "dropped":
            return Done("ingest", name, "dropped", {}, 0.0, known.reason)
        started = time.monotonic()
        stage = self.workspace.batch_stage(name, "ingest")
        key = store.digest(
            {
                "code": store.code_digest(*ingest.CODE),
                "input": input_digest(path),
                "columns": self.config.input.columns,
                "sites": self._sites_digest(),
                "limit": self.limit,
            }
        )
        if known and known.key == key and not self.force:
            if known.state == "accepted" and stage.is_current(key):
                return Done("ingest", name, "unchanged", _rows(stage), time.monotonic() - started)
            if known.state == "quarantined" and stage.is_current(key) and not self._problem(stage):
                take_in(self.workspace, known, "")  # the settings have become more lenient
                return Done("ingest", name, "made", _rows(stage), time.monotonic() - started)
            if known.state == "quarantined":
                rows = _rows(stage) if self.workspace.was_read(known) else {}
                return Done("ingest", name, "still quarantined", rows, time.monotonic() - started, known.reason)
        earlier = self.workspace.accepted()
        earlier = earlier[: earlier.index(name)] if name in earlier else earlier
        places = {batch: self.workspace.batch_stage(batch, "ingest").table("articles") for batch in earlier}
        draft = stage.begin(key)
        try:
            ingest.ingest_batch(
                path,
                name,
                draft,
                settings=self.config.input,
                sites=self._sites,
                engine=self._engine,
                seen=ingest.Seen.of(places),
                withdrawn=read_withdrawn(self.workspace.state),
                limit=self.limit,
                tell=self._tell("ingest", name, None),
            )
        except InputError as error:
            if not path.is_file() or path.stat().st_size:
                self.workspace.set_batch(Batch(name, "quarantined", str(error), key))
                return Done("ingest", name, "quarantined", {}, time.monotonic() - started, str(error))
        except UsageError:
            if not path.is_dir() or any(path.iterdir()):
                raise
        manifest = draft.commit({"input": path.name})
        accepted = bool(known and known.state == "accepted" and known.reason)  # by a person: checks don't undo that
        problem = None if accepted else self._problem(stage)
        if problem:
            self.workspace.set_batch(Batch(name, "quarantined", problem, key))
        else:
            self.workspace.set_batch(Batch(name, "accepted", known.reason if accepted and known else "", key))
        outcome = "quarantined" if problem else "made" if sum(manifest["rows"].values()) else "empty"
        return Done("ingest", name, outcome, manifest["rows"], time.monotonic() - started, problem or "")

    def _problem(self, stage: store.Stage) -> str | None:
        """Why a batch is not fit to use, if it isn't."""
        bad, total = ingest.rejected_share(stage)
        if total and bad / total > self.config.checks.max_rejected:
            return f"{bad} of {total} inputs are rejected, more than {self.config.checks.max_rejected:.0%}"
        return None

    def _clean(self, batch: str) -> Done:
        source = self.workspace.batch_stage(batch, "ingest")
        chrome = self._chrome
        key = {
            "code": store.code_digest(*clean.CODE),
            "input": source.content(),
            "disable": sorted(self.config.rules.disable),
            "chrome": [chrome.version, sorted([*line, position] for line, position in chrome.lines.items())],
            "sites": self._sites_digest(),
        }
        function = partial(clean.clean_articles, settings=self.cleaning(batch))
        return self._map("clean", batch, key, function, source.table("articles"))

    def cleaning(self, batch: str) -> clean.CleanSettings:
        """How a batch is cleaned."""
        return replace(self._rough(batch), chrome=self._chrome, frozen=frozen_folder(self.workspace, batch))

    def _rough(self, batch: str) -> clean.CleanSettings:
        """How a batch is cleaned by the rules alone."""
        source = self.workspace.batch_stage(batch, "ingest")
        return clean.CleanSettings(
            sites=self._sites,
            disable=self.config.rules.disable,
            crawl=(source.table("articles"),),
            crawl_content=source.content(),
        )

    def _judge(self, batch: str) -> Done:
        source = self.workspace.batch_stage(batch, "clean")
        key = {"code": store.code_digest(*judge.CODE), "input": source.content()}
        function = partial(judge.judge_batch, flags=judge.Flags((source.table("findings"),), source.content()))
        return self._map("judge", batch, key, function, source.table("documents"))

    def _sign(self, batch: str) -> Done:
        source = self.workspace.batch_stage(batch, "clean")
        key = dedup.sign_key(source, self._stops)
        backend = self.config.dedup.backend
        function = partial(dedup.sign_batch, stops=self._stops, backend=backend)
        return self._map("sign", batch, key, function, source.table("documents"), releases_lock=backend == "numba")

    def _match(self) -> Iterator[Done]:
        """Each batch against itself and the earlier ones."""
        settings = self.config.dedup
        signatures, documents = [], []
        # what a batch is matched with: the settings, and all batches up to it
        chain = store.digest([store.code_digest(*dedup.CODE), settings.bands, settings.rows, sorted(self._stops)])
        for batch in self.workspace.accepted():
            signed, source = self.workspace.batch_stage(batch, "sign"), self.workspace.batch_stage(batch, "clean")
            signatures.append(signed.table("signatures"))
            documents.append(source.table("documents"))
            chain = store.digest([chain, signed.content(), source.content()])

            def make(draft: store.Draft) -> None:
                scratch = self.workspace.work / "scratch"
                if self.config.engine.name == "ray":
                    overlaps = match_on_cluster(signatures, documents, settings, scratch, self._stops, self._engine)
                else:  # one machine does without the detour over files
                    overlaps = dedup.match_batch(
                        signatures, documents, settings, scratch, self._stops, self._engine.workers
                    )
                draft.write(0, {"overlaps": overlaps})

            yield self._stage(self.workspace.batch_stage(batch, "match"), "match", batch, {"with": chain}, make)

    def _map(
        self,
        name: str,
        batch: str,
        key: Mapping[str, Any],
        function: Callable[[pa.Table], Mapping[str, pa.Table]],
        source: Path,
        releases_lock: bool = False,
    ) -> Done:
        """A stage that turns each part of a batch into parts of its tables."""

        def make(draft: store.Draft) -> None:
            tell = self._tell(name, batch, store.count_rows(source))
            self._engine.map_batches(function, store.pieces([source]), draft, releases_lock=releases_lock, tell=tell)

        return self._stage(self.workspace.batch_stage(batch, name), name, batch, key, make)

    def _tell(self, stage: str, batch: str | None, total: int | None) -> Callable[[int], None]:
        progress = Progress(stage, batch, total)

        def tell(rows: int) -> None:
            progress.documents += rows
            self.watch(progress)

        return tell

    # -- the corpus -------------------------------------------------------------------------------

    def learn(self) -> pa.Table:
        """What sites and networks repeat, as the table `chrome`; asked for by a person, never part of a run."""
        batches = [
            (self.workspace.batch_stage(batch, "ingest").table("articles"), self._rough(batch))
            for batch in self.workspace.accepted()
        ]
        return learn.learn(batches, self.config.dedup, self._engine, self.workspace.work / "learn")

    def _dedup(self) -> Done:
        documents = self.workspace.tables("clean", "documents")
        apart = self._told_apart(documents)
        carried = self.workspace.state / "clusters.parquet"
        matched = [self.workspace.batch_stage(batch, "match") for batch in self.workspace.accepted()]
        key = {
            "code": store.code_digest(*dedup.CODE),
            "input": [self.workspace.batch_stage(b, "clean").content() for b in self.workspace.accepted()],
            "overlaps": [stage.content() for stage in matched],
            "settings": msgspec.to_builtins(self.config.dedup),
            "apart": sorted(apart),
        }

        def make(draft: store.Draft) -> None:
            overlaps = (stage.read("overlaps") for stage in matched)
            earlier = store.read_table(carried) if carried.exists() else None
            tables = dedup.make_clusters(overlaps, documents, apart, earlier, self.config.dedup)
            draft.write(0, tables)
            store.write_table(carried, tables["clusters"].select(["id", "cluster_id"]))

        return self._stage(self.workspace.corpus_stage("dedup"), "dedup", None, key, make)

    def _select(self) -> Done:
        documents = self.workspace.tables("clean", "documents")
        measures = self.workspace.tables("judge", "measures")
        copies = self.workspace.corpus_stage("dedup")
        decisions = read_decisions(self.workspace.root / "decisions.csv")
        frozen = frozen_ids(self.workspace)
        key = {
            "code": store.code_digest(*select.CODE, "quality", "stages/judge.py"),
            "input": [
                [self.workspace.batch_stage(batch, stage).content() for stage in ("clean", "judge")]
                for batch in self.workspace.accepted()
            ],
            "copies": copies.content(),
            "scope": msgspec.to_builtins(self.config.scope),
            "limits": msgspec.to_builtins(self.config.quality),
            "decisions": [vars(decision) for decision in decisions],
            # not what is frozen: that was selected from this very result, and is read when anything else changes
        }

        unknown: list[str] = []

        def make(draft: store.Draft) -> None:
            released = releases_of(self.workspace)
            wishes = select.Wishes(self.config.scope, decisions, frozen, released)
            verdicts = partial(judge.judged, measures, self.config.quality)
            scratch = self.workspace.work / "scratch" / "select"
            select.select_corpus(documents, verdicts, copies, wishes, self._engine, scratch, draft)
            unknown.extend(without_document(decisions, named(decisions, store.scan(documents, ["id", "url"]))))

        done = self._stage(self.workspace.corpus_stage("select"), "select", None, key, make)
        return replace(done, detail=f"decisions.csv names no document: {', '.join(unknown)}") if unknown else done

    def _stage(
        self,
        stage: store.Stage,
        name: str,
        batch: str | None,
        settings: Mapping[str, Any],
        make: Callable[[store.Draft], None],
    ) -> Done:
        started = time.monotonic()
        key = store.digest(settings)
        if stage.is_current(key) and not self.force:
            return Done(name, batch, "unchanged", _rows(stage), time.monotonic() - started)
        draft = stage.begin(key)
        make(draft)
        manifest = draft.commit()
        return Done(name, batch, "made", manifest["rows"], time.monotonic() - started)

    # -- what the stages need ---------------------------------------------------------------------

    @cached_property
    def _engine(self) -> Engine:
        return engine_for(self.config.engine, self.workspace.work / "scratch")

    @cached_property
    def _sites(self) -> Sites:
        return load_sites(self.workspace.root / "sites", names.in_site)

    def _sites_digest(self) -> str:
        return store.digest({host: msgspec.to_builtins(site) for host, site in self._sites.by_host.items()})

    @cached_property
    def _chrome(self) -> ChromeTable:
        version = self.config.chrome.version
        if not version:
            return ChromeTable()
        path = self.workspace.chrome_file(version)
        if not path.exists():
            raise UsageError(
                f"the pinned chrome table, version {version}, is missing",
                where=str(path),
                remedy="Set [chrome] version to 0, or bring the state/ folder that has it.",
            )
        return chrome_table(store.read_table(path), self.config.chrome.keep)

    @cached_property
    def _stops(self) -> frozenset[int]:
        """The shingles of learned chrome: what is left of it inside a line makes no two articles alike."""
        if not self._chrome.version:
            return frozenset()
        unwanted = {line_key(line) for line in self.config.chrome.keep}
        rows = store.read_table(self.workspace.chrome_file(self.config.chrome.version), ["line_key", "example"])
        return stop_shingles(row["example"] for row in rows.to_pylist() if row["line_key"] not in unwanted)

    def _told_apart(self, documents: list[Path]) -> set[tuple[str, str]]:
        decisions = read_decisions(self.workspace.root / "decisions.csv")
        apart = [decision for decision in decisions if decision.decision == "not_duplicate"]
        return told_apart(apart, named(apart, store.scan(documents, ["id", "url"])))


def take_in(workspace: Workspace, batch: Batch, why: str) -> None:
    """Accept a batch that was quarantined as the last to arrive, its repeats of all others set aside."""
    places = {other: workspace.batch_stage(other, "ingest").table("articles") for other in workspace.accepted()}
    ingest.set_aside_repeats(workspace.batch_stage(batch.name, "ingest"), batch.name, ingest.Seen.of(places))
    workspace.set_batch(replace(batch, state="accepted", reason=why), last=True)


def _rows(stage: store.Stage) -> Mapping[str, int]:
    manifest = stage.manifest()
    return manifest["rows"] if manifest else {}


def require(workspace: Workspace, stage: str) -> store.Stage:
    """A finished corpus stage, or an error that says what to type."""
    found = workspace.corpus_stage(stage)
    if found.manifest() is None:
        raise CurationError("nothing has been selected yet", where=str(workspace.root), remedy="Run: curation run")
    return found
