"""The Python of the README runs and does what stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

README = Path(__file__).parents[1] / "README.md"


def test_the_python_of_the_readme_runs() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(block, str(README), "exec"), names)
    assert names["result"].documents["body"].tolist() == ["AMBON - Air surut."]
    assert names["result"].edits["rule"].tolist() == ["layout", "baca_juga"]
    assert names["raw"] == names["frame"]["isi"][0]
    assert list(names["verdicts"]["keep"]) == [False]
    assert list(names["copies"]["size"]) == [1]
