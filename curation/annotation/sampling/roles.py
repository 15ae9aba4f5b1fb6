"""What a task is there for: to tell about the corpus, or about the one who answers it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

#: drawn by chance; the only tasks that labels, agreement and weights are made from
NORMAL = "normal"
#: its right answer is known
GOLD = "gold"
#: shows the text of another task nearly once more, to see whether the same person says the same
PROBE = "probe"


def of_the_sample(tasks: pa.Table) -> pa.Table:
    """The tasks that were drawn by chance."""
    return tasks.filter(pc.equal(tasks["role"], NORMAL))
