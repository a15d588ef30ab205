-- Grain: one row per legal status that short breaks have outgrown: more than 75 nights in 12 months or one break of
-- more than 17 (regulation 48); and per child whose pattern of breaks is recorded as accommodation (V2).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

episodes as (
    select * from {{ ref('int_repaired_episodes') }}
),

episode_statuses as (
    select * from {{ ref('int_episode_legal_statuses') }}
),

legal_statuses as (
    select * from {{ ref('stg_ssd__legal_status') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'legal_status' and code in ('V2', 'V3', 'V4')
),

-- The row to put right; in the return the status stands on the episode.
status_rows as (
    select
        legal_statuses.la, legal_statuses.snapshot_month, legal_statuses.person_id, 'ssd_legal_status' as table_name,
        coalesce(legal_statuses.legal_status_id, {{ file_and_row() }}) as row_id, 'lega_legal_status' as column_name,
        legal_statuses.legal_status as bad_value, code_map.code as legal_status,
        legal_statuses.legal_status_start_date as start_date, legal_statuses.legal_status_end_date as end_date
    from legal_statuses
    inner join code_map
        on legal_statuses.la = code_map.la
        and legal_statuses.snapshot_month = code_map.snapshot_month
        and {{ word('legal_statuses.legal_status') }} = code_map.word
    union all
    select
        la, snapshot_month, person_id, source_table as table_name, episode_id as row_id, 'ls' as column_name,
        legal_status as bad_value, legal_status, start_date, end_date
    from episodes
    where source_table = 'ssda903_episodes' and legal_status in ('V2', 'V3', 'V4')
),

-- Breaks as such, and stays in accommodation that look like one: a few nights, and home again.
stays as (
    select
        snapshots.la, snapshots.snapshot_month, snapshots.snapshot_end, episodes.person_id, episodes.episode_number,
        episode_statuses.legal_status, episodes.start_date,
        least({{ or_open('episodes.end_date') }}, snapshots.snapshot_end) as end_date,
        {{ dbt.datediff(
            'episodes.start_date', 'least(' ~ or_open('episodes.end_date') ~ ', snapshots.snapshot_end)', 'day'
        ) }} as nights,
        {{ add_months('least(' ~ or_open('episodes.end_date') ~ ', snapshots.snapshot_end)', -12) }} as year_start_date
    from snapshots
    inner join episodes
        on snapshots.la = episodes.la
        and snapshots.snapshot_month = episodes.snapshot_month
        and snapshots.snapshot_end > episodes.start_date
    inner join episode_statuses
        on episodes.la = episode_statuses.la
        and episodes.snapshot_month = episode_statuses.snapshot_month
        and episodes.person_id = episode_statuses.person_id
        and episodes.episode_number = episode_statuses.episode_number
    where episode_statuses.legal_status = 'V3'
        or (
            episode_statuses.legal_status = 'V2' and episodes.start_reason = 'S'
            and episodes.end_reason in ('E4A', 'E4B') and episodes.end_date <= snapshots.snapshot_end
            and {{ dbt.datediff('episodes.start_date', 'episodes.end_date', 'day') }} between 1 and 17
        )
),

stays_with_year as (
    select
        stays.la, stays.snapshot_month, stays.person_id, stays.episode_number, stays.legal_status, stays.start_date,
        stays.end_date, stays.nights,
        count(*) as stays_in_year,
        sum({{ dbt.datediff(
            'greatest(others.start_date, stays.year_start_date)', 'least(others.end_date, stays.end_date)', 'day'
        ) }}) as nights_in_year
    from stays
    inner join stays as others
        on stays.la = others.la
        and stays.snapshot_month = others.snapshot_month
        and stays.person_id = others.person_id
        and stays.legal_status = others.legal_status
        and stays.end_date > others.start_date
        and stays.year_start_date < others.end_date
    group by
        stays.la, stays.snapshot_month, stays.person_id, stays.episode_number, stays.legal_status, stays.start_date,
        stays.end_date, stays.nights
),

stays_in_order as (
    select
        *,
        lag(nights_in_year) over in_order as nights_in_year_before,
        row_number() over (
            partition by la, snapshot_month, person_id, legal_status, stays_in_year >= 4
            order by end_date desc nulls last, episode_number desc nulls last
        ) as turn_from_last
    from stays_with_year
    window in_order as (
        partition by la, snapshot_month, person_id, legal_status order by end_date nulls last, episode_number nulls last
    )
),

-- The break that passed the limit, not those after it; of accommodation for breaks the latest.
stays_past_limit as (
    select
        *,
        case
            when legal_status = 'V2'
                then concat(
                        cast(stays_in_year as {{ dbt.type_string() }}),
                        ' stays of a few nights in 12 months, each ended by a',
                        ' return home, are recorded as accommodation: a series of short breaks?'
                    )
            when nights > 17
                then concat(
                        'A short break from ', {{ date_text('start_date') }},
                        ' lasted ', cast(nights as {{ dbt.type_string() }}),
                        ' nights; one of more than 17 is no short break.'
                    )
            else concat(
                    'With the break that ended on ', {{ date_text('end_date') }},
                    ' the short breaks of 12 months came to ',
                    cast(nights_in_year as {{ dbt.type_string() }}),
                    ' nights; more than 75 are no series of short breaks.'
                )
        end as detail
    from stays_in_order
    where (legal_status = 'V2' and stays_in_year >= 4 and turn_from_last = 1)
        or (legal_status = 'V3' and nights > 17)
        or (legal_status = 'V3' and nights_in_year > 75 and coalesce(nights_in_year_before, 0) <= 75)
),

-- The agreement (V4), where one still runs after that point: it is the status that was left.
final as (
    select
        stays_past_limit.la,
        stays_past_limit.snapshot_month,
        stays_past_limit.person_id,
        status_rows.table_name,
        status_rows.row_id,
        status_rows.column_name,
        status_rows.bad_value,
        stays_past_limit.detail,
        concat(
            'episodes of care: ', cast(stays_past_limit.stays_in_year as {{ dbt.type_string() }}), ' stays, ',
            cast(stays_past_limit.nights_in_year as {{ dbt.type_string() }}), ' nights in the 12 months to ',
            {{ date_text('stays_past_limit.end_date') }}
        ) as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from stays_past_limit
    inner join status_rows
        on stays_past_limit.la = status_rows.la
        and stays_past_limit.snapshot_month = status_rows.snapshot_month
        and stays_past_limit.person_id = status_rows.person_id
        and (
            (
                stays_past_limit.legal_status = status_rows.legal_status
                and {{ runs_at('status_rows.start_date', 'status_rows.end_date', 'stays_past_limit.start_date') }}
            )
            or (
                stays_past_limit.legal_status = 'V3' and status_rows.legal_status = 'V4'
                and {{ runs_at('status_rows.start_date', 'status_rows.end_date', 'stays_past_limit.end_date') }}
            )
        )
    qualify row_number() over (
            partition by
                stays_past_limit.la, stays_past_limit.snapshot_month, stays_past_limit.person_id,
                stays_past_limit.episode_number
            order by
                status_rows.legal_status desc nulls last, status_rows.start_date desc nulls last,
                {{ by_row_id('status_rows.row_id') }}
        ) = 1
        and row_number() over (
            partition by stays_past_limit.la, stays_past_limit.snapshot_month, status_rows.row_id
            order by stays_past_limit.end_date nulls last, stays_past_limit.episode_number nulls last
        ) = 1
)

select * from final
