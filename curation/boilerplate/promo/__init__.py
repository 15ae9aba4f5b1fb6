"""Calls to follow, join and install."""
