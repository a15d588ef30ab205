-- Grain: one row per episode that ended on the 18th birthday with E8 (any other reason), the child not missing.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

episodes as (
    select * from {{ ref('int_repaired_episodes') }}
    where end_reason = 'E8'
),

people as (
    select * from {{ ref('int_people') }}
),

ssd_missing as (
    select * from {{ ref('stg_ssd__missing') }}
),

ssda903_missing as (
    select * from {{ ref('stg_ssda903__missing') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'missing_type'
),

leavers as (
    select * from {{ ref('int_leaver_records') }}
),

missing_rows as (
    select la, snapshot_month, person_id, missing_type, missing_start_date, missing_end_date from ssd_missing
    union all
    select la, snapshot_month, child_id as person_id, missing_type, missing_start_date, missing_end_date
    from ssda903_missing
),

ended_at_eighteen as (
    select episodes.*
    from episodes
    inner join snapshots
        on episodes.la = snapshots.la
        and episodes.snapshot_month = snapshots.snapshot_month
        and episodes.end_date <= snapshots.snapshot_end
    inner join people
        on episodes.la = people.la
        and episodes.snapshot_month = people.snapshot_month
        and episodes.person_id = people.person_id
        and episodes.end_date = people.eighteenth_birthday
),

-- E8 is right for a child who is missing on the birthday; a missing episode is closed on the day care ends.
missing_on_the_day as (
    select distinct ended_at_eighteen.la, ended_at_eighteen.snapshot_month, ended_at_eighteen.person_id
    from ended_at_eighteen
    inner join missing_rows
        on ended_at_eighteen.la = missing_rows.la
        and ended_at_eighteen.snapshot_month = missing_rows.snapshot_month
        and ended_at_eighteen.person_id = missing_rows.person_id
        and ended_at_eighteen.end_date >= missing_rows.missing_start_date
        and ended_at_eighteen.end_date <= {{ or_open('missing_rows.missing_end_date') }}
    left join code_map
        on missing_rows.la = code_map.la
        and missing_rows.snapshot_month = code_map.snapshot_month
        and {{ word('missing_rows.missing_type') }} = code_map.word
    where {{ word('coalesce(code_map.code, missing_rows.missing_type)') }} in ('m', 'missing')
),

final as (
    select
        ended_at_eighteen.la,
        ended_at_eighteen.snapshot_month,
        ended_at_eighteen.person_id,
        ended_at_eighteen.source_table as table_name,
        ended_at_eighteen.episode_id as row_id,
        {{ episode_column('end_reason', 'ended_at_eighteen.') }} as column_name,
        ended_at_eighteen.end_reason as bad_value,
        'Care ended on the 18th birthday, ' || {{ date_text('ended_at_eighteen.end_date') }}
        || ', for any other reason (E8); E8 is never used for turning 18 alone.' as detail,
        'Not missing on that day.' || case
            when leavers.accommodation = 'Z'
                then ' Lives with the former carers as a care leaver (Z), which suggests E17.'
            when leavers.accommodation in ('D', 'T', 'E')
                then ' Lives independently as a care leaver (' || leavers.accommodation || '), which suggests E5.'
            when leavers.accommodation = 'U'
                then ' Lives independently as a care leaver (U), which suggests E6.'
            when leavers.accommodation = 'C'
                then ' Lives in adult care as a care leaver (C), which suggests E7.'
            else ''
        end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from ended_at_eighteen
    left join missing_on_the_day
        on ended_at_eighteen.la = missing_on_the_day.la
        and ended_at_eighteen.snapshot_month = missing_on_the_day.snapshot_month
        and ended_at_eighteen.person_id = missing_on_the_day.person_id
    left join leavers
        on ended_at_eighteen.la = leavers.la
        and ended_at_eighteen.snapshot_month = leavers.snapshot_month
        and ended_at_eighteen.person_id = leavers.person_id
    where missing_on_the_day.person_id is null
)

select * from final
