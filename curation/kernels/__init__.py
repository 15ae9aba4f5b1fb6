"""Machine code that several rooms use. Import inside functions: ``import numba`` costs 0.2 s."""
