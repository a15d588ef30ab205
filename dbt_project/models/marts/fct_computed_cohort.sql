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
final as (
    select
        members_in_window.la,
        members_in_window.snapshot_month,
        members_in_window.computation,
        members_in_window.indicator_id,
        members_in_window.period_end,
        members_in_window.basis,
        members_in_window.person_id,
        members_in_window.event_id,
        members_in_window.category,
        members_in_window.further_category,
        members_in_window.in_numerator,
        members_in_window.amount,
        members_in_window.base_amount
    from members_in_window
    inner join indicators on members_in_window.indicator_id = indicators.indicator_id
    qualify indicators.kind <> 'people'
        or (
            row_number() over (
                partition by
                    members_in_window.la, members_in_window.snapshot_month, members_in_window.indicator_id,
                    members_in_window.period_end, members_in_window.basis, members_in_window.person_id
                order by members_in_window.event_date nulls last, {{ by_row_id('members_in_window.event_id') }}
            ) = 1
            and count(*) over (
                partition by
                    members_in_window.la, members_in_window.snapshot_month, members_in_window.indicator_id,
                    members_in_window.period_end, members_in_window.basis, members_in_window.person_id
            ) >= indicators.minimum_events
        )
)

select * from final
