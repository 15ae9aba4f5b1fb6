"""gaoya: an LSH index of texts in Rust, from text to answer."""

from __future__ import annotations

from gaoya.minhash import MinHashStringIndex
from peers.measure import BANDS, ROWS, WIDTH, Job, words

if __name__ == "__main__":
    job = Job()
    if job.same:
        index = MinHashStringIndex(
            jaccard_threshold=job.threshold, num_bands=BANDS, band_size=ROWS, ngram_range=(WIDTH, WIDTH)
        )
    else:
        index = MinHashStringIndex(jaccard_threshold=job.threshold)
    with job.part("signatures"):  # it shows no signature: this is signing and inserting
        # its own shingles are split at blanks, so they equal ours where only our words are left
        texts = [" ".join(words(text)) for text in job.texts] if job.same else job.texts
        index.par_bulk_insert_docs(list(range(len(texts))), texts)
    with job.part("pairs"):
        answers = index.par_bulk_query(texts)
        pairs = [(number, other) for number, others in enumerate(answers) for other in others if other > number]
    job.finish(pairs)
