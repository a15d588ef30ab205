-- Grain: one row per counted episode that is a step in where a child lives, in order, with what came before.
-- A temporary stay (T0 to T4) inside a main placement that never ended is folded away here (C10).
with

episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

episodes_in_care as (
    select
        episodes.*,
        periods_of_care.care_end_date,
        max(case when not episodes.is_temporary then {{ or_open('episodes.end_date') }} end) over (
            partition by
                episodes.la, episodes.snapshot_month, episodes.period_end, episodes.person_id, episodes.care_number
            order by episodes.episode_number nulls last
            rows between unbounded preceding and 1 preceding
        ) as main_end_so_far
    from episodes
    inner join periods_of_care
        on episodes.la = periods_of_care.la
        and episodes.snapshot_month = periods_of_care.snapshot_month
        and episodes.period_end = periods_of_care.period_end
        and episodes.person_id = periods_of_care.person_id
        and episodes.care_number = periods_of_care.care_number
        and episodes.start_date < {{ or_open('periods_of_care.care_end_date') }}
),

steps as (
    select * from episodes_in_care
    where not (is_temporary and coalesce({{ or_open('end_date') }} <= main_end_so_far, false))
),

steps_with_row_before as (
    select
        *,
        lag(is_temporary) over in_order as was_temporary,
        lag(placement_code) over in_order as placement_code_before,
        lag(end_date) over in_order as end_date_before,
        lag(household_id) over in_order as household_before,
        lag(home) over in_order as home_before
    from steps
    window in_order as (
        partition by la, snapshot_month, period_end, person_id, care_number order by episode_number nulls last
    )
),

-- One stay in a temporary placement can be several rows: a legal status may change meanwhile.
final as (
    select
        *,
        is_temporary and not coalesce(
            was_temporary and placement_code = placement_code_before and start_reason in ('L', 'T', 'U'), false
        ) as starts_temporary_stay
    from steps_with_row_before
)

select * from final
