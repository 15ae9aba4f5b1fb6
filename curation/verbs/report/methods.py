"""The method in a paragraph, English and Indonesian, with the parameters and counts of this corpus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from curation import __version__
from curation.dedup.shingle import PERMUTATIONS
from curation.report.words import FUNNEL

if TYPE_CHECKING:
    from curation.config import Config
    from curation.verbs.report.story import Row, Story

Say = Callable[[str, str], str]


def methods(story: Story, settings: Config) -> dict[str, str]:
    """The paragraph by language (en, id), as Markdown."""
    return {language: _paragraph(story, settings, language) for language in ("en", "id")}


def _paragraph(story: Story, settings: Config, language: str) -> str:
    def say(english: str, indonesian: str) -> str:
        return english if language == "en" else indonesian

    parts = [
        *_collected(story, settings, say, language),
        *_judged(story, settings, say, language),
        *_compared(story, settings, say, language),
        *_selected(story, say, language),
        *_labelled(story, say, language),
        *_published(story, say, language),
    ]
    return f"# {say('Method', 'Metode')}\n\n" + " ".join(parts) + "\n"


def count(number: float, language: str) -> str:
    """A number as the language writes it.

    >>> count(1234, "en"), count(1234, "id"), count(0.65, "id")
    ('1,234', '1.234', '0,65')
    """
    text = f"{number:,}" if isinstance(number, int) or number == int(number) else f"{number:.3g}"
    text = text.removesuffix(".0")
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def _collected(story: Story, settings: Config, say: Say, language: str) -> list[str]:
    n = {name: count(number, language) for name, number in story.counts.items()}
    batches = count(
        sum(row["state"] == "accepted" for row in story.batches)
        if story.n_batches == len(story.batches)
        else story.n_batches,
        language,
    )
    outlets = count(story.n_outlets, language)
    rules = sum(bool(row["edits"]) for row in story.rules)
    parts = [
        say(
            f"We collected {n['inputs']} inputs in {batches} batches from {outlets} outlets; "
            f"{n['rejected']} were no articles or repeated one, which left {n['articles']} articles.",
            f"Kami mengumpulkan {n['inputs']} masukan dalam {batches} batch dari {outlets} media; "
            f"{n['rejected']} di antaranya bukan artikel atau berulang, sehingga tersisa {n['articles']} artikel.",
        ),
        say(
            f"Boilerplate was removed with curation {__version__}: {rules} rules made edits, each recorded with its "
            "place.",
            f"Sisipan dibuang dengan curation {__version__}: {rules} aturan membuat suntingan, masing-masing tercatat "
            "tempatnya.",
        ),
    ]
    if story.chrome["lines"]:
        lines, sites = (count(story.chrome[name], language) for name in ("lines", "sites"))
        parts.append(
            say(
                f"Lines that a site repeats were learned from the corpus ({lines} lines of {sites} sites).",
                f"Baris yang diulang suatu situs dipelajari dari korpus ({lines} baris dari {sites} situs).",
            )
        )
    if settings.rules.disable:
        off = ", ".join(settings.rules.disable)
        parts.append(say(f"Rules switched off: {off}.", f"Aturan yang dimatikan: {off}."))
    return parts


def _judged(story: Story, settings: Config, say: Say, language: str) -> list[str]:
    limits = ", ".join(filter(None, (_limit(row, language) for row in story.measures)))
    failed, profile = count(story.counts["failed checks"], language), settings.quality.profile
    parts = [
        say(
            f"Articles were judged by the limits of the profile {profile} ({limits}); {failed} failed.",
            f"Artikel dinilai dengan batas dari profil {profile} ({limits}); {failed} tidak lolos.",
        )
    ]
    scope = settings.scope
    kept = [f"{name} {value}" for name, value in (("≥", scope.since), ("≤", scope.until)) if value]
    kept += [", ".join(scope.outlets)] if scope.outlets else []
    kept += [", ".join(scope.terms)] if scope.terms else []
    if kept:
        out = count(story.counts["out of scope"], language)
        parts.append(
            say(
                f"The scope ({'; '.join(kept)}) left out {out}.",
                f"Cakupan ({'; '.join(kept)}) menyisihkan {out}.",
            )
        )
    return parts


def _limit(row: Row, language: str) -> str:
    bounds = [
        f"{sign} {count(row[end], language)}" for sign, end in (("≥", "min"), ("≤", "max")) if row[end] is not None
    ]
    return f"{row['measure']} {' '.join(bounds)}"


def _compared(story: Story, settings: Config, say: Say, language: str) -> list[str]:
    d = settings.dedup
    jaccard, containment = count(d.jaccard, language), count(d.containment, language)
    clusters, documents = (count(story.clusters[name], language) for name in ("clusters", "documents"))
    return [
        say(
            f"Near-duplicates were looked for with MinHash on five-word shingles ({PERMUTATIONS} permutations, "
            f"{d.bands} bands of {d.rows} rows) and every candidate pair was verified exactly: a Jaccard similarity "
            f"of at least {jaccard} or a containment of at least {containment}, less pairs that exchange numbers and "
            f"names. {documents} articles are in {clusters} clusters of copies or versions, of which one each is kept: "
            "the original before copies, the complete and clean before others, the earliest of equals.",
            f"Salinan dicari dengan MinHash atas rangkaian lima kata ({PERMUTATIONS} permutasi, {d.bands} pita berisi "
            f"{d.rows} baris), dan setiap calon pasangan diuji secara eksak: kemiripan Jaccard sedikitnya {jaccard} "
            f"atau keterkandungan sedikitnya {containment}, kecuali pasangan yang menukar angka dan nama. {documents} "
            f"artikel berada dalam {clusters} kelompok salinan atau versi; satu dari tiap kelompok dipertahankan: yang "
            "asli lebih dulu daripada salinan, yang lengkap dan bersih lebih dulu daripada yang lain, lalu yang paling "
            "awal.",
        )
    ]


def _selected(story: Story, say: Say, language: str) -> list[str]:
    left = ((name, story.counts.get(name, 0)) for name in ("dropped by decision", "withdrawn"))
    told = ", ".join(f"{count(n, language)} {say(name, FUNNEL[name])}" for name, n in left if n)
    more = f" ({told})" if told else ""
    selected, words = count(story.counts["selected"], language), count(story.words, language)
    period = ""
    if story.period:
        first, last = story.period
        period = say(f", published {first} to {last}", f", terbit {first} sampai {last}")
    return [
        say(
            f"The corpus holds {selected} articles with {words} words{period}{more}.",
            f"Korpus ini memuat {selected} artikel dengan {words} kata{period}{more}.",
        )
    ]


def _labelled(story: Story, say: Say, language: str) -> list[str]:
    parts = []
    for campaign in story.campaigns:
        rows = [row for row in campaign["agreement"] if row["scope"] == "all" and row["value"] is not None]
        told = [row for row in rows if row["coefficient"].startswith("krippendorff")]
        if not told:
            continue
        people = count(max(row["n_annotators"] for row in told), language)
        tasks = count(campaign["tasks"], language)
        values = "; ".join(f"{row['question']}: α = {_value(row, language)}" for row in told)
        parts.append(
            say(
                f"In the campaign {campaign['name']}, {people} annotators answered about {tasks} tasks; Krippendorff's "
                f"alpha with its 95 % bootstrap interval is {values}.",
                f"Dalam kampanye {campaign['name']}, {people} anotator menjawab {tasks} tugas; alfa Krippendorff "
                f"beserta selang bootstrap 95 % adalah {values}.",
            )
        )
    return parts


def _value(row: Row, language: str) -> str:
    ends = [f"{row[end]:.2f}" for end in ("value", "low", "high") if row[end] is not None]
    value, *interval = (end if language == "en" else end.replace(".", ",") for end in ends)
    return f"{value} [{'; '.join(interval)}]" if interval else value


def _published(story: Story, say: Say, language: str) -> list[str]:
    latest = story.releases["latest"]
    if latest is None:
        return []
    splits = ", ".join(f"{row['split']} {count(row['documents'], language)}" for row in latest["splits"])
    content = latest["digests"].get("content", "")
    parts = [
        say(
            f"Version {latest['version']} (content {content}) is split into {splits}, with near-duplicates in one "
            f"split (by {latest['by']}).",
            f"Versi {latest['version']} (isi {content}) dibagi menjadi {splits}, dengan salinan selalu dalam satu "
            f"bagian (menurut {latest['by']}).",
        )
    ]
    largest = (latest["certificate"] or {}).get("largest_containment")
    if largest is not None:
        share = count(largest, language)
        parts.append(
            say(
                f"No text holds more than {share} of the shingles of a text of another split.",
                f"Tidak ada teks yang memuat lebih dari {share} rangkaian kata teks di bagian lain.",
            )
        )
    return parts
