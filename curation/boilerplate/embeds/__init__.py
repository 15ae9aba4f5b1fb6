"""What embeds and tag boxes leave in the text."""
