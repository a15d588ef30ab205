-- Grain: one row per recorded episode of care and the one before it: where two rows meet, and what was before.
-- Copied ends are restored (DQ01); one that cannot be is held: nothing is said of the seam after it. A temporary
-- stay (T0 to T4) inside a placement kept open is no step (C10).
with

episodes as (
    select * from {{ ref('int_episodes_in_order') }}
),

copied_end_dates as (
    select * from {{ ref('int_copied_end_dates') }}
),

restored_episodes as (
    select
        episodes.*,
        copied_end_dates.episode_number is not null as is_copied,
        copied_end_dates.episode_number is not null and copied_end_dates.restored_end_date is null as is_held,
        coalesce(copied_end_dates.restored_end_date, episodes.end_date) as known_end_date,
        coalesce(copied_end_dates.restored_end_reason, episodes.end_reason) as known_end_reason
    from episodes
    left join copied_end_dates
        on episodes.la = copied_end_dates.la
        and episodes.snapshot_month = copied_end_dates.snapshot_month
        and episodes.person_id = copied_end_dates.person_id
        and episodes.episode_number = copied_end_dates.episode_number
),

episodes_with_main_placement as (
    select
        *,
        max(case when not is_temporary then {{ or_open('known_end_date') }} end) over in_order as main_end_so_far,
        count(case when not is_temporary then 1 end) over in_order as main_number,
        min(case when not is_temporary then start_date end) over (
            partition by la, snapshot_month, person_id
            order by episode_number nulls last
            rows between 1 following and unbounded following
        ) as next_main_start_date
    from restored_episodes
    window in_order as (
        partition by la, snapshot_month, person_id
        order by episode_number nulls last
        rows between unbounded preceding and current row
    )
),

-- A stay lies inside a placement when it ends with it or before, unless a main placement begins as the stay ends:
-- then it lies between two of them.
episodes_with_stay_end as (
    select
        *,
        max(case when is_temporary then {{ or_open('known_end_date') }} end) over (
            partition by la, snapshot_month, person_id, main_number
        ) as stay_end_date
    from episodes_with_main_placement
),

steps as (
    select * from episodes_with_stay_end
    where not is_temporary
        or coalesce({{ or_open('known_end_date') }} > main_end_so_far, true)
        or coalesce(stay_end_date = next_main_start_date, false)
),

steps_with_row_before as (
    select
        *,
        max(case when not is_held then {{ or_open('known_end_date') }} end) over (
            partition by la, snapshot_month, person_id
            order by episode_number nulls last
            rows between unbounded preceding and 1 preceding
        ) as end_so_far,
        lead(episode_number) over in_order is null as is_last,
        {% for column in [
            'episode_number', 'episode_id', 'start_date', 'start_reason', 'placement_id', 'placement_code', 'placement_word',
            'provider', 'urn', 'postcode_sector', 'legal_status', 'household_id', 'change_reason', 'is_temporary',
            'is_copied', 'is_held',
        ] -%}
            lag({{ column }}) over in_order as {{ column }}_before,
        {% endfor -%}
        lag(known_end_date) over in_order as end_date_before,
        lag(known_end_reason) over in_order as end_reason_before
    from steps
    window in_order as (partition by la, snapshot_month, person_id order by episode_number nulls last)
),

-- B2: a household, where both have one, decides whether two rows are the same home.
final as (
    select
        *,
        episode_number_before is not null and end_so_far >= start_date as touches_before,
        coalesce(household_id = household_id_before, false) as is_same_household,
        case
            when household_id is not null and household_id_before is not null then household_id = household_id_before
            else coalesce(placement_word, '') = coalesce(placement_word_before, '')
                and coalesce(urn, '') = coalesce(urn_before, '')
                and coalesce(postcode_sector, '') = coalesce(postcode_sector_before, '')
        end as is_same_home,
        case
            when source_table = 'ssda903_episodes' then coalesce(legal_status <> legal_status_before, false)
            else is_new_legal_status
        end as has_new_legal_status
    from steps_with_row_before
)

select * from final
