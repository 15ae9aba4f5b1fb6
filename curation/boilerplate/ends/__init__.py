"""Marks at the end of the text."""
