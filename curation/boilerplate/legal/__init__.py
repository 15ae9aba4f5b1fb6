"""Legal notices."""
