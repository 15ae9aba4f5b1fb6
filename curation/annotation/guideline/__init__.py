"""What a codebook's changelog says about answers that were given before."""
