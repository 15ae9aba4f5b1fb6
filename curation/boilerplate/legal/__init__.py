"""Legal notices, disclaimers and appeals."""
