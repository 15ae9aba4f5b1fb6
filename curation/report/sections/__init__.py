"""What the sections of the report show: one file a section, rows in plain values; every list has an end."""
