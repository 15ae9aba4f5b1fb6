"""Sites as data: one TOML a site or network, those of the workspace before ours.

A record says which hosts belong to an outlet, what network stands above it, which elements of its pages hold the
article and which rules do harm there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from curation.config import Site
from curation.errors import ConfigError
from curation.toml import load_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.toml import Mistakes


@dataclass(frozen=True)
class Sites:
    """All known sites; picklable, so that it can travel to worker processes."""

    by_host: Mapping[str, Site]

    def find(self, host: str | None) -> Site | None:
        """The record for a host: its own, or that of the nearest domain above that takes in all below it.

        >>> shipped_sites().find("bola.kompas.com").outlet
        'Kompas.com'
        >>> shipped_sites().find("kompas.com.example") is None
        True
        """
        if not host:
            return None
        if host in self.by_host:
            return self.by_host[host]
        name = host
        while name:
            if found := self.by_host.get(f".{name}"):
                return found
            name = name.partition(".")[2]
        return None


@cache
def shipped_sites() -> Sites:
    """The sites that come with curation."""
    return Sites(_read(Path(__file__).parent))


def load_sites(folder: Path | None = None, mistakes: Mistakes | None = None) -> Sites:
    """The shipped sites and those of a workspace's folder, which win where both name a host.

    Args:
        folder: the workspace's, if there is one.
        mistakes: finds in a parsed file what types alone don't show; reported together with the rest.

    Raises:
        ConfigError: one line for each mistake in a site's TOML.
    """
    shipped = shipped_sites()
    if folder is None or not folder.is_dir():
        return shipped
    return Sites({**shipped.by_host, **_read(folder, mistakes)})


def _read(folder: Path, mistakes: Mistakes | None = None) -> dict[str, Site]:
    found: dict[str, Site] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            site = load_file(Site, path, mistakes)
        except ConfigError as error:
            problems += error.problems
        else:
            found.update(dict.fromkeys(site.hosts, site))
    if problems:
        raise ConfigError(problems)
    return found
