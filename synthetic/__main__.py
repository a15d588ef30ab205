"""``python -m synthetic --out DIR``: write the inbox of an invented council."""

import argparse
from pathlib import Path

from synthetic.inbox import write_inbox
from synthetic.settings import CouncilSettings


def main() -> None:
    """Read the command line and write the inbox."""
    usual = CouncilSettings()
    parser = argparse.ArgumentParser(prog="synthetic", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write the inbox to")
    parser.add_argument("--months", type=int, default=usual.months)
    parser.add_argument("--last-month", default=usual.last_month, help="YYYY-MM")
    parser.add_argument("--children", type=int, default=usual.children)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--years", type=int, default=usual.years, help="years of history")
    parser.add_argument("--la", default=usual.la, help="code of the council")
    given = parser.parse_args()
    settings = CouncilSettings(
        la=given.la,
        children=given.children,
        months=given.months,
        last_month=given.last_month,
        seed=given.seed,
        years=given.years,
    )
    write_inbox(given.out, settings)


if __name__ == "__main__":
    main()
