import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from synthetic import CouncilSettings, write_inbox
from synthetic.tables import FAMILIES, columns_of

SMALL = CouncilSettings(children=40, months=3)
REPOSITORY = Path(__file__).resolve().parents[3]


def files_of(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_the_same_settings_write_the_same_bytes(small_inbox: Path, tmp_path: Path) -> None:
    assert files_of(write_inbox(tmp_path, SMALL)) == files_of(small_inbox)


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_the_hash_seed_or_the_time_zone(
    small_inbox: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "synthetic", "--out", str(tmp_path)]
    command += ["--children", "40", "--months", "3"]
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    subprocess.run(command, check=True, cwd=REPOSITORY, env=elsewhere)
    assert files_of(tmp_path) == files_of(small_inbox)


def test_another_council_has_other_children(small_inbox: Path, tmp_path: Path) -> None:
    other = write_inbox(tmp_path, CouncilSettings(la="X99000009", children=40, months=3))
    name = "2026-10/social_care/ssd_cla_visits.csv"
    assert files_of(other)[name] != files_of(small_inbox)[name]


def test_a_small_council_is_written_in_two_seconds(tmp_path: Path) -> None:
    started = time.process_time()
    write_inbox(tmp_path, SMALL)
    assert time.process_time() - started < 2


def test_there_is_a_folder_for_every_month_for_commentary_and_for_reference(
    small_inbox: Path,
) -> None:
    names = sorted(path.name for path in small_inbox.iterdir())
    assert names == ["2026-08", "2026-09", "2026-10", "commentary", "reference"]


def test_every_table_is_there_in_every_month(small_inbox: Path) -> None:
    for month in ("2026-08", "2026-09", "2026-10"):
        for family, tables in FAMILIES.items():
            written = [path.name.lower() for path in (small_inbox / month / family).iterdir()]
            for table in tables:
                assert sum(name.startswith(f"{table}.") for name in written) == 1, table


def test_every_column_of_the_contract_is_written() -> None:
    contract = pytest.importorskip("pipeline.contract")
    for table in contract.TABLES.values():
        if table.family not in FAMILIES:
            continue
        ours = set(columns_of(table.family, table.name))
        wanted = {column.name for column in table.columns if not column.derived}
        assert wanted <= ours, f"{table.name}: {sorted(wanted - ours)} is missing"


def test_the_adoption_tracker_is_a_workbook_with_titles_above_its_header(tmp_path: Path) -> None:
    write_inbox(tmp_path, CouncilSettings(children=150, months=1))
    path = tmp_path / "2026-10" / "adoption" / "ext_adoption_tracker.xlsx"
    cells = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert str(cells[0][0]).startswith("Adoption service")
    assert str(cells[3][0]).strip().lower() == "person id"
    kinds = {type(value).__name__ for row in cells[4:] for value in row[1:6] if value}
    assert kinds == {"datetime", "str"}


def test_the_rate_is_about_one_hundred_in_ten_thousand(small_inbox: Path) -> None:
    lines = (small_inbox / "reference" / "ref_population.csv").read_text().splitlines()
    assert 3900 < int(lines[-1].split(",")[-1]) < 4100


def test_the_history_begins_six_years_before_the_first_extract(small_inbox: Path) -> None:
    text = (small_inbox / "reference" / "ref_council.csv").read_text()
    assert text.splitlines()[1].endswith(",2020-08-01")
