"""What was published stays as it was, and what changed since is told exactly (issue of history)."""
