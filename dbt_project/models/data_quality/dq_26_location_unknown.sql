-- Grain: one row per looked after child whose present home lies nobody knows where, or where it cannot lie.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

placements as (
    select * from {{ ref('stg_ssd__cla_placement') }}
),

episodes as (
    select * from {{ ref('int_counted_episodes') }}
    where end_date is null and not is_temporary
),

-- Landing keeps no postcode that is none; the quarantine says where it stood.
bad_postcodes as (
    select distinct
        la, snapshot_month, table_name,
        concat(file_name, ':', cast(row_number as {{ dbt.type_string() }})) as file_and_row
    from {{ ref('stg_landing__quarantine') }}
    where column_name in ('clap_cla_placement_postcode', 'pl_post')
),

present_homes as (
    select
        looked_after.la, looked_after.snapshot_month, looked_after.person_id, looked_after.placement_code,
        looked_after.distance_miles, true as has_distance, 'ssd_cla_placement' as table_name,
        looked_after.placement_id as row_id, 'clap_cla_placement_postcode' as postcode_column,
        placements.postcode_sector, {{ file_and_row() }} as file_and_row
    from snapshots
    inner join looked_after
        on snapshots.la = looked_after.la
        and snapshots.snapshot_month = looked_after.snapshot_month
        and snapshots.snapshot_end = looked_after.period_end
    left join placements
        on looked_after.la = placements.la
        and looked_after.snapshot_month = placements.snapshot_month
        and looked_after.placement_id = placements.placement_id
    where snapshots.route = 'ssd'
    qualify row_number() over (
            partition by looked_after.la, looked_after.snapshot_month, looked_after.person_id
            order by placements.placement_start_date desc nulls last, placements.source_row nulls last
        ) = 1
    union all
    select
        looked_after.la, looked_after.snapshot_month, looked_after.person_id, episodes.placement_code,
        cast(null as double) as distance_miles, false as has_distance, 'ssda903_episodes' as table_name,
        episodes.episode_id as row_id, 'pl_post' as postcode_column,
        episodes.postcode_sector, episodes.episode_id as file_and_row
    from snapshots
    inner join looked_after
        on snapshots.la = looked_after.la
        and snapshots.snapshot_month = looked_after.snapshot_month
        and snapshots.snapshot_end = looked_after.period_end
    inner join episodes
        on looked_after.la = episodes.la
        and looked_after.snapshot_month = episodes.snapshot_month
        and looked_after.period_end = episodes.period_end
        and looked_after.person_id = episodes.person_id
    where snapshots.route = 'ssda903'
    qualify row_number() over (
            partition by looked_after.la, looked_after.snapshot_month, looked_after.person_id
            order by episodes.episode_number desc nulls last
        ) = 1
),

-- One row per home: an unknown distance first, for which the postcode may be the cause.
unknown_places as (
    select
        present_homes.*,
        bad_postcodes.file_and_row is not null or coalesce(present_homes.postcode_sector like 'ZZ99%', false)
            as is_postcode_bad,
        case
            when present_homes.has_distance and coalesce(present_homes.distance_miles, 999.9) > 999 then 'unknown'
            when present_homes.distance_miles = 0 and coalesce(present_homes.placement_code, '') <> 'P1' then 'nought'
            when bad_postcodes.file_and_row is not null or present_homes.postcode_sector like 'ZZ99%' then 'postcode'
        end as fault
    from present_homes
    left join bad_postcodes
        on present_homes.la = bad_postcodes.la
        and present_homes.snapshot_month = bad_postcodes.snapshot_month
        and present_homes.table_name = bad_postcodes.table_name
        and present_homes.file_and_row = bad_postcodes.file_and_row
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        table_name,
        row_id,
        case when fault = 'postcode' then postcode_column else 'clap_cla_placement_distance' end as column_name,
        case
            when fault = 'postcode' then postcode_sector
            else cast(distance_miles as {{ dbt.type_string() }})
        end as bad_value,
        case fault
            when 'unknown'
                then concat(
                        'The distance of the present home (', coalesce(placement_code, 'type unknown'),
                        ') from home is ',
                        case when distance_miles is null then 'not recorded' else 'recorded as unknown (999.9)' end, '.'
                    )
            when 'nought'
                then concat(
                        'The present home (', coalesce(placement_code, 'type unknown'),
                        ') lies nought miles from home, though the child is not placed with the parents.'
                    )
            else concat(
                    'The postcode of the present home is ', coalesce(postcode_sector, 'none'), ', which is no place.'
                )
        end as detail,
        concat(
            table_name, ': ',
            case when is_postcode_bad then 'the postcode is none either' else 'the row of the present home' end
        ) as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from unknown_places
    where fault is not null
)

select * from final
