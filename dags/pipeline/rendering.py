"""Both editions of the month's pack, made from the build; and a record of what went into them.

What cannot be published is refused in the words of whoever refuses: a sentence of the commentary
with its file and line, a Word template that cannot be used, a figure that must stay hidden.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from pipeline.refusal import PublicationRefused
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings


@dataclass(frozen=True)
class Rendered:
    """Whose packs these are, what went into them besides the figures, and which files could not
    be made here, with the reason.
    """

    council: str = ""
    inputs: tuple[dict[str, object], ...] = ()
    not_made: dict[str, str] = field(default_factory=dict)

    def save(self, settings: Settings) -> None:
        """Leave the record for the steps that follow."""
        _record(settings).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, settings: Settings) -> Rendered:
        """Read the record of the pack that waits to be published."""
        record = json.loads(_record(settings).read_text(encoding="utf-8"))
        return cls(record["council"], tuple(record["inputs"]), record["not_made"])


def require_template(settings: Settings) -> None:
    """Refuse at once, and not after the build, where the Word template is missing."""
    if not settings.cover_template.is_file():
        raise PublicationRefused(
            f"{settings.cover_template}: the Word template of the cover report is not there. "
            "Put it back, or leave PACK_COVER_TEMPLATE out to use the one that comes with this."
        )


def render_packs(settings: Settings, plan: RunPlan, database: Path, folder: Path) -> Rendered:
    """Write the public and the officers' edition into the staged folder."""
    from reporting.commentary.source import written_files
    from reporting.forms import write_edition
    from reporting.rows import OFFICERS, PUBLIC

    not_made: dict[str, str] = {}
    with refusals_in_plain_words():
        used = [(one.name, one.path) for one in written_files(settings.commentary, plan.month)]
        inputs = [_input(plan.month, "commentary", name, path) for name, path in used]
        for edition in (PUBLIC, OFFICERS):
            made = write_edition(
                database, plan.la, folder, edition, settings.commentary, settings.cover_template
            )
            not_made |= made.not_made
    template = settings.cover_template
    inputs.append(_input(plan.month, "cover report", template.name, template))
    return Rendered(made.council, tuple(inputs), not_made)


@contextmanager
def refusals_in_plain_words() -> Iterator[None]:
    """Turn what the pack itself refuses into a refusal of the run."""
    from reporting.commentary.reading import CommentaryError
    from reporting.cover.report import CoverReportError
    from reporting.pdf.document import PdfError
    from reporting.rows import PackDataError

    try:
        yield
    except (CommentaryError, CoverReportError, PackDataError, PdfError) as error:
        raise PublicationRefused(str(error), "Nothing was published.") from error


def _input(month: str, family: str, name: str, path: Path) -> dict[str, object]:
    """An input as the manifest lists it; a text has no rows."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    table = Path(name).stem
    return {
        "snapshot_month": month,
        "family": family,
        "table": table,
        "file": name,
        "sha256": digest,
        "rows": None,
    }


def made_at(settings: Settings) -> datetime:
    """Return when the pack that waits to be published was made."""
    return datetime.fromtimestamp(_record(settings).stat().st_mtime, UTC)


def _record(settings: Settings) -> Path:
    return settings.build / "rendered.json"
