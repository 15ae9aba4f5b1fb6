"""The example notebook: run it and write what came out, hold it against a run, and make a page of the site from it.

``python docs/notebook.py`` runs it anew and writes its outputs. With ``--check`` it writes nothing, and exits 1 where a
cell gives other kinds of output than the notebook shows.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    Cell = dict[str, Any]

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "examples" / "ten-minutes.ipynb"
#: the page of the site that is made from it
PAGE = "notebook.md"


# -- run ------------------------------------------------------------------------------------------


def executed() -> dict[str, Any]:
    """The notebook after a run in a folder of its own, with the sample where it looks for it.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
    """
    import nbclient
    import nbformat
    from traitlets.config import Config

    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "examples"
        folder.mkdir()
        (Path(home) / "data").symlink_to(ROOT / "data")
        # neither settings nor history of whoever runs this, and sockets in the folder instead of ports
        os.environ |= {"IPYTHONDIR": home, "JUPYTER_CONFIG_DIR": home, "JUPYTER_RUNTIME_DIR": home}
        sockets = Config(KernelManager={"transport": "ipc", "connection_file": f"{home}/kernel.json"})
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        place = {"metadata": {"path": str(folder)}}
        nbclient.NotebookClient(notebook, timeout=300, record_timing=False, resources=place, config=sockets).execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    plain: dict[str, Any] = json.loads(nbformat.writes(notebook))
    return plain


def kinds(notebook: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """Each cell of code with the kinds of its outputs; to those of HTML belong headings and names of columns."""
    return [
        ("".join(cell["source"]), [_kind(output) for output in cell["outputs"]])
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def _kind(output: Cell) -> list[Any]:
    shown = "".join(output.get("data", {}).get("text/html", ""))
    headings = re.findall(r"<(?:h4|th)\b[^>]*>([^<\d]+)</", shown)
    return [output["output_type"], sorted(output.get("data", ())), output.get("name"), headings]


def main() -> None:
    """Write the outputs of a run, or hold them against those that are there."""
    shown = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    made = executed()
    if "--check" not in sys.argv:
        NOTEBOOK.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return
    stale = [source for (source, now), (_, then) in zip(kinds(made), kinds(shown), strict=True) if now != then]
    if stale:
        sys.exit("other kinds of output than the notebook shows. Run: python docs/notebook.py\n\n" + "\n\n".join(stale))


# -- show -----------------------------------------------------------------------------------------


def page() -> str:
    """The notebook as Markdown: results that show themselves as HTML stay as they are."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    parts = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            # what links into docs/ is beside this page
            parts.append(source.replace("](../docs/", "]("))
        else:
            parts += [f"```python\n{source}\n```", *map(_output, cell["outputs"])]
    return "\n\n".join(parts) + "\n"


def _output(output: Cell) -> str:
    data = output.get("data", {})
    if "text/html" in data:
        return f'<div class="output">\n{"".join(data["text/html"]).strip()}\n</div>'
    return f"```text\n{''.join(data.get('text/plain', output.get('text', '')))}\n```"


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Called by MkDocs: adds the page."""
    from mkdocs.structure.files import File

    files.append(File.generated(config, PAGE, content=page()))


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by MkDocs for each page: on the site, links to the notebook lead to its page.

    >>> on_page_markdown("[the same](../examples/ten-minutes.ipynb)")
    '[the same](notebook.md)'
    """
    return markdown.replace(f"](../examples/{NOTEBOOK.name})", f"]({PAGE})")


if __name__ == "__main__":
    main()
