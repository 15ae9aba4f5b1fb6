"""Pages from templates: one file of HTML each, with its style inside; nothing from the network.

The policy of a page forbids scripts, but for one whose digest it names.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curation.report import charts, words

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: Any) -> str:
    """A page. Every value is escaped; a name that the template misses is an error, not a blank."""
    return _environment().get_template(template).render(**values)


def source(file: str) -> str:
    """A file beside the templates, such as a script, as it is."""
    return (_TEMPLATES / file).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = "{:,}".format
    made.filters["percent"] = _percent
    made.filters["short"] = charts.number
    made.globals |= {"t": words.both, "words": words, "charts": charts}
    return made


def _percent(share: float) -> str:
    """A share as a percentage that doesn't round something to nothing."""
    shown = f"{share:.0%}"
    return "<1%" if share > 0 and shown == "0%" else shown
