-- Grain: one row per missing episode that began in care, up to D, from either kind of extract.
-- Episodes of one child that overlap are one, with the start and id of the first; two that touch stay two (B13).
with

ssd_episodes as (
    select * from {{ ref('stg_ssd__missing') }}
),

ssda903_episodes as (
    select * from {{ ref('stg_ssda903__missing') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'missing_type'
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

recorded_rows as (
    select la, snapshot_month, person_id, missing_id, missing_type, missing_start_date, missing_end_date
    from ssd_episodes
    union all
    select
        la, snapshot_month, child_id as person_id, {{ file_and_row() }} as missing_id,
        missing_type, missing_start_date, missing_end_date
    from ssda903_episodes
),

-- Away without authorisation is not missing. Rows with the same days are one, under the lowest id.
missing_rows as (
    select recorded_rows.*
    from recorded_rows
    left join code_map
        on recorded_rows.la = code_map.la
        and recorded_rows.snapshot_month = code_map.snapshot_month
        and {{ word('recorded_rows.missing_type') }} = code_map.word
    where {{ word('coalesce(code_map.code, recorded_rows.missing_type)') }} in ('m', 'missing')
    qualify row_number() over (
            partition by
                recorded_rows.la, recorded_rows.snapshot_month, recorded_rows.person_id,
                recorded_rows.missing_start_date, recorded_rows.missing_end_date
            order by {{ by_row_id('recorded_rows.missing_id') }}
        ) = 1
),

rows_in_care as (
    select
        periods_of_care.la,
        periods_of_care.snapshot_month,
        periods_of_care.period_end,
        periods_of_care.person_id,
        missing_rows.missing_id,
        missing_rows.missing_start_date,
        missing_rows.missing_end_date
    from periods_of_care
    inner join missing_rows
        on periods_of_care.la = missing_rows.la
        and periods_of_care.snapshot_month = missing_rows.snapshot_month
        and periods_of_care.person_id = missing_rows.person_id
        and periods_of_care.care_start_date <= missing_rows.missing_start_date
        and {{ or_open('periods_of_care.care_end_date') }} > missing_rows.missing_start_date
        and periods_of_care.period_end >= missing_rows.missing_start_date
),

rows_with_end_before as (
    select
        *,
        max({{ or_open('missing_end_date') }}) over (
            partition by la, snapshot_month, period_end, person_id
            order by missing_start_date nulls last, {{ or_open('missing_end_date') }} nulls last
            rows between unbounded preceding and 1 preceding
        ) as end_so_far
    from rows_in_care
),

final as (
    select la, snapshot_month, period_end, person_id, missing_id, missing_start_date
    from rows_with_end_before
    where end_so_far is null or missing_start_date >= end_so_far
)

select * from final
