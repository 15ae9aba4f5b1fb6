"""What a text betrays about itself: that it is cut off, behind a paywall, written by a machine."""
