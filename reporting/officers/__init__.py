"""Pages for officers alone: recording faults by child, and the second opinion."""
