"""Do the rules know sites, or kinds of text? Two studies over real articles, site by site.

    python benchmarks/generalise.py ARTICLES.jsonl.gz

Renamed: an outlet's articles are cleaned twice, as they are and with every mention of the house, its host and its
record replaced by an invented one that no rule and no record knows. What a rule removes only under the true name,
it knows by heart.

Left out: what is removed from an outlet's articles, by whether the rule that did it also fires in articles of
other outlets. A rule that fires for one outlet alone could not have been written from the others.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from curation.boilerplate import RULES
from curation.boilerplate.cleaner import Cleaned, clean_texts
from curation.rule import Context
from curation.sites import shipped_sites

#: the house that takes the place of each
STAND_IN = "kabarlazuardi"
#: an outlet with fewer articles says little
FEWEST = 15
#: names that are words, when written small
COMMON = frozenset({"antara", "detik", "kompas", "merdeka", "suara", "tempo"})
#: what a house puts behind its name: a kind, a place (*detikBali*, *TRIBUNJABAR*, *tribunjabar.id*)
_ENDING = r"(?:news|com|tv|(?-i:[A-Z][a-z]+|[A-Z]+(?![a-z])|[a-z]+(?=\.(?:com|co|id)\b)))?"


def main() -> None:
    """Print both studies as one table."""
    with gzip.open(Path(sys.argv[1]), "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    sites = shipped_sites()
    by_outlet: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if not _host(row):
            continue
        site = sites.find(_host(row))
        by_outlet[site.outlet if site else _host(row)].append(row)
    made = {outlet: _cleaned(some, known=True) for outlet, some in by_outlet.items()}
    fires = {outlet: _removed(cleaned) for outlet, cleaned in made.items()}
    print(f"{'outlet':<24}{'articles':>9}{'removed':>10}{'renamed':>9}{'left out':>9}   lost most under another name")
    total, kept, shared = 0, 0, 0
    for outlet, some in sorted(by_outlet.items(), key=lambda item: -len(item[1])):
        own = fires[outlet]
        elsewhere = {rule for other, rules in fires.items() if other != outlet for rule in rules}
        renamed = _removed(_cleaned([_renamed(row, outlet) for row in some], known=False))
        lost = Counter({rule: own[rule] - renamed[rule] for rule in own if own[rule] > renamed[rule]})
        n, still = sum(own.values()), sum(min(own[rule], renamed[rule]) for rule in own)
        others = sum(count for rule, count in own.items() if rule in elsewhere)
        total, kept, shared = total + n, kept + still, shared + others
        if len(some) >= FEWEST and n:
            most = ", ".join(f"{rule} {count}" for rule, count in lost.most_common(3))
            print(f"{outlet:<24}{len(some):>9}{n:>10}{still / n:>9.3f}{others / n:>9.3f}   {most}")
    print(f"{'all':<24}{len(rows):>9}{total:>10}{kept / total:>9.3f}{shared / total:>9.3f}")


def _host(row: dict[str, str]) -> str:
    return (urlsplit(row["url"] or "").hostname or "").removeprefix("www.")


def _title(row: dict[str, str]) -> str | None:
    return " ".join(row["title"].split()) or None if row["title"] else None


def _cleaned(rows: Sequence[dict[str, str]], known: bool) -> Cleaned:
    sites = shipped_sites()
    titles = [_title(row) for row in rows]
    context = Context(
        titles=titles,
        sites=[sites.find(_host(row)) if known else None for row in rows],
        owners=[(_host(row),) for row in rows],
        seen_titles=frozenset(title for title in titles if title and len(title) >= 20),
    )
    return clean_texts([row["text"] or "" for row in rows], context, RULES)


def _removed(cleaned: Cleaned) -> Counter[str]:
    """Changes by rule that took away letters; blank space and joints are no sign of knowledge."""
    found: Counter[str] = Counter()
    for raw, changes in zip(cleaned.raws, cleaned.ledgers, strict=True):
        for change in changes:
            if any(map(str.isalnum, raw[change.start : change.end])):
                found[change.rule] += 1
    return found


def _domain(host: str) -> str:
    """The name that was registered: *tempo* of ``bisnis.tempo.co``, *viva* of ``lampung.viva.co.id``."""
    return next((part for part in reversed(host.split(".")) if len(part) > 3), host)


def _renamed(row: dict[str, str], outlet: str) -> dict[str, str]:
    """An article with the house's names and host replaced, with the endings of its branches: TribunJabar.id, detikNews.

    What is merely glued to a name stays (*Republikasumber*), and so do words that happen to be one (*detik-detik*).
    """
    stems = {name.removesuffix("news") for name in (_domain(_host(row)), outlet.partition(".")[0].lower())} - {""}
    names = "|".join(map(re.escape, sorted(stems, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)(?<!detik-)(?P<name>{names})(?!-detik){_ENDING}", re.IGNORECASE)

    def stand_in(found: re.Match[str]) -> str:
        if found[0] in COMMON:
            return found[0]
        if found[0].isupper():
            return STAND_IN.upper()
        return STAND_IN.title() if found[0][0].isupper() else STAND_IN

    return {key: pattern.sub(stand_in, row[key] or "") for key in ("url", "title", "text")}


if __name__ == "__main__":
    main()
