"""Who may see what: pseudonyms, permissions, retention, erasure, register of personal data."""
