"""Train the small language model that the package ships.

    python benchmarks/language_train.py [--out curation/language/grams.npz]

Reads, and never writes on: the first half of each language's sentences in ``../shared/data/language_sentences.jsonl``
(NusaX; CC BY-SA 4.0), the articles of half of the hosts in ``articles.jsonl.gz``, and ``benchmarks/language_texts``,
which was written for this project. What is left over, and all of ``language_udhr.jsonl``, is kept to measure on
(``benchmarks/language.py``). The same input gives the same weights on one machine; another processor's rounding may
change a few by one.

There is too little Malay that one may train on. So Malay is made, too: articles of the training half with Malay words
put in the place of Indonesian ones (``indonesian_malay.txt``). That teaches what differs where the subject is the same.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from curation.language.detect import guess, readable
from curation.language.grams import WEIGHTS
from curation.language.kernel import FOLD, ROWS, rows_of

DATA = Path(__file__).parents[1] / "../shared/data"
TEXTS = Path(__file__).with_name("language_texts")

CODES = ("id", "ms", "jv", "su", "en", "min", "bjn", "nij", "ban", "mad", "ace", "bug", "bbc", "ar")
NAMES = {
    "indonesian": "id", "malay": "ms", "javanese": "jv", "sundanese": "su", "english": "en", "minangkabau": "min",
    "banjarese": "bjn", "ngaju": "nij", "balinese": "ban", "madurese": "mad", "acehnese": "ace", "buginese": "bug",
    "toba_batak": "bbc", "tagalog": "tl",
}  # fmt: skip

#: Words of a piece: as few as a long sentence has, as many as a short article.
SHORTEST, LONGEST = 10, 70
#: What the optimiser sees instead of shares of a text, so that weights are near 1; the penalty on their squares.
SCALE, PENALTY, ROUNDS = 100, 1e-5, 60
#: Weights beyond are cut to it: one byte holds 256 steps.
HIGHEST = 64


class Source(NamedTuple):
    """Texts of a language, how many pieces are drawn from them, and their share in the language's weight."""

    code: str
    texts: Sequence[str]
    pieces: int
    share: int


def sentences(name: str) -> dict[str, list[str]]:
    """The texts of a file of shared data by language code, in its order."""
    by: dict[str, list[str]] = defaultdict(list)
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        by[NAMES[row["language"]]].append(row["text"])
    return by


