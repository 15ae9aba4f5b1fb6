"""Advertisements and calls to scroll past them."""
