"""``curation.toml``: every setting and its default.

All mistakes of a file are reported at once. A value set on the command line with ``--set key=value`` wins
over the file, the file over the profile that ``[quality] profile`` names, the profile over the defaults here.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from curation import schema
from curation.toml import Mistake, Mistakes, Place, Problems, Section, check, read, split_key


class Input(Section, frozen=True):
    """What to read. Each path, file or folder, is a batch."""

    paths: tuple[str, ...] = ()
    #: our column name → the input's, where the usual names don't fit: {text = "isi_lengkap"}
    columns: dict[str, str] = {}  # noqa: RUF012 (a struct copies it)


class Rules(Section, frozen=True):
    """Which cleaning rules to leave out, here for all sites (a site's TOML has the same key)."""

    disable: tuple[str, ...] = ()


class Chrome(Section, frozen=True):
    """Which version of the learned chrome table ``clean`` uses; 0 is the empty one."""

    version: int = 0
    #: learned lines that shall stay in the texts all the same, as printed
    keep: tuple[str, ...] = ()


class Limit(Section, frozen=True):
    """A measure's accepted range, both ends included."""

    min: float | None = None
    max: float | None = None


class Quality(Section, frozen=True):
    """The profile with the limits, and limits of one's own by measure: ``[quality.word_count] min = 80``."""

    profile: str = "indonesian-news"
    limits: dict[str, Limit] = {}  # noqa: RUF012


class Scope(Section, frozen=True):
    """What the corpus is about; documents outside are measured but not selected."""

    #: first and last day, as clocks in Jakarta show it; what has no date is not outside
    since: dt.date | None = None
    until: dt.date | None = None
    outlets: tuple[str, ...] = ()
    #: at least one must occur in title or body; letter case and word ends count as equal
    terms: tuple[str, ...] = ()


class Dedup(Section, frozen=True):
    """When two documents are copies. J and C are exact, on five-word shingles of cleaned bodies."""

    jaccard: float = 0.7
    #: share of the shorter text that the other holds. 0.65: at 0.8 a quarter of the reworded copies that a reader
    #: paired are missed; what is no copy above 0.65 is told by its facts (template) or its shape (overlap)
    containment: float = 0.65
    bands: int = 25
    rows: int = 5
    #: what computes signatures and compares texts; the results are the same
    backend: str = "numba"


class Sample(Section, frozen=True):
    """How articles are drawn for labelling."""

    #: what strata are made of; a sample has its share of each
    by: tuple[Literal["outlet", "month", "section"], ...] = ("outlet",)
    #: articles of each stratum at least
    least: Annotated[int, msgspec.Meta(ge=1)] = 1
    #: articles of a value, whatever its share: {"outlet:Detak" = 50}
    quota: dict[str, Annotated[int, msgspec.Meta(ge=1)]] = {}  # noqa: RUF012


class Checks(Section, frozen=True):
    """When a batch is quarantined, and what a release must have shown."""

    #: largest share of rejected inputs of a batch, repeats aside
    max_rejected: float = 0.05
    #: publishing needs an audit (`curation label export --audit`) that found at least this share rightly dropped,
    #: rightly merged: the lower end of the 95 % interval counts
    audit_dropped: float | None = None
    audit_merged: float | None = None


class Label(Section, frozen=True):
    """How answers become labels."""

    #: dawid_skene weighs votes by how each annotator errs; it needs three annotators or more
    method: Literal["majority", "dawid_skene"] = "majority"


class Splits(Section, frozen=True):
    """Train, validation and test. Near-duplicates are always in one of them."""

    #: what else lies together: nothing (clusters, by time), events (texts that share passages, by time), or all of an
    #: outlet or of a target, by lot
    by: Literal["cluster", "event", "outlet", "target"] = "cluster"
    #: shares of the units, the newest for the test
    validation: Annotated[float, msgspec.Meta(ge=0, le=0.5)] = 0.1
    test: Annotated[float, msgspec.Meta(ge=0, le=0.5)] = 0.1
    #: first days instead of shares; the first version fixes them for all later ones
    validation_from: dt.date | None = None
    test_from: dt.date | None = None


class Release(Section, frozen=True):
    """What is published."""

    #: of the corpus
    name: str = "corpus"
    #: kinds of personal data whose letters and digits are published as dots
    mask: tuple[Literal["email", "phone", "nik", "npwp", "bank_account", "plate"], ...] = ()
    #: whether the public flavour tells addresses, or keyed hashes of them
    urls: Literal["plain", "keyed"] = "plain"


class Engine(Section, frozen=True):
    """What runs the stages: this machine, or a Ray cluster (`curation[ray]`)."""

    #: local or ray
    name: str = "local"
    #: processes at work at a time; 0: one for each core, of this machine or of the cluster
    workers: int = 0
    #: limit of a shuffle or sort on this machine
    memory: str = "1GB"
    #: of the cluster, host:port; empty: that of RAY_ADDRESS, or else Ray is started on this machine
    address: str = ""
    #: where the cluster's tasks leave what others take up: a folder that all nodes see, or a URL like s3://bucket/path;
    #: empty: in the workspace
    exchange: str = ""


class Config(Section, frozen=True):
    """All settings of a workspace."""

    input: Input = Input()
    rules: Rules = Rules()
    chrome: Chrome = Chrome()
    quality: Quality = Quality()
    scope: Scope = Scope()
    dedup: Dedup = Dedup()
    sample: Sample = Sample()
    checks: Checks = Checks()
    label: Label = Label()
    splits: Splits = Splits()
    release: Release = Release()
    engine: Engine = Engine()


class Site(Section, frozen=True):
    """One site or family of hosts, from a TOML of ``curation/sites/`` or of the workspace's ``sites/``."""

    #: the outlet's name as people write it
    outlet: str
    network: str | None = None
    #: hosts without www and m.; a leading dot means the host and all below it
    hosts: tuple[str, ...] = ()
    #: rules that do harm on this site
    disable: tuple[str, ...] = ()
    #: names under which the house prints itself before the lead: SINDONEWS.COM, MALANG TERKINI
    datelines: tuple[str, ...] = ()
    #: CSS selectors for HTML: what holds the article, and what to drop inside it
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


def load(path: Path | None = None, overrides: tuple[str, ...] = (), mistakes: Mistakes | None = None) -> Config:
    """The settings of a file (None: the shipped defaults) with ``key=value`` overrides.

    Args:
        path: the file.
        overrides: they win over the file.
        mistakes: finds in the parsed file what types alone don't show; reported together with the rest.

    Raises:
        UsageError: the file can't be read.
        ConfigError: one line for each mistake, with file, line and a suggestion.
    """
    data, problems = read(path) if path else ({}, Problems("--set"))
    where = dict(problems.where)
    problems.where = where
    for override in overrides:
        _override(data, where, override, problems)
    _check(data, problems)
    for mistake in mistakes(data) if mistakes else ():
        problems.report(*mistake)
    problems.refuse()
    limits, quality = _limits_and_rest(data.get("quality", {}))
    return _with_profile(msgspec.convert({**data, "quality": {**quality, "limits": limits}}, Config))


def profile_names() -> list[str]:
    """The shipped quality profiles."""
    return sorted(path.stem for path in _PROFILES.glob("*.toml"))


_PROFILES = Path(__file__).parent / "quality" / "profiles"


def _with_profile(config: Config) -> Config:
    """The limits of the profile, under those of the file."""
    file = _PROFILES / f"{config.quality.profile}.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8")).get("quality", {})
    limits = {name: msgspec.convert(limit, Limit) for name, limit in table.items()}
    for name, limit in config.quality.limits.items():
        shipped = limits.get(name, Limit())
        limits[name] = Limit(
            min=shipped.min if limit.min is None else limit.min,
            max=shipped.max if limit.max is None else limit.max,
        )
    quality = Quality(profile=config.quality.profile, limits=dict(sorted(limits.items())))
    return msgspec.structs.replace(config, quality=quality)


