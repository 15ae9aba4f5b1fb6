"""A labelling page of one's own: read into a codebook once, and checked against it ever after."""
