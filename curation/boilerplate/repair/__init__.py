"""What the scraper broke."""
