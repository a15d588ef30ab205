import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.parquet_file import write_parquet


def test_the_same_rows_give_the_same_bytes_whatever_made_them(tmp_path):
    duckdb.sql("select range / 7 as value from range(3000)").write_parquet(
        str(tmp_path / "source.parquet")
    )
    ways = (
        "select range / 7 as value from range(3000)",
        f"select value from read_parquet('{tmp_path / 'source.parquet'}')",
        "select value from (select case when range < 3000 then range / 7 end as value "
        "from range(4000)) where value is not null",
        "select max(range / 7) as value from range(3000) group by range",
    )
    written = []
    for number, way in enumerate(ways):
        path = tmp_path / f"{number}.parquet"
        write_parquet(duckdb.sql(f"select * from ({way}) order by value"), path)
        written.append(path.read_bytes())
    assert len(set(written)) == 1


def test_nulls_that_cannot_be_make_no_difference(tmp_path):
    known = pa.array([1.5, 2.5])
    masked = pa.Array.from_buffers(pa.float64(), 2, [pa.py_buffer(b"\x03"), known.buffers()[1]])
    for name, values in (("known", known), ("masked", masked)):
        write_parquet(duckdb.from_arrow(pa.table({"value": values})), tmp_path / name)
    assert (tmp_path / "known").read_bytes() == (tmp_path / "masked").read_bytes()
    assert pq.read_table(tmp_path / "known").to_pydict() == {"value": [1.5, 2.5]}
