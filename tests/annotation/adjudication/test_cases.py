"""Which tasks go to an adjudicator."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.annotation.adjudication.cases import Cases, cases
from curation.annotation.codebook import Codebook
from curation.errors import UsageError
from tests.annotation.adjudication.conftest import annotations, page, tasks, votes


def found(
    tables: pa.Table, said: pa.Table, book: Codebook, settled: tuple[str, ...] = (), n: int = 3, **options: Any
) -> Cases:
    return cases(
        tables, said, book, wanted=dict.fromkeys(tables["task_key"].to_pylist(), n), settled=settled, **options
    )


def keys(tables: pa.Table, *places: int) -> set[str]:
    every = tables["task_key"].to_pylist()
    return {every[place] for place in places}


def test_a_tie_goes_to_an_adjudicator_and_a_majority_does_not(book: Codebook) -> None:
    tables = tasks(4)
    said = votes(tables, "fff", "fan", "ffa", "ffaa")
    assert set(found(tables, said, book).questions) == keys(tables, 1, 3)
    assert set(found(tables, said, book, divided=True).questions) == keys(tables, 1, 2, 3)
    assert set(found(tables, said, book).questions.values()) == {("stance",)}


def test_tasks_wait_until_all_answers_are_in(book: Codebook) -> None:
    tables = tasks(3)
    said = votes(tables, "fa", "fan", "fa-")
    assert found(tables, said, book) == Cases(dict.fromkeys(keys(tables, 1), ("stance",)), unfinished=2)
    assert set(found(tables, said, book, n=2).questions) == keys(tables, 0, 1, 2)
    # nobody said how many: two can be divided, one can't
    alone = cases(tables, votes(tables, "fa", "f", ""), book, wanted={}, settled=())
    assert (set(alone.questions), alone.unfinished) == (keys(tables, 0), 2)


@pytest.mark.parametrize(("round_", "role"), [("main", "gold"), ("main", "probe"), ("training", "normal")])
def test_only_tasks_that_make_labels_count(book: Codebook, round_: str, role: str) -> None:
    tables = tasks(1, round_=round_, role=role)
    assert found(tables, votes(tables, "fan"), book) == Cases({}, unfinished=0)


def test_what_was_decided_is_not_asked_again(book: Codebook) -> None:
    tables = tasks(2)
    (first, second) = sorted(keys(tables, 0, 1))
    said = votes(tables, "fan", "fan")
    assert set(found(tables, said, book, settled=(first,)).questions) == {second}


def said_of(task: dict[str, Any], *answers: dict[str, Any]) -> list[list[dict[str, Any]]]:
    common = {"stance": "favor", "confidence": "sure"}
    return [page(task, f"a0{i}", common | answer, hours=i) for i, answer in enumerate(answers, 1)]


def test_how_sure_somebody_was_is_not_settled_unless_it_is_asked_for(book: Codebook) -> None:
    tables = tasks(1)
    said = annotations(said_of(tables.to_pylist()[0], {"confidence": "unsure"}, {}))
    assert found(tables, said, book, n=2).questions == {}
    assert found(tables, said, book, n=2, divided=True).questions == {}
    assert [*found(tables, said, book, n=2, question="confidence").questions.values()] == [("confidence",)]


def test_a_question_of_several_answers_is_tied_where_half_chose_one(book: Codebook) -> None:
    tables = tasks(2)
    one, two = tables.to_pylist()
    said = annotations(
        [
            *said_of(one, {"text_problem": ("cut",)}, {"text_problem": ("cut", "chrome_left")}),
            *said_of(two, {"text_problem": ("cut",)}, {"text_problem": ("cut",)}),
        ]
    )
    assert found(tables, said, book, n=2).questions == {one["task_key"]: ("text_problem",)}


def test_an_optional_question_counts_only_where_it_is_named(book: Codebook) -> None:
    optional = tuple(
        msgspec.structs.replace(question, required=False) if question.name == "stance" else question
        for question in book.question
    )
    book = msgspec.structs.replace(book, question=optional)
    tables = tasks(1)
    said = votes(tables, "fan")
    assert found(tables, said, book).questions == {}
    assert len(found(tables, said, book, question="stance").questions) == 1
    assert len(found(tables, said, book, divided=True).questions) == 1


def test_a_follow_up_counts_only_where_it_is_asked(book: Codebook) -> None:
    """Two of five give two reasons for an answer that did not win; then three do, for one that did."""
    tables = tasks(2)
    one, two = tables.to_pylist()
    reason, other = (
        {"stance": "cannot_judge", "why_not": "unclear"},
        {"stance": "cannot_judge", "why_not": "only_mentioned"},
    )
    said = annotations([*said_of(one, reason, other, {}, {}, {}), *said_of(two, reason, other, {})])
    assert found(tables, said, book).questions == {two["task_key"]: ("why_not",)}


def test_a_question_about_the_article_makes_one_case_an_article(book: Codebook) -> None:
    tables = tasks(1, 2)
    first, second = sorted(tables.to_pylist(), key=lambda task: task["task_key"])
    problem = ({"text_problem": ("cut",)}, {})
    pages = [*said_of(first, *problem), *said_of(second, *problem)]
    assert found(tables, annotations(pages), book, n=2).questions == {first["task_key"]: ("text_problem",)}
    # where one of its tasks is a case already, that one takes it
    pages = [*said_of(first, *problem), *said_of(second, *problem[:1], {"stance": "against"})]
    asked = found(tables, annotations(pages), book, n=2)
    assert asked.questions == {second["task_key"]: ("stance", "text_problem")}
    assert found(tables, annotations(pages), book, n=2, settled=(second["task_key"],)).questions == {}


def test_questions_are_named_from_the_codebook(book: Codebook) -> None:
    tables = tasks(1)
    with pytest.raises(UsageError, match=r"'sikap' is no question\. Write one of: stance, why_not, text_problem, conf"):
        found(tables, votes(tables, "fan"), book, question="sikap")
    with pytest.raises(UsageError, match="'evidence' asks for passages"):
        found(tables, votes(tables, "fan"), book, question="evidence")


LETTERS = st.lists(st.text("fan-", max_size=4), min_size=1, max_size=5)


@given(stances=LETTERS, shuffled=st.randoms(use_true_random=False))
def test_cases_are_what_counting_by_hand_gives(book: Codebook, stances: list[str], shuffled: Any) -> None:
    tables = tasks(len(stances))
    said = votes(tables, *stances)
    rows = list(range(said.num_rows))
    shuffled.shuffle(rows)
    tied, split, waiting = set(), set(), set()
    for key, letters in zip(tables["task_key"].to_pylist(), stances, strict=True):
        counts = Counter(letters.replace("-", "")).most_common()
        if sum(count for _, count in counts) < 2:
            waiting.add(key)
            continue
        if len(counts) > 1:
            split.add(key)
            if counts[0][1] == counts[1][1]:
                tied.add(key)
    asked = found(tables, said.take(pa.array(rows, pa.int64())), book, n=2)
    assert (set(asked.questions), asked.unfinished) == (tied, len(waiting))
    assert list(asked.questions) == sorted(tied)
    assert set(found(tables, said, book, n=2, divided=True).questions) == split
    decided = sorted(tied)[::2]
    assert set(found(tables, said, book, n=2, settled=tuple(decided)).questions) == tied - set(decided)
