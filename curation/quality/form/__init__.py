"""What any text has: length, words, sentences, repetition, language."""

from curation.quality.form.chrome_share import chrome_share
from curation.quality.form.indonesian import indonesian
from curation.quality.form.letter_share import letter_share
from curation.quality.form.mojibake import mojibake
from curation.quality.form.repetition import repetition
from curation.quality.form.sentence_ends import sentence_ends
from curation.quality.form.short_lines import short_lines
from curation.quality.form.stop_words import stop_words
from curation.quality.form.symbols import symbols
from curation.quality.form.title_overlap import title_overlap
from curation.quality.form.word_count import word_count
from curation.quality.form.word_length import word_length

FORM = (
    *(word_count, indonesian, stop_words, letter_share, word_length, symbols, sentence_ends, short_lines),
    *(repetition, mojibake, title_overlap, chrome_share),
)
