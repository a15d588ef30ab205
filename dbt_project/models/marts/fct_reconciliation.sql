-- Grain: one row per topic and person that one of two sources of the published month names: which of them do.
{% set topics = [
    ('adoptions', 'tracker_adoptions', 'adoptions'),
    ('orders', 'orders', 'cessations_by_order'),
    ('care_leavers', 'recorded_leavers', 'derived_leavers'),
    ('placements', 'open_placements', 'children_in_care'),
    ('discharges', 'discharge_tasks', 'children_in_care'),
] -%}
with

publications as (
    select * from {{ ref('dim_publication') }}
),

periods as (
    select periods.*
    from {{ ref('int_periods') }} as periods
    inner join publications
        on periods.la = publications.la
        and periods.snapshot_month = publications.snapshot_month
        and periods.period_end = publications.period_end
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where is_landed
),

care as (
    select periods_of_care.*, periods.financial_year_start
    from {{ ref('int_periods_of_care') }} as periods_of_care
    inner join periods
        on periods_of_care.la = periods.la
        and periods_of_care.snapshot_month = periods.snapshot_month
        and periods_of_care.period_end = periods.period_end
),

children_in_care as (
    select la, person_id from care
    where care_end_date is null
),

adoptions as (
    select la, person_id from care
    where care_end_date >= financial_year_start
        and not is_ended_at_eighteen and end_reason in {{ adoption_reasons() }}
),

cessations_by_order as (
    select la, person_id from care
    where care_end_date >= financial_year_start
        and not is_ended_at_eighteen and end_reason in {{ guardianship_or_arrangements_reasons() }}
),

tracker_adoptions as (
    select tracker.la, tracker.person_id
    from {{ ref('stg_ext__adoption_tracker') }} as tracker
    inner join periods
        on tracker.la = periods.la
        and tracker.snapshot_month = periods.snapshot_month
        and tracker.order_date between periods.financial_year_start and periods.period_end
),

orders as (
    select orders_after_care.la, orders_after_care.person_id
    from {{ ref('int_orders_after_care') }} as orders_after_care
    inner join periods
        on orders_after_care.la = periods.la
        and orders_after_care.snapshot_month = periods.snapshot_month
        and orders_after_care.period_end = periods.period_end
        and orders_after_care.order_date >= periods.financial_year_start
),

recorded_leavers as (
    select leaver_records.la, leaver_records.person_id
    from {{ ref('int_leaver_records') }} as leaver_records
    inner join periods
        on leaver_records.la = periods.la
        and leaver_records.snapshot_month = periods.snapshot_month
    inner join {{ ref('int_people') }} as people
        on leaver_records.la = people.la
        and leaver_records.snapshot_month = people.snapshot_month
        and leaver_records.person_id = people.person_id
    where leaver_records.eligibility like '%relevant%' and not leaver_records.is_recorded_dead
        and {{ age_at('people.birth_date', 'periods.period_end') }} between 16 and 24
        and ({{ age_at('people.birth_date', 'periods.period_end') }} < 21 or leaver_records.has_open_service)
),

derived_leavers as (
    select care_leavers.la, care_leavers.person_id
    from {{ ref('int_care_leavers') }} as care_leavers
    inner join periods
        on care_leavers.la = periods.la
        and care_leavers.snapshot_month = periods.snapshot_month
),

open_placements as (
    select placements.la, placements.person_id
    from {{ ref('stg_ssd__cla_placement') }} as placements
    inner join periods
        on placements.la = periods.la
        and placements.snapshot_month = periods.snapshot_month
        and {{ runs_at('placements.placement_start_date', 'placements.placement_end_date', 'periods.period_end') }}
),

discharge_tasks as (
    select signs.la, signs.person_id
    from {{ ref('int_discharge_signs') }} as signs
    inner join periods
        on signs.la = periods.la
        and signs.snapshot_month = periods.snapshot_month
        and {{ runs_at('signs.start_date', 'signs.end_date', 'periods.period_end') }}
    where signs.sign_kind = 'discharge task'
),

named as (
    {% for topic, left, right in topics -%}
        select '{{ topic }}' as topic, la, person_id, 1 as in_left, 0 as in_right from {{ left }}
        union all
        select '{{ topic }}' as topic, la, person_id, 0 as in_left, 1 as in_right from {{ right }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Two sources are compared only where both were delivered.
tables_of_topics as (
    {% for topic, table in [
        ('adoptions', 'ext_adoption_tracker'), ('orders', 'ssd_legal_status'), ('care_leavers', 'ssd_care_leavers'),
        ('placements', 'ssd_cla_placement'), ('discharges', 'ext_workflow'),
    ] -%}
        select '{{ topic }}' as topic, '{{ table }}' as table_name{% if not loop.last %}
            union all{% endif %}
    {% endfor %}
),

topics_delivered as (
    select periods.la, tables_of_topics.topic
    from periods
    inner join landed_tables
        on periods.la = landed_tables.la
        and periods.snapshot_month = landed_tables.snapshot_month
    inner join tables_of_topics on landed_tables.table_name = tables_of_topics.table_name
),

final as (
    select
        named.la,
        named.topic,
        named.person_id,
        max(named.in_left) = 1 as is_in_left,
        max(named.in_right) = 1 as is_in_right
    from named
    inner join topics_delivered
        on named.la = topics_delivered.la
        and named.topic = topics_delivered.topic
    where named.person_id is not null
    group by named.la, named.topic, named.person_id
)

select * from final
