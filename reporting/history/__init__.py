"""How history is told: what changed since it was published, why, and how much it usually moves."""
