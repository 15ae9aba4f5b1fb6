"""The stages, one file each: the only place where the rooms meet."""
