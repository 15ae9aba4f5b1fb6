"""Train, validation and test: who goes where, and the proof that near-duplicates don't lie across."""
