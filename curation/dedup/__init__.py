"""Near-duplicates: signatures, candidates, exact verification, kinds, clusters."""
