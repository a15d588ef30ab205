"""What one run computes: its snapshots, kept in a file between the steps of the run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.month import Month
from pipeline.refusal import PublicationRefused


@dataclass(frozen=True)
class Snapshot:
    """One month's extract as this run sees it.

    ``fingerprint`` stands for what it is computed from and is empty where the lake no longer has
    the extract. ``computation`` is the number of its computation within the snapshot: the one to
    come where it is pending, else the last that was published.
    """

    month: str
    fingerprint: str
    is_first: bool
    is_pending: bool
    is_selected: bool
    computation: int


@dataclass(frozen=True)
class RunPlan:
    """What one run computes: every known snapshot up to its extract, oldest first.

    ``month`` is the month whose pack is made; ``as_of`` names a later extract where the month is
    asked for as that one knows it, and is empty where it is published. ``publication`` is the
    number that the publication will get.
    """

    la: str
    month: str
    publication: int
    snapshots: tuple[Snapshot, ...]
    as_of: str = ""

    @property
    def extract_month(self) -> str:
        """The month of the extract that the pack is made from."""
        return self.as_of or self.month

    @property
    def pending(self) -> tuple[Snapshot, ...]:
        """The snapshots whose figures go to the archive."""
        return tuple(snapshot for snapshot in self.snapshots if snapshot.is_pending)

    @property
    def selected(self) -> tuple[Snapshot, ...]:
        """The snapshots whose rows the build reads: the pending ones and the run's extract."""
        return tuple(snapshot for snapshot in self.snapshots if snapshot.is_selected)

    def save(self, path: Path) -> None:
        """Write the plan, for the later steps of the same run."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path, month: Month, as_of: str = "") -> RunPlan:
        """Read the plan of the build in progress; refuse where it is another run's."""
        if not path.exists():
            raise PublicationRefused(f"{month}: nothing has been built yet. Run the build first.")
        values = json.loads(path.read_text(encoding="utf-8"))
        if (values["month"], values["as_of"]) != (str(month), as_of):
            raise PublicationRefused(
                f"{month}: the build in progress is that of {values['month']}. Start this month's "
                "run again."
            )
        snapshots = tuple(Snapshot(**snapshot) for snapshot in values.pop("snapshots"))
        return cls(**values, snapshots=snapshots)
