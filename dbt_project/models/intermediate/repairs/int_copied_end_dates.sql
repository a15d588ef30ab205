-- Grain: one row per episode of care on which the end of a later episode was typed over its own (DQ01), with the end
-- that it had, where there is evidence: the next row of the same period of care, or else the latest earlier extract
-- in which the row was closed on another day. Never the next period's start: that would join two periods of care.
with

episodes as (
    select * from {{ ref('int_episodes_in_order') }}
),

earlier_case_system as (
    select * from {{ ref('stg_earlier__cla_episodes') }}
),

earlier_returns as (
    select * from {{ ref('stg_earlier__ssda903_episodes') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'end_reason'
),

-- A temporary stay that ends with the home it lies in has copied nothing to it.
episodes_with_next as (
    select
        *,
        -- A temporary stay that is the last row of its period of care lay inside the home, which went on.
        case
            when lead(is_temporary) over in_order and lead(care, 2) over in_order <> care
                then lead(start_date, 2) over in_order
            else lead(start_date) over in_order
        end as next_start_date,
        case
            when lead(is_temporary) over in_order then lead(care, 2) over in_order
            else lead(care) over in_order
        end as next_care,
        max(case when not is_temporary then start_date end) over (
            partition by la, snapshot_month, person_id, end_date
        ) as later_start_date
    from episodes
    window in_order as (partition by la, snapshot_month, person_id order by episode_number nulls last)
),

-- In the return, which has no ids of periods, only a recorded end of care can be one that was copied to it.
copied_ends as (
    select
        *,
        coalesce(care = next_care and start_date < next_start_date, false) as is_within_care
    from episodes_with_next
    where end_date <= snapshot_end
        and start_date < later_start_date
        and end_date > next_start_date
        and (care = next_care or cla_id is not null or end_reason like 'E%')
),

earlier_ends as (
    select
        copied_ends.la, copied_ends.snapshot_month, copied_ends.person_id, copied_ends.episode_number,
        earlier_case_system.snapshot_month as evidence_month,
        earlier_case_system.episode_end_date as earlier_end_date, earlier_case_system.end_reason as earlier_end_word
    from copied_ends
    inner join earlier_case_system
        on copied_ends.la = earlier_case_system.la
        and copied_ends.snapshot_month > earlier_case_system.snapshot_month
        and copied_ends.person_id = earlier_case_system.person_id
        and copied_ends.episode_id = earlier_case_system.episode_id
        and copied_ends.end_date <> earlier_case_system.episode_end_date
    where copied_ends.source_table = 'ssd_cla_episodes'
    union all
    select
        copied_ends.la, copied_ends.snapshot_month, copied_ends.person_id, copied_ends.episode_number,
        earlier_returns.snapshot_month as evidence_month,
        earlier_returns.episode_end_date as earlier_end_date, earlier_returns.end_reason as earlier_end_word
    from copied_ends
    inner join earlier_returns
        on copied_ends.la = earlier_returns.la
        and copied_ends.snapshot_month > earlier_returns.snapshot_month
        and copied_ends.person_id = earlier_returns.child_id
        and copied_ends.start_date = earlier_returns.episode_start_date
        and copied_ends.end_date <> earlier_returns.episode_end_date
    where copied_ends.source_table = 'ssda903_episodes'
),

-- Two rows of one extract that say different things are no evidence.
ends_by_extract as (
    select
        la, snapshot_month, person_id, episode_number, evidence_month,
        case when min(earlier_end_date) = max(earlier_end_date) then min(earlier_end_date) end as earlier_end_date,
        min(earlier_end_word) as earlier_end_word
    from earlier_ends
    group by la, snapshot_month, person_id, episode_number, evidence_month
),

latest_earlier_ends as (
    select * from ends_by_extract
    qualify row_number() over (
            partition by la, snapshot_month, person_id, episode_number order by evidence_month desc nulls last
        ) = 1
),

final as (
    select
        copied_ends.la,
        copied_ends.snapshot_month,
        copied_ends.person_id,
        copied_ends.episode_number,
        copied_ends.source_table,
        copied_ends.episode_id,
        copied_ends.start_date,
        copied_ends.end_date as recorded_end_date,
        copied_ends.end_reason as recorded_end_reason,
        copied_ends.later_start_date,
        copied_ends.is_within_care,
        case
            when copied_ends.is_within_care then copied_ends.next_start_date
            when latest_earlier_ends.earlier_end_date > copied_ends.start_date
                and latest_earlier_ends.earlier_end_date <= copied_ends.next_start_date
                then latest_earlier_ends.earlier_end_date
        end as restored_end_date,
        case
            when not copied_ends.is_within_care
                and latest_earlier_ends.earlier_end_date > copied_ends.start_date
                and latest_earlier_ends.earlier_end_date <= copied_ends.next_start_date
                then coalesce(code_map.code, copied_ends.end_reason)
            else copied_ends.end_reason
        end as restored_end_reason,
        latest_earlier_ends.evidence_month,
        latest_earlier_ends.earlier_end_date
    from copied_ends
    left join latest_earlier_ends
        on copied_ends.la = latest_earlier_ends.la
        and copied_ends.snapshot_month = latest_earlier_ends.snapshot_month
        and copied_ends.person_id = latest_earlier_ends.person_id
        and copied_ends.episode_number = latest_earlier_ends.episode_number
    left join code_map
        on latest_earlier_ends.la = code_map.la
        and latest_earlier_ends.snapshot_month = code_map.snapshot_month
        and {{ word('latest_earlier_ends.earlier_end_word') }} = code_map.word
)

select * from final
