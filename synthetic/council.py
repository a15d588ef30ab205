"""What the modules that write rows share: the settings, the lives and the case system."""

from dataclasses import dataclass, field
from datetime import date

from synthetic.case_system import CaseSystem
from synthetic.lives import Care, Child
from synthetic.settings import CouncilSettings


@dataclass(frozen=True)
class Council:
    """An invented council while its records are written."""

    settings: CouncilSettings
    children: tuple[Child, ...]
    system: CaseSystem = field(default_factory=CaseSystem)
    opened: dict[str, date] = field(default_factory=dict)
    """When each period of care (cla id) was opened in the case system."""
    iros: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    """The reviewing officers of each period of care: since when, and who."""

    def not_before_opening(self, care: Care, recorded_on: date) -> date:
        """Return the day a row can be typed in: not before its period of care exists."""
        return max(recorded_on, self.opened[care.cla_id])

    def known_from(self, child: Child) -> date:
        """Return the day the child was first in the case system."""
        return min(self.opened[care.cla_id] for care in child.cares)

    def iro_of(self, care: Care, day: date) -> str | None:
        """Return the reviewing officer of a period of care on a day."""
        since = [who for start, who in self.iros.get(care.cla_id, []) if start <= day]
        return since[-1] if since else None
