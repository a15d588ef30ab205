-- Grain: one row per recorded episode of care, from either kind of extract, exact duplicates once (DQ10).
-- Here the two kinds become one: after this no model knows which of them a council sends.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

ssd_episodes as (
    select * from {{ ref('stg_ssd__cla_episodes') }}
),

placements as (
    select * from {{ ref('int_placements') }}
),

ssda903_episodes as (
    select * from {{ ref('stg_ssda903__episodes') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
),

recorded_rows as (
    select
        'ssd_cla_episodes' as source_table, ssd_episodes.la, ssd_episodes.snapshot_month, ssd_episodes.person_id, ssd_episodes.episode_id,
        ssd_episodes.cla_id, ssd_episodes.episode_start_date, ssd_episodes.episode_end_date,
        ssd_episodes.start_reason, ssd_episodes.end_reason,
        cast(null as {{ dbt.type_string() }}) as legal_status,
        ssd_episodes.placement_id, placements.placement_type, placements.provider, placements.urn,
        placements.postcode_sector, placements.placement_la, placements.distance_miles,
        placements.change_reason, placements.household_id
    from ssd_episodes
    left join placements
        on ssd_episodes.la = placements.la
        and ssd_episodes.snapshot_month = placements.snapshot_month
        and ssd_episodes.placement_id = placements.placement_id
    union all
    select
        'ssda903_episodes' as source_table, la, snapshot_month, child_id as person_id, {{ file_and_row() }} as episode_id,
        cast(null as {{ dbt.type_string() }}) as cla_id, episode_start_date, episode_end_date,
        start_reason, end_reason, legal_status,
        cast(null as {{ dbt.type_string() }}) as placement_id, placement_type, provider, urn,
        postcode_sector, placement_la, cast(null as double) as distance_miles, change_reason,
        cast(null as {{ dbt.type_string() }}) as household_id
    from ssda903_episodes
),

coded_rows as (
    select
        recorded_rows.source_table,
        recorded_rows.la,
        recorded_rows.snapshot_month,
        recorded_rows.person_id,
        recorded_rows.episode_id,
        recorded_rows.cla_id,
        recorded_rows.episode_start_date as start_date,
        recorded_rows.episode_end_date as end_date,
        start_reasons.code as start_reason,
        end_reasons.code as end_reason,
        legal_statuses.code as legal_status,
        recorded_rows.placement_id,
        {{ word('recorded_rows.placement_type') }} as placement_word,
        providers.code as provider,
        upper(recorded_rows.urn) as urn,
        upper(recorded_rows.postcode_sector) as postcode_sector,
        recorded_rows.placement_la,
        recorded_rows.distance_miles,
        recorded_rows.change_reason,
        recorded_rows.household_id
    from recorded_rows
    inner join snapshots
        on recorded_rows.la = snapshots.la
        and recorded_rows.snapshot_month = snapshots.snapshot_month
    {% for domain, column in [
        ('start_reason', 'start_reason'), ('end_reason', 'end_reason'),
        ('legal_status', 'legal_status'), ('provider', 'provider'),
    ] -%}
        {% set alias = domain ~ ('es' if domain == 'legal_status' else 's') -%}
        left join code_map as {{ alias }}
            on recorded_rows.la = {{ alias }}.la
            and recorded_rows.snapshot_month = {{ alias }}.snapshot_month
            and {{ alias }}.domain = '{{ domain }}'
            and {{ word('recorded_rows.' ~ column) }} = {{ alias }}.word
    {% endfor %}
),

-- Rows alike in all but their ids are one row, under the lowest id.
rows_once as (
    select * from coded_rows
    where person_id is not null and start_date is not null
    qualify row_number() over (
            partition by
                la, snapshot_month, person_id, start_date, end_date, start_reason, end_reason, legal_status,
                placement_word, provider, urn, postcode_sector, change_reason
            order by {{ by_row_id('episode_id') }}
        ) = 1
),

final as (
    select
        *,
        cast(row_number() over (
            partition by la, snapshot_month, person_id
            order by start_date nulls last, {{ by_row_id('episode_id') }}, end_date nulls last, placement_word nulls last
        ) as int) as episode_number
    from rows_once
)

select * from final
