"""Links to other articles, videos and pages."""
