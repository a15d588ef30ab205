"""The register knows every table that names somebody, and the page is that of the register."""

from __future__ import annotations

import re

import pytest

from pipeline.contract import TABLES, Column
from pipeline.privacy.data_protection import FAMILIES, PAGE, page
from pipeline.privacy.register import PERSONAL

EXTRACTS = [table for table in TABLES.values() if table.family in FAMILIES]


def test_the_page_is_that_of_the_register() -> None:
    again = "python -m pipeline.privacy.data_protection"
    assert PAGE.read_text(encoding="utf-8") == page(), f"write it again: {again}"


@pytest.mark.parametrize("name", sorted(PERSONAL))
def test_an_entry_names_columns_that_are_landed(name: str) -> None:
    about, columns = PERSONAL[name], {column.name for column in TABLES[name].columns}
    named = {*about.through, *about.links, *about.births, *about.special, *about.offences}
    assert named | ({about.person} if about.person else set()) <= columns
    assert about.about and about.why and not about.why.endswith(".")


def is_a_birth(column: Column) -> bool:
    return bool(re.search(r"(^|_)dob$", column.name))


@pytest.mark.parametrize("table", EXTRACTS, ids=lambda table: table.name)
def test_no_table_that_names_somebody_is_missing(table) -> None:
    about = PERSONAL.get(table.name)
    people = [one.name for one in table.columns if re.search(r"(^|_)(person_id|child)$", one.name)]
    assert people == ([about.person] if about and about.person else [])
    births = [column.name for column in table.columns if is_a_birth(column)]
    assert births == list(about.births if about else ())


def test_every_link_that_is_followed_is_given_by_some_table() -> None:
    followed = {kind for about in PERSONAL.values() for kind in about.through.values()}
    given = {kind for about in PERSONAL.values() for kind in about.links.values()}
    assert followed <= given
