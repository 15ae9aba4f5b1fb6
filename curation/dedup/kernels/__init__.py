"""Machine code for what costs time: shingles, groups, facts. Import lazily; ``import numba`` costs 0.2 s."""
