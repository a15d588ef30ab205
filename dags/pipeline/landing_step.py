"""Landing as a task calls it: under the lock, with refusals in one shape."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.limits import LimitUnusable
from pipeline.month import Month
from pipeline.privacy.deleted import deleted_extracts, require_kept
from pipeline.progress import detail, step
from pipeline.publication_lock import STEP_WAIT_SECONDS, output_lock
from pipeline.reference import ReferenceUnreadable, council_code, land_reference
from pipeline.refusal import PublicationRefused
from pipeline.run_log import recorded, step_in_words
from pipeline.settings import Settings
from pipeline.snapshots import landed_months


def land_month(settings: Settings, month: Month, family: str) -> bool:
    """Land one family of a month; return whether it had been landed before.

    Waits for whatever else works on the output. Landing the same files again changes nothing.
    """
    from pipeline.landing import land_family

    step(f"{month}: {family.replace('_', ' ')}")
    with (
        output_lock(settings, step_in_words("land", str(month), family), wait=STEP_WAIT_SECONDS),
        _refused(),
        recorded(settings, month, "land", family),
    ):
        require_kept(settings, council_code(settings), month)
        ledgers = settings.lake.glob(f"ledger/*/snapshot_month={month}/{family}.parquet")
        was_landed_before = any(ledgers)
        land_family(settings, month, family, detail)
    return was_landed_before


def has_nothing_new(settings: Settings, month: Month, family: str) -> bool:
    """Return whether landing a family would change nothing, so that no DAG need run for it.

    An extract that the rule of retention has deleted is not landed again.
    """
    from pipeline.landing import is_landed

    looked_at = f"look at {month} ({family})"
    with output_lock(settings, looked_at, wait=STEP_WAIT_SECONDS), _refused():
        is_deleted = month in deleted_extracts(settings, council_code(settings))
        return is_deleted or is_landed(settings, month, family)


def land_reference_data(settings: Settings, month: Month) -> None:
    """Land the reference data of every landed month up to the run's extract that has none (F10).

    That of the newest month is landed again when it is published, so that a correction is taken; a
    past month keeps what was true then.
    """
    from expectations.data_docs import build_data_docs

    step("reference data")
    what = step_in_words("land", str(month), "reference")
    with output_lock(settings, what, wait=STEP_WAIT_SECONDS), _refused():
        la = council_code(settings)
        landed = landed_months(settings, la)
        extract = settings.extract_of(month)
        for each in landed:
            if each <= extract:
                land_reference(settings, each, again=each == month == landed[-1])
        build_data_docs(settings, extract, la)


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except (ReferenceUnreadable, LimitUnusable) as problem:
        raise PublicationRefused(str(problem)) from problem
