"""What a check at the door found: plain data, so that reading it never loads Great Expectations."""

from __future__ import annotations

from dataclasses import dataclass

REFUSE = "refuse"
WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """One expectation that a table did not meet. ``effect`` is ``refuse`` or ``warn`` (ruling F6).

    ``message`` names the file and what to do; it holds counts, never a value of a row.
    """

    table_name: str
    effect: str
    message: str
