"""``python -m synthetic --out DIR``: write the inbox of an invented council.

With ``--faults DQ01,DQ10`` (or ``all``) recording issues are typed into it, ``--each`` so many of
every shape they take and of every sound case that only looks like one. What was typed, and what is
true, is written to ``DIR/truth.csv``, beside the months. A child carries one fault only: shapes for
which too few children were left are named, and a larger council has more.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from synthetic.faults.cases import by_file_and_row
from synthetic.faults.catalogue import ISSUES
from synthetic.faults.extracts import Extracts
from synthetic.faults.injection import Issue, Truth, inject, write_truth
from synthetic.inbox import write_inbox
from synthetic.settings import CouncilSettings


def main() -> None:
    """Read the command line and write the inbox."""
    parser = _parser()
    given = parser.parse_args()
    settings = CouncilSettings(
        la=given.la,
        children=given.children,
        months=given.months,
        last_month=given.last_month,
        seed=given.seed,
        years=given.years,
    )
    if given.faults is None:
        write_inbox(given.out, settings)
        return
    try:
        write_faulty_inbox(given.out, settings, given.faults, given.each)
    except KeyError as unknown:
        parser.error(f"no faults for {unknown.args[0]}")


def write_faulty_inbox(folder: Path, settings: CouncilSettings, names: str, each: int) -> None:
    """Write an inbox with the named issues typed into it, and the truth beside its months."""
    issues = _issues_named(names)
    extracts = Extracts.of(settings)
    truths = inject(extracts, issues, each, settings.seed)
    extracts.write(folder)
    write_truth(folder / "truth.csv", by_file_and_row(extracts, truths))
    for shortage in _shortages(issues, truths, each):
        print(shortage, file=sys.stderr)


def _issues_named(names: str) -> list[Issue]:
    """Return the issues of a list of names, in the order of the catalogue."""
    if names.lower() == "all":
        return list(ISSUES.values())
    return [ISSUES[name] for name in sorted({name.strip().upper() for name in names.split(",")})]


def _shortages(issues: list[Issue], truths: list[Truth], each: int) -> Iterator[str]:
    """Say of which shapes fewer were made than asked for."""
    cases = {(one.issue_id, one.shape, one.person_id or one.row_id) for one in truths}
    made = Counter((issue_id, shape) for issue_id, shape, _ in cases)
    for issue in issues:
        for shape in (*issue.faults, *issue.look_alikes):
            if made[issue.issue_id, shape] < each:
                yield f"{issue.issue_id} {shape}: only {made[issue.issue_id, shape]} of {each}"


def _parser() -> argparse.ArgumentParser:
    usual = CouncilSettings()
    parser = argparse.ArgumentParser(prog="synthetic", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write the inbox to")
    parser.add_argument("--months", type=int, default=usual.months)
    parser.add_argument("--last-month", default=usual.last_month, help="YYYY-MM")
    parser.add_argument("--children", type=int, default=usual.children)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--years", type=int, default=usual.years, help="years of history")
    parser.add_argument("--la", default=usual.la, help="code of the council")
    parser.add_argument("--faults", help="recording issues to type in, as DQ01,DQ10, or all")
    parser.add_argument(
        "--each", type=int, default=5, help="with --faults: how many of every shape"
    )
    return parser


if __name__ == "__main__":
    main()
