"""What a release tells people: the card, the citation, the changes; figures come from the data."""
