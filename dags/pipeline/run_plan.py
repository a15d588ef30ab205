"""What one run computes: its snapshots, kept in a file between the steps of the run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline import run_log
from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from pipeline.whole_file import write_whole

# The steps of a run, in order, and what each has done with the build when it has ended.
STEPS = {"build": "made", "render": "rendered", "check": "checked", "publish": "published"}


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
        write_whole(path, json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def load(cls, path: Path, month: Month, as_of: str = "") -> RunPlan:
        """Read the plan of the build that lies there; refuse where it is another run's."""
        if not path.exists():
            raise _nothing_waits(path, month)
        values = json.loads(path.read_text(encoding="utf-8"))
        if (values["month"], values["as_of"]) != (str(month), as_of):
            known = f" as {values['as_of']} knows it" if values["as_of"] else ""
            raise PublicationRefused(
                f"{month}: the build that lies in {path.parent} is that of {values['month']}"
                f"{known}{_lies_since(path)}. Start this month's run again from its build."
            )
        snapshots = tuple(Snapshot(**snapshot) for snapshot in values.pop("snapshots"))
        return cls(**values, snapshots=snapshots)


def note_end(path: Path, step: str) -> None:
    """Note beside a plan which step of its run has ended last."""
    write_whole(_progress(path), f"{step} {run_log.now()} {run_log.who()}")


def waits_to_be_published(path: Path) -> str:
    """Return which pack is made and checked and not published, in words; empty where none is."""
    if not path.exists() or _last_step(path) != "check":
        return ""
    month = json.loads(path.read_text(encoding="utf-8"))["month"]
    return f"The pack of {month} was {_last_end(path)}, and waits to be published."


def is_published(path: Path) -> bool:
    """Return whether the build that lies there has been published."""
    return _last_step(path) == "publish"


def require_step(path: Path, month: Month, step: str) -> None:
    """Refuse where a step of this build has not ended; what came after it counts no more.

    So nothing is published that another run has made anew since it was checked, and no step goes
    on with a build that failed, was cut off or has been published.
    """
    last = _last_step(path)
    if not last:
        raise _nothing_waits(path, month)
    if is_published(path):
        raise PublicationRefused(
            f"{month}: this build was {_last_end(path)}. To make the month anew, start its run "
            "again from its build."
        )
    if list(STEPS).index(last) < list(STEPS).index(step):
        raise PublicationRefused(
            f"{month}: this build was {_last_end(path)}, and not {STEPS[step]} since: another run "
            "has begun it anew, or a step failed. Start this month's run again from its build."
        )
    if last != step:
        note_end(path, step)


def _last_step(path: Path) -> str:
    return _read_progress(path)[0]


def _last_end(path: Path) -> str:
    """Return which step has ended last, when and by whom, in words."""
    step, at, who = _read_progress(path)
    return f"{STEPS[step]} {run_log.in_words(at)} by {who}"


def _lies_since(path: Path) -> str:
    return f" ({_last_end(path)})" if _last_step(path) else ""


def _read_progress(path: Path) -> tuple[str, str, str]:
    """Return the step that has ended last, when and by whom; empty words where none has."""
    progress = _progress(path)
    words = progress.read_text(encoding="utf-8").split(" ", 2) if progress.exists() else []
    return (words[0], words[1], words[2]) if len(words) == 3 else ("", "", "")


def _progress(path: Path) -> Path:
    return path.with_name("last_step.txt")


def _nothing_waits(path: Path, month: Month) -> PublicationRefused:
    return PublicationRefused(
        f"{month}: no finished build waits in {path.parent}. It was not made yet, it failed, or "
        "make forget or make rebuild has taken it away. Start this month's run again from its "
        "build."
    )
