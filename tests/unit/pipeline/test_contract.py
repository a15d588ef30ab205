import pytest

from pipeline.casting import empty_table
from pipeline.contract import TABLES, Table, tables_of


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_keys_and_sources_are_columns_of_their_table(table: Table) -> None:
    names = {column.name for column in table.columns}
    assert {*table.key, *table.unique} <= names
    assert {column.derived_from for column in table.columns if column.derived} <= names


def test_identifying_columns_of_the_903_header_are_not_in_the_allow_list() -> None:
    names = {column.name for column in TABLES["ssda903_header"].columns}
    assert names == {"child", "sex", "dob", "ethnic"}


def test_columns_that_rulings_add_may_be_missing() -> None:
    assert not TABLES["ext_staff"].column("absent_from").required
    assert not TABLES["ssd_cla_placement"].column("clap_cla_placement_postcode").required


def test_la_lands_as_council_because_la_is_the_partition() -> None:
    for table in tables_of("reference"):
        assert "la" not in empty_table(table).column_names
