"""What stands above the text."""
