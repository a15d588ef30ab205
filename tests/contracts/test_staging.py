"""Staging renames and casts, table by table, and does nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import archive
from pipeline.contract import TABLES
from pipeline.extracts_before import RECORDED
from pipeline.warehouse import MONTH_BEFORE, WHOLE_HISTORY

STAGING = Path(__file__).parents[2] / "dbt_project" / "models" / "staging"
LANDING = ("ledger", "quarantine", "snapshot", "run")
LAKE_TABLES = (*TABLES, *LANDING)
EARLIER_TABLES = (*WHOLE_HISTORY, *MONTH_BEFORE)
FOLDERS = {"ssd": "ssd", "ext": "ext", "ssda903": "ssda903", "ref": "reference"}
ROW_OF_A_FILE = ["la", "snapshot_month", "source_file", "source_row"]


def model_path(table: str) -> Path:
    """Return where the staging model of a lake table has to be."""
    if table in LANDING:
        return STAGING / "landing" / f"stg_landing__{table}.sql"
    prefix, _, rest = table.partition("_")
    folder = FOLDERS[prefix]
    return STAGING / folder / f"stg_{folder}__{rest}.sql"


def earlier_path(table: str) -> Path:
    """Return where the model of a table in earlier extracts has to be."""
    name = table.removeprefix("ssd_").removeprefix("ext_")
    return STAGING / "earlier" / f"stg_earlier__{name}.sql"


def code_of(table: str) -> str:
    """Return the SQL of a table's model without its comments."""
    return re.sub(r"--.*", "", model_path(table).read_text("utf-8"))


def selected(table: str) -> list[tuple[str, str]]:
    """Return the pairs (expression, name) that the model of a table selects."""
    listed = re.search(r"renamed as \(\s*select(.*?)from source\s*\)", code_of(table), re.S)
    assert listed, f"{model_path(table).name}: no CTE `renamed` that selects from source"
    lines = [line.strip().rstrip(",") for line in listed.group(1).strip().splitlines()]
    pairs = [line.rsplit(" as ", 1) for line in lines if line]
    return [(pair[0], pair[-1]) for pair in pairs]


def lake_column(expression: str) -> str:
    """Return the lake's column that a selected expression reads."""
    return re.sub(r"^cast\((\w+) as .*\)$", r"\1", expression)


def properties(table: str) -> dict[str, Any]:
    """Return the YAML of a table's model: one file holds one model."""
    read = yaml.safe_load(model_path(table).with_suffix(".yml").read_text("utf-8"))
    models: list[dict[str, Any]] = read["models"]
    assert len(models) == 1
    return models[0]


def data_tests_of(model: dict[str, Any]) -> list[Any]:
    """Return every data test of a model, those of its columns included."""
    of_columns = [test for column in model["columns"] for test in column.get("data_tests", [])]
    return [*model.get("data_tests", []), *of_columns]


@pytest.mark.parametrize("table", LAKE_TABLES)
def test_every_table_has_a_model_and_a_yaml_beside_it(table: str) -> None:
    assert model_path(table).exists(), f"write {model_path(table)}"
    assert model_path(table).with_suffix(".yml").exists()


def test_every_staging_file_belongs_to_a_table() -> None:
    expected = {model_path(table) for table in LAKE_TABLES}
    expected |= {earlier_path(table) for table in EARLIER_TABLES}
    shared = re.compile("stg_landing__(archive|record)_?")
    found = {path for path in STAGING.rglob("stg_*") if not shared.match(path.name)}
    assert found == expected | {path.with_suffix(".yml") for path in expected}


@pytest.mark.parametrize("table", EARLIER_TABLES)
def test_an_earlier_extract_is_read_like_the_present_one(table: str) -> None:
    earlier = re.sub(r"--.*", "", earlier_path(table).read_text("utf-8"))
    same = earlier.replace(f"'earlier_{table}'", f"'{table}'")
    assert same.strip() == code_of(table).strip()


@pytest.mark.parametrize("table", LAKE_TABLES)
def test_the_first_line_states_the_grain(table: str) -> None:
    first_line = model_path(table).read_text("utf-8").splitlines()[0]
    assert first_line.startswith("-- Grain: one row"), "say what one row is"


@pytest.mark.parametrize("table", LAKE_TABLES)
def test_a_model_reads_its_own_source_and_nothing_else(table: str) -> None:
    code = code_of(table)
    assert re.findall(r"source\('(\w+)', '(\w+)'\)", code) == [("lake", table)]
    assert "ref(" not in code
    assert code.rstrip().endswith("select * from renamed")


@pytest.mark.parametrize("table", LAKE_TABLES)
def test_a_model_has_no_rules(table: str) -> None:
    found = re.findall(r"\b(?:join|where|case|group by|distinct|coalesce)\b", code_of(table))
    assert not found, "a rule belongs in an intermediate model"


@pytest.mark.parametrize("table", TABLES)
def test_a_model_selects_every_column_of_the_contract(table: str) -> None:
    read = [lake_column(expression) for expression, _ in selected(table)]
    contract = [column.name for column in TABLES[table].columns]
    assert sorted(read) == sorted([*ROW_OF_A_FILE, *contract])


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_begin_with_the_snapshot_and_end_with_the_row(table: str) -> None:
    names = [name for _, name in selected(table)]
    assert [*names[:2], *names[-2:]] == ROW_OF_A_FILE


@pytest.mark.parametrize("table", TABLES)
def test_dates_are_cast_and_nothing_else_is(table: str) -> None:
    cast = {lake_column(text) for text, _ in selected(table) if text.startswith("cast(")}
    assert cast == {column.name for column in TABLES[table].columns if column.type == "date"}


@pytest.mark.parametrize("table", LAKE_TABLES)
def test_the_yaml_describes_the_columns_that_are_selected(table: str) -> None:
    model = properties(table)
    assert model["name"] == model_path(table).stem
    assert [column["name"] for column in model["columns"]] == [name for _, name in selected(table)]
    assert model["description"] and all(column["description"] for column in model["columns"])


@pytest.mark.parametrize("table", LAKE_TABLES)
def test_a_model_has_exactly_one_data_test(table: str) -> None:
    assert len(data_tests_of(properties(table))) == 1


@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_a_file_is_one_row(table: str) -> None:
    grain = {"unique_together": {"arguments": {"columns": ROW_OF_A_FILE}}}
    assert data_tests_of(properties(table)) == [grain]


def test_the_source_lists_every_table_of_the_lake() -> None:
    read = yaml.safe_load((STAGING / "sources.yml").read_text("utf-8"))
    (lake,) = read["sources"]
    listed = {table["name"] for table in lake["tables"]}
    assert lake["name"] == lake["schema"] == "lake"
    earlier = {f"earlier_{table}" for table in EARLIER_TABLES}
    earlier |= {f"before_{table}" for table in RECORDED}
    kept = {*archive.TABLES, archive.COHORT_CHANGE, "archive_computation", "archive_comparison"}
    assert listed == {*LAKE_TABLES, *earlier, *kept}
    assert all(table["description"] for table in lake["tables"])
