-- Grain: one row per episode of care that is coded as a move though the child stayed with its carers: adopted by them
-- (DQ33), or gone with them to another house or agency (DQ34). Only an equal household proves it: never a postcode.
with

seams as (
    select * from {{ ref('int_episode_seams') }}
    where touches_before and not is_held_before and not is_temporary and not is_temporary_before
),

judged_seams as (
    select
        *,
        case
            when start_reason in ('P', 'B') and placement_code in ('A3', 'A5') then 'DQ33'
            when start_reason in ('P', 'B') and placement_code in ('A4', 'A6')
                and is_same_household and coalesce(placement_code_before not in {{ adoptive_placements() }}, true)
                then 'DQ33'
            when start_reason = 'P' and is_same_household
                and (
                    coalesce(urn, '') <> coalesce(urn_before, '')
                    or coalesce(postcode_sector, '') <> coalesce(postcode_sector_before, '')
                    or coalesce(provider, '') <> coalesce(provider_before, '')
                )
                then 'DQ34'
            when start_reason = 'P' and {{ word('change_reason_before') }} = 'place'
                and (household_id is null or household_id_before is null)
                and coalesce(placement_id <> placement_id_before, true)
                then 'DQ34'
        end as issue_id
    from seams
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        issue_id,
        source_table,
        episode_id,
        start_date,
        start_reason,
        placement_code,
        household_id,
        is_same_household,
        case
            when not is_same_household then null
            when issue_id = 'DQ33' and (start_reason = 'B' or has_new_legal_status) then 'U'
            else 'T'
        end as repaired_start_reason
    from judged_seams
    where issue_id is not null
)

select * from final
