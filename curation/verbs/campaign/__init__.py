"""label assign, reassign, status, plan, meeting, restore: the life of a campaign, with files alone."""
