-- Grain: one row per period of care that seems to begin where the history in the case system begins: its first episode.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

counted_episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

recorded_entries as (
    select la, snapshot_month, person_id, episode_id, min(entered_care_date) as entered_care_date
    from {{ ref('stg_ssd__cla_episodes') }}
    group by la, snapshot_month, person_id, episode_id
),

episodes_with_care_before as (
    select
        counted_episodes.la,
        counted_episodes.snapshot_month,
        counted_episodes.person_id,
        counted_episodes.episode_number,
        counted_episodes.start_date,
        counted_episodes.start_reason,
        counted_episodes.care_number,
        snapshots.history_from,
        lag(counted_episodes.care_number) over in_order as care_number_before,
        max(counted_episodes.end_date) over (
            partition by counted_episodes.la, counted_episodes.snapshot_month, counted_episodes.person_id
            order by counted_episodes.episode_number nulls last
            rows between unbounded preceding and 1 preceding
        ) as care_end_before
    from counted_episodes
    inner join snapshots
        on counted_episodes.la = snapshots.la
        and counted_episodes.snapshot_month = snapshots.snapshot_month
        and counted_episodes.period_end = snapshots.snapshot_end
    window in_order as (
        partition by counted_episodes.la, counted_episodes.snapshot_month, counted_episodes.person_id
        order by counted_episodes.episode_number nulls last
    )
),

-- Many on one day, as when a new case system goes live: six or more, and ten times what a day of that year brings.
care_beginnings as (
    select
        *,
        count(*) over (partition by la, snapshot_month, start_date) as begun_that_day,
        count(*) over (partition by la, snapshot_month, extract(year from start_date)) as begun_that_year
    from episodes_with_care_before
    where care_number_before is null or care_number <> care_number_before
),

judged_beginnings as (
    select
        care_beginnings.la,
        care_beginnings.snapshot_month,
        care_beginnings.person_id,
        episodes.source_table,
        episodes.episode_id,
        care_beginnings.start_date,
        concat_ws(
            '; ',
            case
                when recorded_entries.entered_care_date < care_beginnings.start_date
                    and (
                        care_beginnings.care_end_before is null
                        or recorded_entries.entered_care_date >= care_beginnings.care_end_before
                    )
                    then 'the child entered care on ' || {{ date_text('recorded_entries.entered_care_date') }}
            end,
            case
                when care_beginnings.care_number_before is null
                    and care_beginnings.start_reason <> 'S'
                    and care_beginnings.start_date >= care_beginnings.history_from
                    then 'this first row begins for the reason ' || care_beginnings.start_reason
                        || ', as if another had gone before'
            end,
            case
                when care_beginnings.begun_that_day >= 6
                    and care_beginnings.begun_that_day * 365 >= care_beginnings.begun_that_year * 10
                    then cast(care_beginnings.begun_that_day as {{ dbt.type_string() }})
                        || ' children are recorded as entering care on that one day'
            end
        ) as signs
    from care_beginnings
    inner join episodes
        on care_beginnings.la = episodes.la
        and care_beginnings.snapshot_month = episodes.snapshot_month
        and care_beginnings.person_id = episodes.person_id
        and care_beginnings.episode_number = episodes.episode_number
    left join recorded_entries
        on episodes.la = recorded_entries.la
        and episodes.snapshot_month = recorded_entries.snapshot_month
        and episodes.person_id = recorded_entries.person_id
        and episodes.episode_id = recorded_entries.episode_id
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id as row_id,
        {{ episode_column('start_date') }} as column_name,
        {{ date_text('start_date') }} as bad_value,
        'Care is recorded from ' || {{ date_text('start_date') }} || ', but ' || signs || '.' as detail,
        'Older records, or an older return, would show when care began.' as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from judged_beginnings
    where signs <> ''
)

select * from final
