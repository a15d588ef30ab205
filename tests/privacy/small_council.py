"""A council of two children, landed and published, small enough to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import duckdb

from pipeline import lake, publishing
from pipeline.casting import empty_table
from pipeline.contract import TABLES
from pipeline.lake import QuarantineRow
from pipeline.month import Month
from pipeline.settings import Settings
from tests.unit.pipeline import small_lake, small_pack
from tests.unit.pipeline.small_lake import LA

ONE, TWO = "child-1", "child-2"
BIRTHS = {ONE: date(2012, 2, 3), TWO: date(2013, 4, 5)}
MODELS = f"""
create table dim_indicator as
select * from (values
    ('lac_count', 'count', 'month_end', 1), ('admission_average_age', 'years', 'in_month', 2)
) as t (indicator_id, unit, headline_basis, position);
create table fct_indicator_value as
select '{LA}' as la, 'lac_count' as indicator_id, date '2026-10-31' as period_end, 12.0 as value;
create table fct_restatement as select '{LA}' as la, 'lac_count' as indicator_id, 1 as rows_added;
create table dim_publication as select '{LA}' as la, '{{month}}' as month;
create table fct_indicator_cohort as
select '{LA}' as la, '{{month}}' as snapshot_month, 1 as computation,
    date '2026-10-31' as period_end, 'month_end' as basis, * from (values
    ('lac_count', '{ONE}', 'e1', null, true, null, null),
    ('lac_count', '{TWO}', 'e2', null, true, null, null),
    ('admission_average_age', '{ONE}', 'e1', null, true, 8.52, 1.0),
    ('admission_average_age', '{TWO}', 'e2', null, true, 0.5, 1.0),
    ('foster_households', null, 'H0211', 'IFA', true, 3.0, null)
) as t (indicator_id, person_id, event_id, category, in_numerator, amount, base_amount);
create table fct_dq_issue as
select '{LA}' as la, '{{month}}' as snapshot_month, 'DQ02' as issue_id,
    'ssd_cla_episodes' as table_name, * from (values
    ('{ONE}', 'e1', '2012-02-03', 'Turned 18 on 2030-02-03.', 'row e1', '2030-02-03', 'DQ02-aa',
        'row e1'),
    ('{TWO}', 'e2', null, 'The same as row e1 of {ONE}.', null, '(folded)', 'DQ02-bb', 'row e2'),
    (null, 'H0211', null, 'A household.', null, null, null, 'row H0211')
) as t (person_id, row_id, bad_value, detail, evidence, repaired_value, repair_id, fault_name);
create schema intermediate;
create table intermediate.int_placements as
select 'p1' as placement_id union all select 'p2';
create table intermediate.int_people as
select '{ONE}' as person_id, date '2012-02-03' as birth_date union all select '{TWO}', null;
create view people as select * from intermediate.int_people;
"""


def land(settings: Settings, month: Month, delivery: str = "first") -> None:
    """Land two children, what is theirs by way of a link, and one refused value of each."""
    small_lake.land(settings, month, delivery)
    for table, rows in ROWS.items():
        put(settings, month, table, rows)
    values = ("e1", "e2")
    refused = [
        QuarantineRow(
            "social_care", "ssd_cla_episodes", "e.csv", at, "x", value, "odd", 1, "row refused"
        )
        for at, value in enumerate((*values, ONE), start=2)
    ]
    path = lake.partition(settings.lake, "quarantine", LA, month, "social_care.parquet")
    lake.write_rows(settings.lake, path, QuarantineRow, refused)
    door = settings.door / f"la={LA}" / str(month) / "social_care.json"
    door.parent.mkdir(parents=True, exist_ok=True)
    door.write_text(f'{{"findings": ["{ONE}"]}}')


def put(settings: Settings, month: Month, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Land some columns of a table; the rest is empty."""
    schema = empty_table(TABLES[table]).schema
    place = {"source_file": f"{table}.csv"}
    whole = [{**place, "source_row": at, **row} for at, row in enumerate(rows, start=2)]
    filled = empty_table(TABLES[table]).from_pylist(whole, schema=schema)
    lake.write(settings.lake, lake.partition(settings.lake, table, LA, month), filled)


def landed(settings: Settings, month: Month, table: str) -> list[dict[str, object]]:
    """Read a landed table back."""
    path = lake.partition(settings.lake, table, LA, month)
    with duckdb.connect() as connection:
        found = connection.execute(f"select * from read_parquet('{path}')")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def publish(settings: Settings, month: Month, folder: Path) -> Path:
    """Publish a month, with a pack of one measure."""
    database = small_lake.build(settings, small_lake.plan(settings, month, folder))
    with duckdb.connect(str(database)) as connection:
        connection.execute(MODELS.format(month=month))
    publishing.render_month(settings, month)
    publishing.check_month(settings, month)
    return publishing.publish_month(settings, month)


def stand_ins() -> dict[str, object]:
    """The modules that make a pack and the list of months, each in its smallest form."""

    def render_officers_page(warehouse: Path, la: str, folder: Path) -> None:
        page = small_pack.page(f"<ul><li><b>{ONE}</b> came</li><li><b>{TWO}</b> came</li></ul>")
        (folder / "restricted" / "data-quality.html").write_text(page)

    def write_months_index(out: Path, aside: Path) -> Path:
        (out / "index.html").write_text("The months")
        return out / "index.html"

    texts = SimpleNamespace(body=small_pack.TABLE, not_made={})
    return {
        "reporting.page.html": SimpleNamespace(render_officers_page=render_officers_page),
        "reporting.forms": small_pack.writers(texts),
        "reporting.months_index": SimpleNamespace(write_months_index=write_months_index),
    }


def rows_of(database: Path, query: str) -> list[tuple[object, ...]]:
    """Ask a database that is only read."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


ROWS: dict[str, list[dict[str, object]]] = {
    "ssd_person": [{"pers_person_id": one, "pers_dob": born} for one, born in BIRTHS.items()],
    "ssd_cla_episodes": [
        {"clae_cla_episode_id": f"e{n}", "clae_person_id": one, "clae_cla_id": f"care-{n}",
         "clae_cla_placement_id": f"p{n}"}
        for n, one in enumerate((ONE, TWO), start=1)
    ],
    # The case system gave one placement to both: it is nobody's alone.
    "ssd_cla_placement": [
        {"clap_cla_placement_id": name, "clap_person_id": one}
        for name, one in (("p1", ONE), ("p2", TWO), ("shared", ONE), ("shared", TWO))
    ],
    "ssd_cla_reviews": [
        {"clar_cla_review_id": f"r{n}", "clar_cla_id": f"care-{n}"} for n in (1, 2)
    ],
    "ext_iro_activity": [
        {"review_id": "r1", "person_id": None},
        {"review_id": "r1", "person_id": TWO},
        {"review_id": "r2", "person_id": None},
    ],
    "ext_placement_cost": [{"placement_id": name} for name in ("p1", "p2", "shared")],
    "ext_staff": [{"professional_id": ONE}],
}  # fmt: skip