def halves(texts: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The half to train on, and the half to measure on."""
    return texts[: len(texts) // 2], texts[len(texts) // 2 :]


def articles() -> tuple[dict[int, str], dict[int, str]]:
    """Texts by line of the articles to train on, and of those to measure on: no host is in both."""
    train: dict[int, str] = {}
    keep: dict[int, str] = {}
    with gzip.open(DATA / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line, row in enumerate(map(json.loads, file)):
            host = (urlsplit(row["url"] or "").hostname or row["site"] or "").removeprefix("www.")
            (train if hashlib.sha256(host.encode()).digest()[0] % 2 else keep)[line] = row["text"]
    return train, keep


def made_malay(texts: Iterable[str], chance: random.Random) -> list[str]:
    """Indonesian texts with most words that Malay spells or says in another way replaced."""
    words: dict[str, list[str]] = {}
    for pair in re.split(r";\s|\n", (TEXTS / "indonesian_malay.txt").read_text(encoding="utf-8").strip()):
        indonesian, malay = pair.split(" = ")
        words[indonesian] = malay.split(" / ")
    longest_first = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
    pattern = re.compile(rf"\b({'|'.join(longest_first)})(nya|kan)?\b", re.IGNORECASE)

    def replaced(found: re.Match[str]) -> str:
        if chance.random() < 0.08:
            return found[0]
        malay = chance.choice(words[found[1].lower()])
        malay = malay[0].upper() + malay[1:] if found[1][0].isupper() else malay
        return malay + (found[2] or "")

    return [
        re.sub(r"Rp\.? ?", "RM", re.sub(r"\bpara ", "", re.sub(r"itas\b", "iti", pattern.sub(replaced, text))))
        for text in texts
    ]


def sources(chance: random.Random) -> list[Source]:
    """All that is trained on."""
    spoken = {code: halves(texts)[0] for code, texts in sentences("language_sentences.jsonl").items()}
    written = {code: (TEXTS / f"{code}.txt") for code in CODES}
    news = [text for text in articles()[0].values() if len(text.split()) > 40]
    found = [Source(code, texts, 1_000, 2) for code, texts in sorted(spoken.items())]
    found += [
        Source(
            code, path.read_text(encoding="utf-8").splitlines(), 3_000 if code == "ms" else 1_000, 1 + (code == "ms")
        )
        for code, path in written.items()
        if path.exists()
    ]
    found.append(Source("id", news, 9_000, 6))
    found.append(Source("ms", made_malay(news, chance), 4_000, 1))
    found.append(Source("ms", made_malay(spoken["id"], chance), 1_000, 1))
    return found


def pieces(source: Source, chance: random.Random) -> list[str]:
    """Stretches of the source's words, of any length between the shortest and the longest.

    Indonesian articles hold English exercises and Javanese songs. What pycld2 surely takes for these is left out.
    """
    words = " ".join(source.texts).split()
    found = []
    for _ in range(source.pieces):
        size = chance.randint(SHORTEST, LONGEST)
        start = chance.randrange(max(1, len(words) - size))
        found.append(" ".join(words[start : start + size]))
    if source.code == "id":
        guesses = [guess(readable(text)) for text in found]
        found = [
            text for text, cld in zip(found, guesses, strict=True) if not cld.reliable or cld.code in ("id", "ms", "un")
        ]
    return found


def shares(texts: Sequence[str]) -> csr_matrix:
    """Of each text the share of its letters that name a row: a row a text, a column a row of the table."""
    columns, values, sizes = [], [], []
    for text in texts:
        rows = rows_of(np.frombuffer(f"{text} ".encode(), np.uint8), FOLD)
        names, counts = np.unique(rows, return_counts=True)
        columns.append(names)
        values.append(counts * (SCALE / len(rows)))
        sizes.append(len(names))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=(len(texts), ROWS))


def fit(given: csr_matrix, wanted: npt.NDArray[np.int64], weight: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Multinomial logistic regression: weights, a row a row of the table, a column a language."""
    turned = given.T.tocsr()
    truth = np.zeros((len(wanted), len(CODES)))
    truth[np.arange(len(wanted)), wanted] = 1

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = flat.reshape(ROWS, len(CODES))
        odds = given @ weights
        odds -= odds.max(axis=1, keepdims=True)
        chances = np.exp(odds)
        total = chances.sum(axis=1, keepdims=True)
        missed = weight @ (np.log(total[:, 0]) - (odds * truth).sum(axis=1))
        slope = turned @ ((chances / total - truth) * weight[:, None]) + PENALTY * weights
        return float(missed + PENALTY / 2 * (flat @ flat)), slope.ravel()

    start = np.zeros(ROWS * len(CODES))
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x.reshape(ROWS, -1) * SCALE


def main() -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description="Train the language model")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    if not DATA.exists():
        parser.exit(message=f"{DATA} is not here: nothing to train on\n")
    chance = random.Random(arguments.seed)
    texts, wanted, weight = [], [], []
    found = sources(chance)
    of_language = {code: sum(source.share for source in found if source.code == code) for code in CODES}
    for source in found:
        drawn = pieces(source, chance)
        texts += drawn
        wanted += [CODES.index(source.code)] * len(drawn)
        weight += [source.share / of_language[source.code] / len(drawn) / len(CODES)] * len(drawn)
    weights = fit(shares(texts), np.array(wanted), np.array(weight))
    step = HIGHEST / 127
    steps = np.clip(np.round(weights / step), -127, 127) + 127
    np.savez_compressed(arguments.out, weights=steps.astype(np.uint8), codes=np.array(CODES), step=np.float64(step))
    print(
        f"{len(texts):,} pieces of {len(CODES)} languages; {arguments.out} has {arguments.out.stat().st_size:,} bytes"
    )


if __name__ == "__main__":
    main()
