"""Rule names in settings: a name that the rule book does not have is a mistake like any other, told with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.toml import Mistake


def in_settings(data: dict[str, Any]) -> Iterator[Mistake]:
    """The unknown rules of ``[rules] disable`` in a parsed ``curation.toml``."""
    rules = data.get("rules")
    return _unknown(rules.get("disable") if isinstance(rules, dict) else None, ("rules", "disable"))


def in_site(data: dict[str, Any]) -> Iterator[Mistake]:
    """The unknown rules of ``disable`` in a site's parsed TOML.

    >>> [message for _, message, _, _ in in_site({"outlet": "Warta", "disable": ["baca_jua", "layout"]})]
    ["unknown rule 'baca_jua'"]
    """
    return _unknown(data.get("disable"), ("disable",))


def _unknown(names: object, place: tuple[str, ...]) -> Iterator[Mistake]:
    if not names or not isinstance(names, list):
        return  # another type is told by the section itself
    from curation.boilerplate import RULES

    known = [rule.name for rule in RULES]
    for name in names:
        if isinstance(name, str) and name not in known:
            yield place, f"unknown rule '{name}'", name, known