def _override(data: dict[str, Any], where: dict[Place, str], override: str, problems: Problems) -> None:
    key, equals, text = override.partition("=")
    if not equals:
        problems.found.append(f"--set {override}: write it as key=value, for example quality.word_count.min=80")
        return
    try:
        value = tomllib.loads(f"x = {text}")["x"]
    except tomllib.TOMLDecodeError:
        value = text
    path = split_key(key)
    table = data
    for i, part in enumerate(path[:-1]):
        where[path[: i + 1]] = f"--set {key}"
        inner = table.setdefault(part, {})
        if not isinstance(inner, dict):
            problems.found.append(f"--set {key}: '{part}' is a value, not a table")
            return
        table = inner
    table[path[-1]] = value
    where[path] = f"--set {key}"


def _limits_and_rest(quality: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """``[quality.word_count]`` is written without the word "limits"."""
    limits = {name: value for name, value in quality.items() if isinstance(value, dict)}
    return limits, {name: value for name, value in quality.items() if name not in limits}


# -- checking -------------------------------------------------------------------------------------

_CHOICES: dict[Place, Callable[[], list[str]]] = {
    ("quality", "profile"): profile_names,
    ("dedup", "backend"): lambda: ["numba", "datasketch"],
    ("engine", "name"): lambda: ["local", "ray"],
}
_SHARES: tuple[Place, ...] = (
    ("dedup", "jaccard"),
    ("dedup", "containment"),
    ("checks", "max_rejected"),
    ("checks", "audit_dropped"),
    ("checks", "audit_merged"),
)


def _check(data: dict[str, Any], problems: Problems) -> None:
    """Report what is wrong in the settings: types, then names and values."""
    quality = data.get("quality")
    limits, rest = _limits_and_rest(quality) if isinstance(quality, dict) else ({}, quality)
    check(Config, data if quality is None else {**data, "quality": rest}, problems)
    known = schema.table_schema("measures").names()[1:]
    for name, limit in limits.items():
        if name in known:
            check(Limit, limit, problems, ("quality", name))
        else:
            problems.report(("quality", name), f"unknown measure '{name}'", name, known)
    for mistake in _wrong_values(data):
        problems.report(*mistake)


def _wrong_values(data: dict[str, Any]) -> Iterator[Mistake]:
    for place, choices in _CHOICES.items():
        value = _value(data, place)
        if isinstance(value, str) and value not in choices():
            yield place, f"'{place[-1]}' can't be '{value}'", value, choices()
    for place in _SHARES:
        value = _value(data, place)
        if isinstance(value, int | float) and not 0 <= value <= 1:
            yield place, f"'{place[-1]}' must lie between 0 and 1", "", ()


def _value(data: dict[str, Any], place: Place) -> Any:
    """What stands at a place of a file; None where nothing does."""
    table, name = place
    inner = data.get(table)
    return inner.get(name) if isinstance(inner, dict) else None
