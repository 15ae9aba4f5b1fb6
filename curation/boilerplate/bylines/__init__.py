"""Who wrote, edited and photographed; read, then removed."""
