"""Which language a body is written in."""
