"""label push and label pull: the tasks and answers of a campaign on a Label Studio server."""
