"""One measure of the scorecard with nothing in it but what a test says of it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from reporting.rows import NO_FIGURE, Figure, Indicator

_EMPTY: dict[str, Any] = {"str": "", "int": 1, "Figure": Figure(None, NO_FIGURE)}


def measure(indicator_id: str = "visits", **values: Any) -> Indicator:
    """A row of the scorecard; what is not given is empty."""
    row = {field.name: _EMPTY.get(str(field.type)) for field in fields(Indicator)}
    return Indicator(**row | {"indicator_id": indicator_id, "title": indicator_id} | values)
