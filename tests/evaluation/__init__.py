"""How well the rule book cleans: gold pages, a scorer, floors below which no score may fall."""
