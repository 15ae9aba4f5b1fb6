"""How a corpus lies to its limits, and what others would make of it."""
