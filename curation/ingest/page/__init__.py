"""What stands on an HTML page: its metadata, its text, its address and its neighbours."""
