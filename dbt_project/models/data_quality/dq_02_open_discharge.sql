-- Grain: one row per episode that stands open at the snapshot's month end though care is over or about to be.
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

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

people as (
    select * from {{ ref('int_people') }}
),

discharge_signs as (
    select * from {{ ref('int_discharge_signs') }}
),

orders as (
    select * from {{ ref('int_permanence_orders') }}
),

placements as (
    select * from {{ ref('stg_ssd__cla_placement') }}
),

-- B0a: of several open rows the one with the latest start speaks for the child.
open_episodes as (
    select
        episodes.la,
        episodes.snapshot_month,
        snapshots.snapshot_end,
        episodes.person_id,
        counted_episodes.care_number,
        episodes.source_table,
        episodes.episode_id,
        episodes.start_date,
        episodes.end_date as recorded_end_date
    from counted_episodes
    inner join snapshots
        on counted_episodes.la = snapshots.la
        and counted_episodes.snapshot_month = snapshots.snapshot_month
        and counted_episodes.period_end = snapshots.snapshot_end
    inner join episodes
        on counted_episodes.la = episodes.la
        and counted_episodes.snapshot_month = episodes.snapshot_month
        and counted_episodes.person_id = episodes.person_id
        and counted_episodes.episode_number = episodes.episode_number
    where counted_episodes.end_date is null
    qualify row_number() over (
            partition by episodes.la, episodes.snapshot_month, episodes.person_id
            order by episodes.episode_number desc nulls last
        ) = 1
),

-- C8: who may not stay past 18 has left on the birthday; care that only began after it never counted at all.
open_care as (
    select
        open_episodes.*,
        coalesce(periods_of_care.care_start_date, open_episodes.start_date) as care_start_date,
        periods_of_care.person_id is null as began_past_eighteen,
        coalesce(periods_of_care.is_ended_at_eighteen, true) as is_past_eighteen,
        periods_of_care.care_end_date,
        people.eighteenth_birthday,
        case when people.death_date <= open_episodes.snapshot_end then people.death_date end as death_date
    from open_episodes
    left join periods_of_care
        on open_episodes.la = periods_of_care.la
        and open_episodes.snapshot_month = periods_of_care.snapshot_month
        and open_episodes.snapshot_end = periods_of_care.period_end
        and open_episodes.person_id = periods_of_care.person_id
        and open_episodes.care_number = periods_of_care.care_number
    left join people
        on open_episodes.la = people.la
        and open_episodes.snapshot_month = people.snapshot_month
        and open_episodes.person_id = people.person_id
),

dated_signs as (
    select la, snapshot_month, person_id, sign_kind, start_date, end_date from discharge_signs
    where sign_kind <> 'legal order'
    union all
    select
        la, snapshot_month, person_id, 'legal order' as sign_kind, order_date as start_date,
        cast(null as date) as end_date
    from orders
),

signs_since_care_began as (
    select
        open_care.la,
        open_care.snapshot_month,
        open_care.person_id,
        min(case when dated_signs.sign_kind = 'discharge task' then dated_signs.start_date end) as task_date,
        min(case when dated_signs.sign_kind = 'permanence order' then dated_signs.start_date end) as permanence_date,
        min(case when dated_signs.sign_kind = 'legal order' then dated_signs.start_date end) as order_date
    from open_care
    inner join dated_signs
        on open_care.la = dated_signs.la
        and open_care.snapshot_month = dated_signs.snapshot_month
        and open_care.person_id = dated_signs.person_id
        and open_care.care_start_date <= dated_signs.start_date
        and {{ runs_at('dated_signs.start_date', 'dated_signs.end_date', 'open_care.snapshot_end') }}
    group by open_care.la, open_care.snapshot_month, open_care.person_id
),

-- The last home is closed and no other followed it.
closed_homes as (
    select
        open_care.la,
        open_care.snapshot_month,
        open_care.person_id,
        max({{ or_open('placements.placement_end_date') }}) as home_end_date
    from open_care
    inner join placements
        on open_care.la = placements.la
        and open_care.snapshot_month = placements.snapshot_month
        and open_care.person_id = placements.person_id
        and open_care.snapshot_end >= placements.placement_start_date
    group by
        open_care.la, open_care.snapshot_month, open_care.person_id,
        open_care.care_start_date, open_care.snapshot_end
    having max({{ or_open('placements.placement_end_date') }}) < open_care.snapshot_end
        and max({{ or_open('placements.placement_end_date') }}) > open_care.care_start_date
),

signed_care as (
    select
        open_care.*,
        concat_ws(
            ' and ',
            case
                when open_care.is_past_eighteen
                    then 'the child turned 18 on ' || {{ date_text('open_care.eighteenth_birthday') }}
            end,
            'the child died on ' || {{ date_text('open_care.death_date') }},
            'a permanence order was made on ' || {{ date_text('signs_since_care_began.permanence_date') }},
            'an order (special guardianship, child arrangements) began on '
            || {{ date_text('signs_since_care_began.order_date') }},
            'the last placement ended on ' || {{ date_text('closed_homes.home_end_date') }},
            'a discharge has been in the workflow since ' || {{ date_text('signs_since_care_began.task_date') }}
        ) as signs,
        concat_ws(
            ', ',
            case when open_care.is_past_eighteen then 'the date of birth' end,
            case when open_care.death_date is not null then 'the date of death (ssd_person)' end,
            case when signs_since_care_began.permanence_date is not null then 'ssd_permanence' end,
            case when signs_since_care_began.order_date is not null then 'ssd_legal_status' end,
            case when closed_homes.home_end_date is not null then 'ssd_cla_placement' end,
            case when signs_since_care_began.task_date is not null then 'ext_workflow' end
        ) as evidence
    from open_care
    left join signs_since_care_began
        on open_care.la = signs_since_care_began.la
        and open_care.snapshot_month = signs_since_care_began.snapshot_month
        and open_care.person_id = signs_since_care_began.person_id
    left join closed_homes
        on open_care.la = closed_homes.la
        and open_care.snapshot_month = closed_homes.snapshot_month
        and open_care.person_id = closed_homes.person_id
),

-- Only the birthday says when care ended; no other sign is a date of ceasing.
final as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id as row_id,
        {{ episode_column('end_date') }} as column_name,
        {{ date_text('recorded_end_date') }} as bad_value,
        'Still open on ' || {{ date_text('snapshot_end') }} || ', although ' || signs || '.' as detail,
        evidence,
        case
            when began_past_eighteen then '(dropped)'
            when is_past_eighteen then {{ date_text('care_end_date') }}
        end as repaired_value,
        case when is_past_eighteen then {{ repair_id('DQ02', ['la', 'person_id', 'episode_id']) }} end as repair_id
    from signed_care
    where signs <> ''
)

select * from final
