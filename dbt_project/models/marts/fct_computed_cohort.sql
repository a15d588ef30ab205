-- Grain: one row per child, event or household behind a figure that this run computes: who counts, and who meets it.
-- The list is the warehouse's table of contents; a contract test holds it against the folder.
{% set indicators = [
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

members as (
    {% for indicator_id in indicators -%}
        select
            '{{ indicator_id }}' as indicator_id,
            la, snapshot_month, period_end, person_id, event_id, event_date, category, is_in_numerator
        from {{ ref('ind_' ~ indicator_id) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

availability as (
    select * from {{ ref('fct_indicator_availability') }}
    where reason_not_available is null
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where is_pending
),

-- An event counts where it lies in the window of the basis; a state at a month end always does.
final as (
    select
        members.la,
        members.snapshot_month,
        snapshots.computation,
        members.indicator_id,
        members.period_end,
        availability.basis,
        members.person_id,
        members.event_id,
        members.category,
        members.is_in_numerator as in_numerator
    from members
    inner join availability
        on members.la = availability.la
        and members.snapshot_month = availability.snapshot_month
        and members.period_end = availability.period_end
        and members.indicator_id = availability.indicator_id
        and (
            members.event_date is null
            or members.event_date between availability.window_start_date and availability.period_end
        )
    inner join snapshots
        on members.la = snapshots.la
        and members.snapshot_month = snapshots.snapshot_month
)

select * from final
