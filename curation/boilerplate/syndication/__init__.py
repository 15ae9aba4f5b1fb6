"""Where the article was taken from; read, and kept where it is a sentence."""
