"""Machine code for what costs time: shingles, groups, facts. Import lazily; ``import numba`` costs 0.4 s."""
