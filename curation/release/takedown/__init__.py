"""Takedown: what was published and must go is taken out of every version, and each version says so."""
