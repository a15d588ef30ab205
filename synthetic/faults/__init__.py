"""Recording issues, typed into the extracts of an invented council with the truth beside them."""
