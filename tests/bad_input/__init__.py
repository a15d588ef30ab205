"""Broken inboxes: what people and programs send us, and what must happen to it."""
