"""datatrove: the three steps of its MinHash recipe, one after the other in one process."""

from __future__ import annotations

import struct
import tempfile
from collections import defaultdict
from pathlib import Path

from datatrove.data import Document
from datatrove.pipeline.dedup.minhash import (
    MinhashConfig,
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupSignature,
)
from datatrove.utils.logging import logger
from datatrove.utils.text import TextNormConfig
from datatrove.utils.word_tokenizers import WordTokenizer
from peers.measure import BANDS, ROWS, Job, pairs_of, words


class OurWords(WordTokenizer):
    """Splits as our shingles do."""

    def word_tokenize(self, text: str) -> list[str]:
        """The words."""
        return words(text)

    def sent_tokenize(self, text: str) -> list[str]:
        """Not asked for by MinHash."""
        return [text]

    def span_tokenize(self, text: str) -> list[tuple[int, int]]:
        """Not asked for by MinHash."""
        return [(0, len(text))]


def settings(same: bool) -> tuple[MinhashConfig, str | WordTokenizer]:
    """The configuration and the language, which stands for a tokenizer."""
    if not same:
        return MinhashConfig(), "ind"
    plain = TextNormConfig(
        norm_numbers=False, remove_punctuation=False, norm_unicode_diacritics=False, norm_whitespace=False
    )
    return MinhashConfig(num_buckets=BANDS, hashes_per_bucket=ROWS, norm_config=plain), OurWords()


if __name__ == "__main__":
    job = Job()
    logger.remove()
    config, language = settings(job.same)
    documents = [Document(text=text, id=str(number)) for number, text in enumerate(job.texts)]
    with tempfile.TemporaryDirectory() as folder:
        signatures, buckets, clusters = (str(Path(folder) / name) for name in ("signatures", "buckets", "clusters"))
        step = MinhashDedupSignature(signatures, config=config, language=language)
        step.get_shingles("Warga keluar rumah saat gempa terasa")  # it loads its tokenizer
        with job.part("signatures"):
            step.run(iter(documents))
        with job.part("pairs"):
            for bucket in range(config.num_buckets):
                MinhashDedupBuckets(signatures, buckets, config=config).run(None, bucket, config.num_buckets)
            MinhashDedupCluster(buckets, clusters, config=config, save_cluster_id=True).run()
        groups = defaultdict(list)
        for document, cluster in struct.iter_unpack("<2I", (Path(clusters) / "000000.clusters").read_bytes()):
            groups[cluster].append(document)
    job.finish(pairs_of(groups.values()))
