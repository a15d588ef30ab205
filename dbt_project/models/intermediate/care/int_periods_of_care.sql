-- Grain: one row per period of care at a month end (D): a chain of counted episodes (C7, B0a),
-- ended on the 18th birthday where the law ends it (C8, B5).
with

episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

people as (
    select * from {{ ref('int_people') }}
),

chains as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_number,
        min(start_date) as care_start_date,
        max({{ or_open('end_date') }}) as care_end_or_open
    from episodes
    group by la, snapshot_month, period_end, person_id, care_number
),

first_episodes as (
    select la, snapshot_month, period_end, person_id, care_number, episode_id, start_reason
    from episodes
    qualify row_number() over (
            partition by la, snapshot_month, period_end, person_id, care_number order by episode_number nulls last
        ) = 1
),

-- B0a: the reason is that of the row with the latest end, on a tie the later start, then the higher id.
last_episodes as (
    select la, snapshot_month, period_end, person_id, care_number, end_reason
    from episodes
    qualify row_number() over (
            partition by la, snapshot_month, period_end, person_id, care_number
            order by {{ or_open('end_date') }} desc nulls last, episode_number desc nulls last
        ) = 1
),

-- C8: voluntary accommodation in a children's home (V2 in K2) may go on past 18 if it holds on the
-- birthday, for as long as it holds.
stays_past_eighteen as (
    select
        episodes.la,
        episodes.snapshot_month,
        episodes.period_end,
        episodes.person_id,
        episodes.care_number,
        coalesce(bool_or(
            episodes.legal_status = 'V2' and episodes.placement_code = 'K2'
            and {{ runs_at('episodes.start_date', 'episodes.end_date', 'people.eighteenth_birthday') }}
        ), false) as holds_on_birthday,
        min(case
            when episodes.start_date > people.eighteenth_birthday
                and not coalesce(episodes.legal_status = 'V2' and episodes.placement_code = 'K2', false)
                then episodes.start_date
        end) as stops_holding_date
    from episodes
    inner join people
        on episodes.la = people.la
        and episodes.snapshot_month = people.snapshot_month
        and episodes.person_id = people.person_id
    where people.eighteenth_birthday <= episodes.period_end
    group by episodes.la, episodes.snapshot_month, episodes.period_end, episodes.person_id, episodes.care_number
),

limited_chains as (
    select
        chains.*,
        people.birth_date,
        people.eighteenth_birthday,
        case
            when people.eighteenth_birthday > chains.period_end then null
            when stays_past_eighteen.holds_on_birthday then stays_past_eighteen.stops_holding_date
            else people.eighteenth_birthday
        end as limit_date
    from chains
    left join people
        on chains.la = people.la
        and chains.snapshot_month = people.snapshot_month
        and chains.person_id = people.person_id
    left join stays_past_eighteen
        on chains.la = stays_past_eighteen.la
        and chains.snapshot_month = stays_past_eighteen.snapshot_month
        and chains.period_end = stays_past_eighteen.period_end
        and chains.person_id = stays_past_eighteen.person_id
        and chains.care_number = stays_past_eighteen.care_number
),

final as (
    select
        limited_chains.la,
        limited_chains.snapshot_month,
        limited_chains.period_end,
        limited_chains.person_id,
        limited_chains.care_number,
        first_episodes.episode_id as care_id,
        limited_chains.birth_date,
        limited_chains.eighteenth_birthday,
        limited_chains.care_start_date,
        nullif(
            least(limited_chains.care_end_or_open, {{ or_open('limited_chains.limit_date') }}),
            cast('9999-12-31' as date)
        ) as care_end_date,
        case
            when least(limited_chains.care_end_or_open, {{ or_open('limited_chains.limit_date') }})
                < cast('9999-12-31' as date)
                then coalesce(last_episodes.end_reason, 'NOT_RECORDED')
        end as end_reason,
        coalesce(limited_chains.limit_date < limited_chains.care_end_or_open, false) as is_ended_at_eighteen,
        coalesce(first_episodes.start_reason = 'S', false) as is_admission
    from limited_chains
    inner join first_episodes
        on limited_chains.la = first_episodes.la
        and limited_chains.snapshot_month = first_episodes.snapshot_month
        and limited_chains.period_end = first_episodes.period_end
        and limited_chains.person_id = first_episodes.person_id
        and limited_chains.care_number = first_episodes.care_number
    inner join last_episodes
        on limited_chains.la = last_episodes.la
        and limited_chains.snapshot_month = last_episodes.snapshot_month
        and limited_chains.period_end = last_episodes.period_end
        and limited_chains.person_id = last_episodes.person_id
        and limited_chains.care_number = last_episodes.care_number
    where limited_chains.limit_date is null or limited_chains.care_start_date < limited_chains.limit_date
)

select * from final
