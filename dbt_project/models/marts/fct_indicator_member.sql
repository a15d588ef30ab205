-- Grain: one row per child, event or household that an indicator lists at a month end or up to it.
-- The list is the warehouse's table of contents; a contract test holds it against the folder.
{{ config(materialized='view') }}
{% set catalogue = dict(indicator_catalogue() | groupby('indicator_id')) -%}
{% set indicator_ids = [
    'lac_count',
    'lac_rate_10k',
    'admissions',
    'ceased',
    'ceased_by_reason',
    'ceased_permanence_pct',
    'reviews_in_timescale_pct',
    'visits_up_to_date_nms_pct',
    'long_term_stability_pct',
    'three_plus_placements_pct',
    'family_based_pct',
    'health_assessment_up_to_date_pct',
    'cl_suitable_accommodation_pct',
    'foster_households',
] %}
with

final as (
    {% for indicator_id in indicator_ids -%}
        select
            '{{ indicator_id }}' as indicator_id,
            la, snapshot_month, period_end, person_id, event_id, event_date, category, is_in_numerator,
            {{ further_columns(catalogue[indicator_id][0]) if execute else '1' }}
        from {{ ref('ind_' ~ indicator_id) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from final
