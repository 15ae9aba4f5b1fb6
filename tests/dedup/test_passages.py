"""Passages of chrome: what most texts hold at their edge, and what many hold at all, as it is printed."""

from __future__ import annotations

import numpy as np
import pytest

from curation.dedup.passages import LEAST, passages
from curation.dedup.sets import stop_shingles
from curation.dedup.shingle import shingle_hashes, words

from .conftest import text

NONE = np.empty(0, np.uint32)
HEAD = "Warta Selat: Beranda, Daerah | Gaya Hidup"
TAIL = "Redaksi\nPedoman Media Siber\nKarier  Kontak"


def found(texts: list[str], known=NONE) -> list[tuple[str, int, bool]]:
    return [(one.text, one.n, one.sure) for one in passages(texts, known)]


def test_as_printed_with_blank_space_collapsed():
    texts = [f"{HEAD}\n{text(n)} {TAIL}" for n in range(20)]
    assert found(texts) == [
        ("Warta Selat: Beranda, Daerah | Gaya Hidup", 20, True),
        ("Redaksi Pedoman Media Siber Karier Kontak", 20, True),
    ]


def test_the_shingles_of_passages_are_those_that_many_hold():
    """No other one, or content would be stopped; and none is missing."""
    texts = [f"{HEAD} {text(n)} {TAIL} {text(n + 500, 8) if n % 2 else ''}" for n in range(40)]
    made = stop_shingles(one for one, _, _ in found(texts))
    counts: dict[int, int] = {}
    for one in texts:
        for hash_ in shingle_hashes(one).tolist():
            counts[hash_] = counts.get(hash_, 0) + 1
    assert made == {hash_ for hash_, count in counts.items() if count >= LEAST}
    stopped = [shingle_hashes(one, made).tolist() for one in texts]
    assert stopped[0] == shingle_hashes(text(0)).tolist()
    assert stopped[1] == shingle_hashes(f"{text(1)} {text(501, 8)}").tolist()


@pytest.mark.parametrize(
    ("holders", "others", "expected"),
    [(14, 0, []), (15, 0, [True]), (15, 15, [True]), (15, 16, [False]), (15, 60, [False]), (15, 61, [])],
)
def test_enough_texts(holders, others, expected):
    texts = [f"{HEAD} {text(n)}" for n in range(holders)] + [text(n) for n in range(500, 500 + others)]
    assert [sure for _, _, sure in found(texts)] == expected


def test_in_between_it_is_not_sure():
    texts = [f"{text(n, 80)} {HEAD} {text(n + 500, 80)}" for n in range(30)]
    assert found(texts) == [("Warta Selat: Beranda, Daerah | Gaya Hidup", 30, False)]


def test_some_words_of_its_own_may_stand_beyond():
    """A date, a caption, the headline of another article: twenty words, not a whole article."""
    near, far = ([f"{text(n, beyond)} {HEAD} {text(n + 500, 300)}" for n in range(30)] for beyond in (20, 90))
    assert [sure for _, _, sure in found(near)] == [True]
    assert [sure for _, _, sure in found(far)] == [False]


def test_known_shingles_are_left_out_but_may_be_read():
    known = np.array(sorted(stop_shingles([HEAD])), np.uint32)
    texts = [f"{HEAD} {text(n)}" for n in range(20)]
    assert found(texts, known) == []
    longer = [f"Langganan {HEAD} {text(n)}" for n in range(20)]
    assert found(longer, known) == [("Langganan Warta Selat: Beranda, Daerah | Gaya Hidup", 20, True)]


def test_who_holds_the_rarest_shingle():
    texts = [f"{HEAD} Foto {text(n)}" if n % 2 else f"{HEAD} {text(n)}" for n in range(40)]
    by_text = {one.text: one for one in passages(texts, NONE)}
    whole, most = (f"Warta Selat: Beranda, Daerah | Gaya Hidup{end}" for end in (" Foto", ""))
    assert set(by_text) == {whole, most}
    assert by_text[whole].holders.tolist() == list(range(1, 40, 2))
    assert (by_text[whole].n, by_text[most].n) == (20, 40)


def test_numbers_are_no_passage():
    assert found([f"Minggu 3 8 2025 9 30 {text(n)}" for n in range(30)]) == []


def test_texts_without_words_or_of_few():
    assert found([]) == []
    assert found(["", "...", "Foto"] * 20) == []
    assert found(["İSTANBUL " + text(n) for n in range(20)]) == []


def test_letters_whose_lower_case_is_no_letter():
    """Their words can't be laid beside the shingles; other texts show the passage."""
    texts = [f"{HEAD} {'İİ' if n < 10 else ''} {text(n)}" for n in range(30)]
    assert [one for one, _, _ in found(texts)] == ["Warta Selat: Beranda, Daerah | Gaya Hidup"]


def test_the_backends_agree():
    texts = [f"{HEAD} {text(n)} {TAIL}" if n % 3 else f"{text(n)} {TAIL} {text(n + 900, 60)}" for n in range(50)]
    numba, python = (passages(texts, NONE, backend) for backend in ("numba", "datasketch"))
    assert [one.text for one in numba] == [one.text for one in python]
    assert len(numba) == 2
    assert sum(len(words(one.text)) for one in numba) == len(words(f"{HEAD} {TAIL}"))
