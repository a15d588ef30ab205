"""What the services write of the figures, bound to them."""
