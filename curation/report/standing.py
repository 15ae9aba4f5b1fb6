"""Where a workspace stands, and what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curation import store
from curation.report.funnel import funnel_of, funnel_text
from curation.workspace.decisions import read_decisions

if TYPE_CHECKING:
    from pathlib import Path

    from curation.workspace import Batch, Workspace

#: the stages by what they look at, in the order in which they run
BATCH_STAGES = ("ingest", "clean", "judge", "sign", "match")
CORPUS_STAGES = ("dedup", "select")
CAMPAIGN_TABLES = ("tasks", "annotations", "labels")


def standing(workspace: Workspace) -> dict[str, Any]:
    """Batches, stages, funnel, decisions, campaigns and releases of a workspace, and the next command.

    Only folders, manifests and narrow columns are read. Whether a stage is stale, ``curation run`` finds out.
    """
    found: dict[str, Any] = {
        "workspace": str(workspace.root.resolve()),
        "batches": batch_rows(workspace),
        "stages": _stages(workspace),
        "funnel": dict(funnel_of(workspace)),
        "decisions": len(read_decisions(workspace.root / "decisions.csv")),
        "campaigns": _campaigns(workspace),
        "releases": _releases(workspace),
    }
    found["next"] = _next(found)
    return found


def standing_text(found: dict[str, Any]) -> str:
    """What :func:`standing` found, for a terminal."""
    blocks = [f"{found['workspace']}"]
    if found["batches"]:
        blocks.append(_table("Batches", [_batch_line(batch) for batch in found["batches"]]))
        blocks.append(_table("Stages", [_stage_line(stage) for stage in found["stages"]]))
        blocks.append("Funnel\n" + _indented(funnel_text(found["funnel"].items())))
    rest = [("decisions", f"{found['decisions']:,}")] if found["decisions"] else []
    rest += [("campaign", _campaign_line(campaign)) for campaign in found["campaigns"]]
    rest += [("release", release) for release in found["releases"]]
    if rest:
        blocks.append("\n".join(f"{name:<10} {text}" for name, text in rest))
    blocks.append(f"Next: {found['next']}")
    return "\n\n".join(blocks)


def without_state(workspace: Workspace) -> str:
    """What to say before a run that begins a new corpus although labels or releases of an earlier one are there."""
    if workspace.batches():
        return ""
    made = [f"campaigns/{row['campaign']}" for row in _campaigns(workspace) if row["tasks"]]
    made += [f"releases/{release.replace(' ', '/')}" for release in _releases(workspace)]
    if not made:
        return ""
    more = f" and {len(made) - 1} more" if made[1:] else ""
    return (
        f"there is no state/ of the corpus that {made[0]}{more} came from: this run begins a new one, in which nothing "
        "is frozen and all clusters get new names.\n"
        "  If state/ was lost, delete the one that this run makes, and bring back the last copy of the old one."
    )


def batch_rows(workspace: Workspace) -> list[dict[str, Any]]:
    """Every batch with its state and its size, in the order of arrival."""
    return [_batch(workspace, batch) for batch in workspace.batches()]


def quarantine_remedy(name: str, read: bool) -> str:
    """What to type for a batch in quarantine; of one that could not be read nothing can be accepted.

    >>> quarantine_remedy("malam-7", read=False)
    "mend it and run it again, or: curation batch drop malam-7 --why '...'"
    """
    first = f"curation batch accept {name} --why '...'" if read else "mend it and run it again"
    return f"{first}, or: curation batch drop {name} --why '...'"


def _batch(workspace: Workspace, batch: Batch) -> dict[str, Any]:
    stage = workspace.batch_stage(batch.name, "ingest")
    rows = (stage.manifest() or {}).get("rows", {})
    return {
        "batch": batch.name,
        "state": batch.state,
        "reason": batch.reason,
        "read": workspace.was_read(batch),
        "articles": rows.get("articles", 0),
        "rejected": rows.get("rejected", 0),
    }


def _stages(workspace: Workspace) -> list[dict[str, Any]]:
    accepted = workspace.accepted()
    found = []
    for name in BATCH_STAGES:
        made = sum(workspace.batch_stage(batch, name).manifest() is not None for batch in accepted)
        found.append({"stage": name, "made": made, "of": len(accepted)})
    corpus = ((name, workspace.corpus_stage(name).manifest() is not None) for name in CORPUS_STAGES)
    return found + [{"stage": name, "made": int(made), "of": 1} for name, made in corpus]


def _campaigns(workspace: Workspace) -> list[dict[str, Any]]:
    folders = sorted(path for path in (workspace.root / "campaigns").glob("*") if path.is_dir())
    return [
        {
            "campaign": folder.name,
            **{table: _rows(folder / f"{table}.parquet") for table in CAMPAIGN_TABLES},
        }
        for folder in folders
    ]


def _rows(file: Path) -> int:
    return store.count_rows(file) if file.is_file() else 0


def _releases(workspace: Workspace) -> list[str]:
    """Every published version, as NAME VERSION; staging folders and the link `latest` aside."""
    from curation.release.versions import published

    homes = sorted(path for path in workspace.releases.glob("*") if path.is_dir())
    return [f"{home.name} {version}" for home in homes for version in published(home)]


def _next(found: dict[str, Any]) -> str:
    if not found["batches"]:
        return "curation run (after setting [input] paths in curation.toml)"
    if any(stage["made"] < stage["of"] for stage in found["stages"]) or found["funnel"]["not selected yet"]:
        return "curation run"
    for batch in found["batches"]:
        if batch["state"] == "quarantined":
            return quarantine_remedy(batch["batch"], batch["read"])
    if not found["campaigns"]:
        return "curation report, then curation label export CAMPAIGN"
    for campaign in found["campaigns"]:
        if not campaign["tasks"]:
            return f"curation label export {campaign['campaign']}"
        if not campaign["annotations"]:
            return f"curation label pull {campaign['campaign']} --file EXPORT.json"
    return "curation publish" if not found["releases"] else "curation run --input PATH, when the next batch has come"


def _batch_line(batch: dict[str, Any]) -> tuple[str, ...]:
    rows = f"{batch['articles']:,} articles, {batch['rejected']:,} rejected"
    return (batch["state"], batch["batch"], rows, batch["reason"])


def _stage_line(stage: dict[str, Any]) -> tuple[str, ...]:
    complete = stage["made"] == stage["of"]
    state = "made" if complete else "missing" if not stage["made"] else "incomplete"
    return (state, stage["stage"], f"{stage['made']} of {stage['of']} batches" if stage["of"] > 1 else "")


def _campaign_line(campaign: dict[str, Any]) -> str:
    counts = ", ".join(f"{campaign[table]:,} {table}" for table in CAMPAIGN_TABLES)
    return f"{campaign['campaign']}: {counts}"


def _table(title: str, rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return f"{title}\n" + _indented("\n".join(lines))


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
