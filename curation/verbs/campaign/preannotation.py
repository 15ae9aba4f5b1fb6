"""The predictions that a campaign's tasks carry when they are given out, where its codebook wants some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curation import schema, store
from curation.annotation import preannotation
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyarrow as pa

    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook


def with_predictions(
    campaign: Campaign, book: Codebook, tasks: pa.Table, given_out: Collection[str] = ()
) -> tuple[pa.Table, dict[str, list[dict[str, Any]]]]:
    """The tasks, with the model's name in those that carry its answer, and what these carry, by task.

    Args:
        campaign: with the labels of its models.
        book: says which model, and of how many tasks.
        tasks: the tasks table.
        given_out: tasks that somebody has already, with or without a prediction.

    Raises:
        UsageError: the model is not there.
        DataError: it gave what can't be chosen.
    """
    settings = book.predictions
    if settings is None:
        return tasks, {}
    file = campaign.folder / "models" / f"{settings.model}.parquet"
    if not file.exists():
        remedy = (
            f"Import it with: curation label import-model {campaign.name}; or take [predictions] out of the codebook."
        )
        raise UsageError(f"there are no labels of the model '{settings.model}'", where=str(file), remedy=remedy)
    answers = preannotation.predicted(tasks, schema.conform("labels", store.read_table(file)), settings, book)
    recorded = preannotation.record(tasks, answers, settings, given_out)
    return recorded, preannotation.shown(recorded, answers, settings)
