"""What the page looks like: the public pack, made from the `rpt_public_*` models alone."""
