-- Grain: one row per child, event or household behind a figure that this run computes: who counts, and who meets it.
with

members as (
    select * from {{ ref('fct_indicator_member') }}
),

availability as (
    select * from {{ ref('fct_indicator_availability') }}
    where reason_not_available is null
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where is_pending
),

-- An event counts where it lies in the window of the basis; a state at a month end always does.
members_in_window as (
    select
        members.la,
        members.snapshot_month,
        snapshots.computation,
        coalesce(snapshots.is_as_recorded, false) as is_as_recorded,
        members.indicator_id,
        members.period_end,
        availability.basis,
        members.person_id,
        members.event_id,
        members.event_date,
        members.category,
        members.further_category,
        members.is_in_numerator as in_numerator,
        members.amount,
        members.base_amount
    from members
    inner join availability
        on members.la = availability.la
        and members.snapshot_month = availability.snapshot_month
        and members.period_end = availability.period_end
        and members.indicator_id = availability.indicator_id
        and (
            members.event_date is null
            or members.event_date between availability.window_start_date and availability.period_end
        )
    inner join snapshots
        on members.la = snapshots.la
        and members.snapshot_month = snapshots.snapshot_month
),

-- Where persons are counted, each counts once, by the first event, from so many events on.
persons_once as (
    select
        members_in_window.*,
        count(*) over (
            partition by
                members_in_window.la, members_in_window.snapshot_month, members_in_window.indicator_id,
                members_in_window.period_end, members_in_window.basis, members_in_window.person_id
        ) as events,
        indicators.minimum_events
    from members_in_window
    inner join indicators
        on members_in_window.indicator_id = indicators.indicator_id
        and indicators.kind = 'people'
    qualify row_number() over (
            partition by
                members_in_window.la, members_in_window.snapshot_month, members_in_window.indicator_id,
                members_in_window.period_end, members_in_window.basis, members_in_window.person_id
            order by members_in_window.event_date nulls last, {{ by_row_id('members_in_window.event_id') }}
        ) = 1
),

rows_each as (
    select members_in_window.*
    from members_in_window
    inner join indicators
        on members_in_window.indicator_id = indicators.indicator_id
        and indicators.kind <> 'people'
),

final as (
    select
        la, snapshot_month, computation, is_as_recorded, indicator_id, period_end, basis, person_id, event_id, category,
        further_category, in_numerator, amount, base_amount
    from rows_each
    union all
    select
        la, snapshot_month, computation, is_as_recorded, indicator_id, period_end, basis, person_id, event_id, category,
        further_category, in_numerator, amount, base_amount
    from persons_once
    where events >= minimum_events
)

select * from final
