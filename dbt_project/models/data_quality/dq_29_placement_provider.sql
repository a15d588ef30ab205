-- Grain: one row per placement whose provider does not go with its kind, or that is with parents by agreement.
with

episodes as (
    select * from {{ ref('int_episodes_in_order') }}
),

counted_episodes as (
    select * from {{ ref('int_counted_episodes') }}
    where placement_code = 'P1' and legal_status = 'V2'
),

placements as (
    select * from {{ ref('int_placements') }}
),

return_episodes as (
    select * from {{ ref('stg_ssda903__episodes') }}
),

repairs as (
    select * from {{ ref('int_repairs') }}
    where issue_id = 'DQ29'
),

-- A word without a code is no empty cell; it has its own finding (DQ28).
recorded_providers as (
    select la, snapshot_month, 'ssd_cla_placement' as table_name, placement_id as row_id, provider
    from placements
    union all
    select la, snapshot_month, 'ssda903_episodes' as table_name, {{ file_and_row() }} as row_id, provider
    from return_episodes
),

placement_rows as (
    select
        la, snapshot_month, person_id, source_table, {{ placement_table() }} as table_name, {{ placement_row() }} as row_id,
        placement_code,
        case
            when placement_code = 'P1' then coalesce(provider <> 'PR0', true)
            else coalesce(provider = 'PR0', placement_code not in ('T0', 'T1', 'T2', 'T3', 'T4', 'Z1'))
        end as is_wrong,
        min(start_date) as start_date
    from episodes
    where placement_code is not null
    group by la, snapshot_month, person_id, source_table, {{ placement_table() }}, {{ placement_row() }}, placement_code, provider
),

wrong_providers as (
    select placement_rows.*, recorded_providers.provider as recorded_provider
    from placement_rows
    inner join recorded_providers
        on placement_rows.la = recorded_providers.la
        and placement_rows.snapshot_month = recorded_providers.snapshot_month
        and placement_rows.table_name = recorded_providers.table_name
        and placement_rows.row_id = recorded_providers.row_id
    where placement_rows.is_wrong
),

with_parents_by_agreement as (
    select
        episodes.la, episodes.snapshot_month, episodes.person_id, episodes.source_table,
        {{ placement_table('episodes.') }} as table_name,
        {{ placement_row('episodes.') }} as row_id,
        min(episodes.start_date) as start_date
    from counted_episodes
    inner join episodes
        on counted_episodes.la = episodes.la
        and counted_episodes.snapshot_month = episodes.snapshot_month
        and counted_episodes.period_end = episodes.snapshot_end
        and counted_episodes.person_id = episodes.person_id
        and counted_episodes.episode_number = episodes.episode_number
    where episodes.placement_code = 'P1'
    group by
        episodes.la, episodes.snapshot_month, episodes.person_id, episodes.source_table, {{ placement_row('episodes.') }}
),

findings as (
    select
        la,
        snapshot_month,
        person_id,
        table_name,
        row_id,
        {{ episode_column('placement_type') }} as column_name,
        'P1' as bad_value,
        concat(
            'From ', {{ date_text('start_date') }}, ' the child was with parents (P1) while accommodated by agreement (V2).'
        ) as detail,
        'The legal status of the episode in the placement.' as evidence
    from with_parents_by_agreement
    union all
    select
        la,
        snapshot_month,
        person_id,
        table_name,
        row_id,
        {{ episode_column('provider') }} as column_name,
        recorded_provider as bad_value,
        case
            when placement_code = 'P1'
                then concat('The placement with parents from ', {{ date_text('start_date') }}, ' does not have provider PR0.')
            when recorded_provider is null
                then concat('The placement (', placement_code, ') from ', {{ date_text('start_date') }}, ' has no provider.')
            else concat(
                    'The placement (', placement_code, ') from ', {{ date_text('start_date') }},
                    ' has parents (PR0) as its provider.'
                )
        end as detail,
        cast(null as {{ dbt.type_string() }}) as evidence
    from wrong_providers
    where placement_code = 'P1' or recorded_provider is null or {{ word('recorded_provider') }} in ('', 'pr0')
),

final as (
    {{ findings_with_repairs() }}
)

select * from final
