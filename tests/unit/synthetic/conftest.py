from collections.abc import Callable
from pathlib import Path

import pytest

from synthetic import CouncilSettings, write_inbox
from synthetic.council import Council
from synthetic.records import make_council
from synthetic.tables import FAMILIES

from .faulty import Faulty, make_faulty

SMALL = CouncilSettings(children=40, months=3)
Rows = list[dict[str, object]]


@pytest.fixture(scope="session")
def small_inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_inbox(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(scope="session")
def council() -> Council:
    """A council of 200 children, large enough to have every oddity."""
    return make_council(CouncilSettings(children=200, months=3))


@pytest.fixture(scope="session")
def wide_council() -> Council:
    """A council as large as the one that is shown, so that no year is without its routes."""
    return make_council(CouncilSettings(months=1))


@pytest.fixture(scope="session")
def faulty() -> Faulty:
    """A council with every shape of every recording issue, beside the same without."""
    return make_faulty()


@pytest.fixture(scope="session")
def rows(council: Council) -> Callable[[str, int], Rows]:
    """Give the rows of a table in the nth extract (0 the first), by column name."""
    columns = {name: text.split() for tables in FAMILIES.values() for name, text in tables.items()}

    def read(table: str, number: int) -> Rows:
        month_end = council.settings.month_ends[number]
        known = council.system.as_known(table, month_end)
        return [dict(zip(columns[table], row, strict=True)) for row in known]

    return read
