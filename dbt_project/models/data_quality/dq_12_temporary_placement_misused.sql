-- Grain: one row per temporary stay (T0 to T4) that cannot be one, per provider recorded on one, and per return
-- from one that is coded as if the child had not been away.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

counted_episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

placement_steps as (
    select * from {{ ref('int_placement_steps') }}
),

temporary_stays as (
    select * from {{ ref('int_temporary_stays') }}
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

steps as (
    select
        placement_steps.*,
        lag(placement_steps.episode_number) over in_order as episode_before,
        max(placement_steps.episode_number) over (
            partition by
                placement_steps.la, placement_steps.snapshot_month, placement_steps.person_id, placement_steps.care_number
        ) as last_episode_in_care,
        max(case when not placement_steps.is_temporary then placement_steps.episode_number end) over (
            partition by
                placement_steps.la, placement_steps.snapshot_month, placement_steps.person_id, placement_steps.care_number
            order by placement_steps.episode_number nulls last
            rows between unbounded preceding and 1 preceding
        ) as main_episode_before
    from placement_steps
    inner join snapshots
        on placement_steps.la = snapshots.la
        and placement_steps.snapshot_month = snapshots.snapshot_month
        and placement_steps.period_end = snapshots.snapshot_end
    window in_order as (
        partition by
            placement_steps.la, placement_steps.snapshot_month, placement_steps.person_id, placement_steps.care_number
        order by placement_steps.episode_number nulls last
    )
),

-- B2: a household, where both have one, decides whether the child came back to the same home.
returns as (
    select
        steps.la,
        steps.snapshot_month,
        steps.period_end,
        steps.person_id,
        steps.care_number,
        steps.episode_number,
        steps.episode_before,
        steps.start_date,
        case
            when steps.household_id is not null and homes_before.household_id is not null
                then steps.household_id = homes_before.household_id
            else steps.home = homes_before.home
        end as is_same_home
    from steps
    inner join steps as homes_before
        on steps.la = homes_before.la
        and steps.snapshot_month = homes_before.snapshot_month
        and steps.person_id = homes_before.person_id
        and steps.care_number = homes_before.care_number
        and steps.main_episode_before = homes_before.episode_number
    where steps.was_temporary and not steps.is_temporary
),

-- A temporary row that is no step was folded into the main placement that it lies in.
temporary_rows as (
    select
        counted_episodes.la,
        counted_episodes.snapshot_month,
        counted_episodes.period_end,
        counted_episodes.person_id,
        counted_episodes.episode_number,
        counted_episodes.start_date,
        counted_episodes.end_date,
        counted_episodes.placement_code,
        counted_episodes.provider,
        steps.person_id is null as is_inside_main,
        steps.episode_before is null as has_none_before,
        steps.last_episode_in_care,
        episodes.source_table,
        episodes.episode_id,
        {{ placement_table('episodes.') }} as table_name,
        {{ placement_row('episodes.') }} as row_id,
        {{ episode_column('placement_type', 'episodes.') }} as type_column,
        {{ episode_column('provider', 'episodes.') }} as provider_column
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
    left join steps
        on counted_episodes.la = steps.la
        and counted_episodes.snapshot_month = steps.snapshot_month
        and counted_episodes.person_id = steps.person_id
        and counted_episodes.episode_number = steps.episode_number
    where counted_episodes.is_temporary
),

-- A stay is known by its first row; its end, and what came after, are those of its last.
stays as (
    select
        temporary_rows.*,
        coalesce(temporary_stays.end_date, temporary_rows.end_date) as stay_end_date,
        {{ dbt.datediff(
            'temporary_rows.start_date',
            'coalesce(temporary_stays.end_date, temporary_rows.end_date, temporary_rows.period_end)', 'day'
        ) }} as stay_days,
        {{ temporary_limit_days('temporary_rows.placement_code') }} as limit_days,
        coalesce(
            temporary_stays.last_episode_number = temporary_rows.last_episode_in_care
            and temporary_stays.end_date is not null, false
        ) as has_none_after,
        coalesce(not returns.is_same_home, false) as is_return_elsewhere,
        temporary_stays.is_own_placement,
        returns.episode_number as return_episode_number,
        returns.start_date as return_date
    from temporary_rows
    left join temporary_stays
        on temporary_rows.la = temporary_stays.la
        and temporary_rows.snapshot_month = temporary_stays.snapshot_month
        and temporary_rows.period_end = temporary_stays.period_end
        and temporary_rows.person_id = temporary_stays.person_id
        and temporary_rows.episode_number = temporary_stays.first_episode_number
    left join returns
        on temporary_stays.la = returns.la
        and temporary_stays.snapshot_month = returns.snapshot_month
        and temporary_stays.person_id = returns.person_id
        and temporary_stays.care_number = returns.care_number
        and temporary_stays.last_episode_number = returns.episode_before
    where temporary_rows.is_inside_main or temporary_stays.person_id is not null
),

judged_stays as (
    select
        *,
        concat_ws(
            '; ',
            case
                when stay_days > limit_days
                    then 'it lasted ' || cast(stay_days as {{ dbt.type_string() }}) || ' days, the most is '
                        || cast(limit_days as {{ dbt.type_string() }})
            end,
            case when has_none_before and not is_inside_main then 'no placement comes before it in this time in care' end,
            case when has_none_after then 'no placement follows it in this time in care' end,
            case when is_return_elsewhere then 'the child did not return to the home of before' end
        ) as faults
    from stays
),

returns_coded_wrong as (
    select
        stays.la, stays.snapshot_month, stays.person_id, stays.return_date, stays.placement_code,
        stays.is_own_placement, episodes.source_table, episodes.episode_id, episodes.start_reason as return_reason
    from stays
    inner join episodes
        on stays.la = episodes.la
        and stays.snapshot_month = episodes.snapshot_month
        and stays.person_id = episodes.person_id
        and stays.return_episode_number = episodes.episode_number
    where episodes.start_reason in ('T', 'L') and not stays.is_return_elsewhere
),

findings as (
    select
        la, snapshot_month, person_id, table_name, row_id, type_column as column_name, placement_code as bad_value,
        'The temporary placement (' || placement_code || ') from ' || {{ date_text('start_date') }}
        || ' cannot be one: ' || faults || '.' as detail,
        'It ' || coalesce('ended on ' || {{ date_text('stay_end_date') }}, 'is open')
        || coalesce('; the next placement began on ' || {{ date_text('return_date') }}, '') || '.' as evidence,
        case when is_inside_main then '(folded)' end as repaired_value
    from judged_stays
    where faults <> ''
    union all
    select
        la, snapshot_month, person_id, table_name, row_id, provider_column as column_name, provider as bad_value,
        'A temporary placement (' || placement_code || ') has no provider; ' || provider || ' is recorded.' as detail,
        cast(null as {{ dbt.type_string() }}) as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value
    from temporary_rows
    where provider is not null
    union all
    select
        la, snapshot_month, person_id, source_table as table_name, episode_id as row_id,
        {{ episode_column('start_reason') }} as column_name, return_reason as bad_value,
        'The return from a temporary placement (' || placement_code || ') on ' || {{ date_text('return_date') }}
        || ' is a change of placement (P), not ' || return_reason || '.' as detail,
        'The child is back in the home of before.' as evidence,
        case when not is_own_placement then '(folded)' end as repaired_value
    from returns_coded_wrong
),

-- A placement that several rows share is told once.
final as (
    select
        la,
        snapshot_month,
        person_id,
        table_name,
        row_id,
        column_name,
        bad_value,
        detail,
        evidence,
        repaired_value,
        case
            when repaired_value is not null then {{ repair_id('DQ12', ['la', 'person_id', 'row_id', 'column_name']) }}
        end as repair_id
    from findings
    qualify row_number() over (
            partition by la, snapshot_month, person_id, table_name, row_id, column_name, bad_value
            order by detail nulls last
        ) = 1
)

select * from final
