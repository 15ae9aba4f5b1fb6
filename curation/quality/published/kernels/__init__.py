"""Loops over characters and tokens that Arrow has no function for. Import them inside functions: numba is heavy."""
