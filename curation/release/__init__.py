"""An immutable, citable version of the corpus: plain Parquet with manifest, card and checks."""
