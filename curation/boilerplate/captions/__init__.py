"""Captions and credits of pictures."""
