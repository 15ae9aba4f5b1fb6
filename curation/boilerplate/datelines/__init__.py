"""Place and publisher before the lead; read, then removed."""
