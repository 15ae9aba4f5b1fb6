"""What an outlet prints for itself: calls to follow, join, install, watch and write, and praise."""
