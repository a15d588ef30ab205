-- Grain: one row per council, snapshot and placement id, as the case system recorded it.
with

placements as (
    select * from {{ ref('stg_ssd__cla_placement') }}
),

households as (
    select la, snapshot_month, placement_id, min(household_id) as household_id
    from {{ ref('stg_ext__foster_placement') }}
    group by la, snapshot_month, placement_id
),

-- The same placement id on two rows: the later start, then the values in order, so that the order
-- of the file does not decide.
placements_once as (
    select * from placements
    qualify row_number() over (
            partition by la, snapshot_month, placement_id
            order by
                placement_start_date desc nulls last, placement_end_date desc nulls first, placement_type nulls last,
                provider nulls last, urn nulls last, postcode_sector nulls last, distance_miles nulls last,
                change_reason nulls last
        ) = 1
),

final as (
    select
        placements_once.la,
        placements_once.snapshot_month,
        placements_once.placement_id,
        placements_once.placement_start_date,
        placements_once.placement_end_date,
        placements_once.placement_type,
        placements_once.provider,
        placements_once.urn,
        placements_once.postcode_sector,
        placements_once.placement_la,
        placements_once.distance_miles,
        placements_once.change_reason,
        households.household_id
    from placements_once
    left join households
        on placements_once.la = households.la
        and placements_once.snapshot_month = households.snapshot_month
        and placements_once.placement_id = households.placement_id
)

select * from final
