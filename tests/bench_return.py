"""An invented SSDA903 return of any size, made from the extracts of the invented council.

Each child stands in it several times under numbers of its own, so the return has the rows of a
much larger council and the faults that the invention has.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

TABLES = {
    "header": """
        select pers_person_id || '-' || n as CHILD, 1 as SEX, uk(pers_dob) as DOB,
            pers_ethnicity as ETHNIC
        from ssd_person, copies
        where pers_person_id in (select clae_person_id from ssd_cla_episodes)
    """,
    "episodes": """
        select clae_person_id || '-' || n as CHILD, uk(clae_cla_episode_start_date) as DECOM,
            clae_cla_episode_start_reason as RNE, lega_legal_status as LS,
            clae_cla_primary_need_code as CIN, clap_cla_placement_type as PLACE,
            clap_cla_placement_provider as PLACE_PROVIDER, uk(clae_cla_episode_ceased_date) as DEC,
            clae_cla_episode_ceased_reason as REC,
            clap_cla_placement_change_reason as REASON_PLACE_CHANGE, null as HOME_POST,
            clap_cla_placement_postcode as PL_POST, clap_cla_placement_urn as URN
        from ssd_cla_episodes
        left join ssd_cla_placement on clae_cla_placement_id = clap_cla_placement_id
        left join ssd_legal_status on clae_person_id = lega_person_id
            and lega_legal_status_start_date <= clae_cla_episode_start_date
            and coalesce(lega_legal_status_end_date, '9999') > clae_cla_episode_start_date
        cross join copies
        qualify row_number() over (
            partition by n, clae_cla_episode_id order by lega_legal_status_id
        ) = 1
    """,
    "reviews": """
        select distinct clae_person_id || '-' || n as CHILD, null as DOB,
            uk(clar_cla_review_date) as REVIEW, 'PN1' as REVIEW_CODE
        from ssd_cla_reviews
        join ssd_cla_episodes on clar_cla_id = clae_cla_id
        cross join copies
        where clar_cla_review_date is not null
    """,
    "missing": """
        select miss_person_id || '-' || n as CHILD, null as DOB, 'M' as MISSING,
            uk(miss_missing_episode_start_date) as MIS_START,
            uk(miss_missing_episode_end_date) as MIS_END
        from ssd_missing, copies
    """,
}


def write_return(extract: Path, folder: Path, copies: int) -> int:
    """Write the files of a return from one month of the invented council; return their rows."""
    folder.mkdir(parents=True)
    rows = 0
    with duckdb.connect() as connection:
        connection.execute(
            "create macro uk(day) as strftime(cast(day as date), '%d/%m/%Y');"
            f"create table copies as select unnest(range({copies})) as n"
        )
        for path in sorted((extract / "social_care").glob("ssd_*.csv")):
            connection.execute(
                f"create table {path.stem} as from read_csv(?, all_varchar = true)", [str(path)]
            )
        for name, query in TABLES.items():
            made = connection.sql(query)
            made.write_csv(str(folder / f"{name}.csv"))
            rows += made.count("*").fetchall()[0][0]
    return rows
