"""What became of the inputs, for people: the funnel, where a workspace stands, the report, the rule list."""
