"""The projects of a campaign on a Label Studio server: tasks there, answers back, nothing lost or doubled."""
