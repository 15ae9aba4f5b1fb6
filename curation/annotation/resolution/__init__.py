"""From answers to labels: votes, models, and what one document lends to its near-duplicates."""
