"""Labelling: codebook, page and instruction, tasks, a Label Studio export, resolved labels."""
