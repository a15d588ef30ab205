-- Grain: one row per episode of care, or home, that had not ended when the child's next one began.
with

overlapping_episodes as (
    select * from {{ ref('int_overlapping_episodes') }}
),

homes_left_open as (
    select * from {{ ref('int_homes_left_open') }}
),

repairs as (
    select * from {{ ref('int_repairs') }}
    where issue_id = 'DQ11'
),

-- Of two rows of one day neither has a wrong end: the second one is named.
findings as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        case when start_date = next_start_date then next_episode_id else episode_id end as row_id,
        case
            when start_date < next_start_date then {{ episode_column('end_date') }}
            when source_table = 'ssda903_episodes' then 'decom'
            else 'clae_cla_episode_id'
        end as column_name,
        case
            when start_date < next_start_date then {{ date_text('end_date') }}
            when source_table = 'ssda903_episodes' then {{ date_text('next_start_date') }}
            else next_episode_id
        end as bad_value,
        case
            when start_date = next_start_date
                then concat(
                        'Another episode began on the same day, ', {{ date_text('start_date') }}, ', and runs beside it.'
                    )
            when end_date is null
                then concat(
                        'The episode that began on ', {{ date_text('start_date') }}, ' is still open, though the next began on ',
                        {{ date_text('next_start_date') }}, '.'
                    )
            else concat(
                    'The episode that began on ', {{ date_text('start_date') }}, ' ends after the next began on ',
                    {{ date_text('next_start_date') }}, '.'
                )
        end as detail,
        concat('Episode ', case when start_date = next_start_date then episode_id else next_episode_id end, '.')
            as evidence
    from overlapping_episodes
    union all
    select
        la,
        snapshot_month,
        person_id,
        'ssd_cla_placement' as table_name,
        placement_id as row_id,
        'clap_cla_placement_end_date' as column_name,
        {{ date_text('placement_end_date') }} as bad_value,
        concat(
            'The home has not ended, though the child has lived elsewhere since ', {{ date_text('next_start_date') }}, '.'
        ) as detail,
        'The episodes (ssd_cla_episodes).' as evidence
    from homes_left_open
),

final as (
    {{ findings_with_repairs() }}
)

select * from final
