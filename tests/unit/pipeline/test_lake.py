from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import lake
from pipeline.lake import LedgerRow
from pipeline.month import Month

FIRST, SECOND = pa.table({"a": ["1"]}), pa.table({"a": ["2"]})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return lake.partition(tmp_path, "ext_pep", "X1", Month(2026, 10))


def test_a_file_lies_under_its_council_and_month(tmp_path: Path, path: Path) -> None:
    lake.write(tmp_path, path, FIRST)
    assert str(path.relative_to(tmp_path)) == "ext_pep/la=X1/snapshot_month=2026-10/part.parquet"
    assert [file.name for file in path.parent.iterdir()] == ["part.parquet"]


def test_the_same_rows_again_leave_the_file_alone(tmp_path: Path, path: Path) -> None:
    lake.write(tmp_path, path, FIRST)
    before = path.stat().st_mtime_ns
    lake.write(tmp_path, path, FIRST)
    assert path.stat().st_mtime_ns == before
    assert not (tmp_path / "_superseded").exists()


def test_each_earlier_delivery_is_kept(tmp_path: Path, path: Path) -> None:
    for rows in (FIRST, SECOND, FIRST):
        lake.write(tmp_path, path, rows)
    kept = tmp_path / "_superseded/ext_pep/la=X1/snapshot_month=2026-10"
    assert pq.ParquetFile(kept / "1.parquet").read().equals(FIRST)
    assert pq.ParquetFile(kept / "2.parquet").read().equals(SECOND)
    assert pq.ParquetFile(path).read().equals(FIRST)


def test_cut_off_between_keeping_the_earlier_delivery_and_taking_the_new_one(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake.write(tmp_path, path, FIRST)
    whole = lake.write_whole

    def cut_off(written: Path, content: bytes) -> None:
        if written == path:
            raise KeyboardInterrupt
        whole(written, content)

    monkeypatch.setattr(lake, "write_whole", cut_off)
    with pytest.raises(KeyboardInterrupt):
        lake.write(tmp_path, path, SECOND)
    monkeypatch.undo()
    lake.write(tmp_path, path, SECOND)
    kept = tmp_path / "_superseded/ext_pep/la=X1/snapshot_month=2026-10"
    assert [one.name for one in kept.iterdir()] == ["1.parquet"]
    assert pq.ParquetFile(kept / "1.parquet").read().equals(FIRST)


def test_ledger_rows_come_back_as_they_went_in(tmp_path: Path) -> None:
    row = LedgerRow("fostering", "ext_panel", "absent", "no file", "", 0, 0, "")
    path = lake.partition(tmp_path, "ledger", "X1", Month(2026, 10), "fostering.parquet")
    lake.write_rows(tmp_path, path, LedgerRow, [row])
    assert lake.read_rows(path, LedgerRow) == (row,)
