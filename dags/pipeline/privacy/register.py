"""The register of personal data: what each landed column says about a person.

``personal.yml`` holds it, beside the contract and not in it: to flag a column anew must not have
every extract landed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "personal.yml"


@dataclass(frozen=True)
class Personal:
    """What one table says about a person.

    ``person`` is the column that names them. ``through`` are columns that name them by way of a
    link, such as a period of care; ``links`` are the columns that say whose link it is.
    """

    about: str
    why: str
    person: str | None = None
    through: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    births: tuple[str, ...] = ()
    special: Mapping[str, str] = field(default_factory=dict)
    offences: tuple[str, ...] = ()

    @property
    def is_of_a_child(self) -> bool:
        """Whether a row can be told to be one child's."""
        return bool(self.person or self.through)


def _read() -> dict[str, Personal]:
    entries: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_bytes())
    return {name: _personal(entry) for name, entry in entries.items()}


def _personal(entry: dict[str, Any]) -> Personal:
    lists = {name: tuple(entry[name]) for name in ("births", "offences") if name in entry}
    return Personal(**{**entry, **lists})


PERSONAL: dict[str, Personal] = _read()
