-- Grain: one row per stay in a temporary placement (T0 to T4), with whether it counts as a placement of
-- its own: closed and over its limit, or closed with nothing after it in the period of care (C10, B1).
with

steps as (
    select * from {{ ref('int_placement_steps') }}
),

numbered_steps as (
    select
        *,
        max(episode_number) over (
            partition by la, snapshot_month, period_end, person_id, care_number
        ) as last_episode_number,
        sum(case when starts_temporary_stay then 1 else 0 end) over (
            partition by la, snapshot_month, period_end, person_id, care_number order by episode_number nulls last
        ) as stay_number
    from steps
),

stays as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_number,
        stay_number,
        min(placement_code) as placement_code,
        min(episode_number) as first_episode_number,
        max(episode_number) as last_episode_number,
        max(episode_number) = max(last_episode_number) as is_last_in_care,
        min(start_date) as start_date,
        nullif(max({{ or_open('end_date') }}), cast('9999-12-31' as date)) as end_date
    from numbered_steps
    where is_temporary
    group by la, snapshot_month, period_end, person_id, care_number, stay_number
),

final as (
    select
        la, snapshot_month, period_end, person_id, care_number, placement_code,
        first_episode_number, last_episode_number, start_date, end_date,
        end_date is not null and (
            is_last_in_care
            or coalesce(
                {{ dbt.datediff('start_date', 'end_date', 'day') }} > {{ temporary_limit_days('placement_code') }}, false
            )
        ) as is_own_placement
    from stays
)

select * from final
