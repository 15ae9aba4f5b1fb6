"""Addresses: one key for all the addresses of one page, and the site that it stands on.

Written as two regular expressions and not with ``urlsplit``, which is slower and raises for hostile input.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"""(?ix) (?: (?: https?: )? // (?: [^/?\#@\s]* @ )? )?     # a scheme or none; no names or passwords
        (?P<host> [^\s/?\#:@"'<>\\\[\]\x00-\x1f]+ ) (?: : (?P<port> \d* ) )?
        (?P<path> /[^?\#\x00]* )? (?: \? (?P<query> [^\#\x00]* ) )? (?: \# .* )?""",
    re.DOTALL,
)
#: Names of the same site: the mobile and the AMP edition.
_EDITION = re.compile(r"(?:www\d?|m|amp|mobile)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"/amp(?=/|$)", re.IGNORECASE)
#: Parameters that tell who sent the reader, or which edition or page of the article it is.
_IGNORED = re.compile(
    r"""(?ix) (?: utm_\w+ | fbclid | gclid | dclid | gbraid | wbraid | msclkid | yclid | twclid | ttclid | igshid
        | igsh | mc_[ce]id | _g[al] | ref | ref_src | amp | outputtype=amp | tag_from ) (?: = .* )?
        | (?: page | showpage | halaman | single ) (?: = (?: \d+ | all )? )?"""
)


def url_key(url: str | None) -> str | None:
    """What all addresses of one page have in common; None for what is no web address.

    Without scheme, ``www.``, ``m.``, ``amp``, default port, tracking and page parameters, fragment and last
    slash; what is left of the query is sorted. The path keeps its letter case.

    >>> url_key("https://www.kabar.example/daerah/amp/12/banjir/?utm_source=x&id=7&page=2#isi")
    'kabar.example/daerah/12/banjir?id=7'
    >>> url_key("javascript:void(0)")
    """
    found = _parts(url)
    if found is None:
        return None
    host, port, path, query = found["host"], found["port"], found["path"] or "", found["query"]
    port = "" if port in {None, "", "80", "443"} else f":{port}"
    path = _AMP_PATH.sub("", path).rstrip("/")
    kept = sorted(part for part in query.split("&") if part and not _IGNORED.fullmatch(part)) if query else []
    return f"{_site(host)}{port}{path}{'?' if kept else ''}{'&'.join(kept)}"


def site_of(url: str | None) -> str | None:
    """The host of an address, without ``www.``, ``m.`` and ``amp.``; a bare host is an address too.

    >>> site_of("https://m.kabar.example/read/1"), site_of("Kabar.example"), site_of("Kabar Kita")
    ('kabar.example', 'kabar.example', None)
    """
    found = _parts(url)
    return _site(found["host"]) if found else None


def _parts(url: str | None) -> re.Match[str] | None:
    found = _ADDRESS.fullmatch(url.strip()) if url else None
    return found if found and "." in found["host"].strip(".") else None


def _site(host: str) -> str:
    host = host.lower().rstrip(".")
    while edition := _EDITION.match(host):
        host = host[edition.end() :]
    return host
