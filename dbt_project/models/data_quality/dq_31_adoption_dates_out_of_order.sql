-- Grain: one row per adoption date that does not stand in the order of the steps (DQ31): care begins, decision,
-- placement order, match, placed, adopted; the match may come before the placement order.
{% set columns = {
    'decision': ('perm_adm_decision_date', 'date_int'),
    'placement_order': ('perm_placement_order_date', 'null'),
    'match': ('perm_matched_date', 'date_match'),
    'placed': ('perm_placed_for_adoption_date', 'null'),
    'adopted': ('perm_permanence_order_date', 'null'),
} -%}
{# What is broken, and which of the two dates is wrong: the one that is out of order with a third as well. #}
{% set pairs = [
    ('decision', 'care', 'decision_date < care_date', "'decision'"),
    ('decision', 'placement_order', 'decision_date > placement_order_date',
     "case when placement_order_date < care_date then 'placement_order' else 'decision' end"),
    ('decision', 'match', 'decision_date > match_date',
     "case when decision_date > placement_order_date or decision_date > placed_date then 'decision' else 'match' end"),
    ('match', 'care', 'match_date < care_date and decision_date is null', "'match'"),
    ('match', 'placed', 'match_date > placed_date',
     "case when placement_order_date > placed_date or decision_date > placed_date then 'placed' else 'match' end"),
    ('placement_order', 'placed', 'placement_order_date > placed_date',
     "case when match_date <= placed_date then 'placement_order' else 'placed' end"),
    ('placed', 'adopted', 'placed_date >= adopted_date',
     "case when greatest(match_date, placement_order_date) >= recorded_order_date then 'adopted' else 'placed' end"),
    ('match', 'adopted', 'match_date >= adopted_date and placed_date is null', "'match'"),
] -%}
{% set words = {
    'care': 'care began', 'decision': 'decision', 'placement_order': 'placement order', 'match': 'match',
    'placed': 'placed', 'adopted': 'adopted',
} -%}
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

permanence as (
    select * from {{ ref('stg_ssd__permanence') }}
),

adopted_children as (
    select * from {{ ref('stg_ssda903__ad1') }}
),

counted_episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

adoptions as (
    select * from {{ ref('int_adoptions') }}
),

recorded_rows as (
    select
        'ssd_permanence' as table_name, la, snapshot_month, person_id, permanence_id as row_id, cla_id,
        adm_decision_date as decision_date, placement_order_date, matched_date as match_date,
        placed_for_adoption_date as placed_date,
        case
            when {{ word("coalesce(permanence_order_type, 'adoption')") }} not in ('sgo', 'cao') then permanence_order_date
        end as recorded_order_date
    from permanence
    union all
    select
        'ssda903_ad1' as table_name, la, snapshot_month, child_id as person_id, {{ file_and_row() }} as row_id,
        cast(null as {{ dbt.type_string() }}) as cla_id, adm_decision_date as decision_date,
        cast(null as date) as placement_order_date, matched_date as match_date, cast(null as date) as placed_date,
        cast(null as date) as recorded_order_date
    from adopted_children
),

episodes_at_month_end as (
    select counted_episodes.*
    from counted_episodes
    inner join snapshots
        on counted_episodes.la = snapshots.la
        and counted_episodes.snapshot_month = snapshots.snapshot_month
        and counted_episodes.period_end = snapshots.snapshot_end
),

-- A row that names no period of care can only be held to the first.
care_starts as (
    select la, snapshot_month, person_id, cla_id, min(start_date) as care_date
    from episodes_at_month_end
    where cla_id is not null
    group by la, snapshot_month, person_id, cla_id
    union all
    select la, snapshot_month, person_id, cast(null as {{ dbt.type_string() }}) as cla_id, min(start_date) as care_date
    from episodes_at_month_end
    group by la, snapshot_month, person_id
),

order_dates as (
    select adoptions.la, adoptions.snapshot_month, adoptions.person_id, max(adoptions.order_date) as order_date
    from adoptions
    inner join snapshots
        on adoptions.la = snapshots.la
        and adoptions.snapshot_month = snapshots.snapshot_month
        and adoptions.period_end = snapshots.snapshot_end
    group by adoptions.la, adoptions.snapshot_month, adoptions.person_id
),

dated_rows as (
    select
        recorded_rows.*,
        care_starts.care_date,
        coalesce(recorded_rows.recorded_order_date, order_dates.order_date) as adopted_date
    from recorded_rows
    inner join snapshots
        on recorded_rows.la = snapshots.la
        and recorded_rows.snapshot_month = snapshots.snapshot_month
    left join care_starts
        on recorded_rows.la = care_starts.la
        and recorded_rows.snapshot_month = care_starts.snapshot_month
        and recorded_rows.person_id = care_starts.person_id
        and coalesce(recorded_rows.cla_id, '') = coalesce(care_starts.cla_id, '')
    left join order_dates
        on recorded_rows.la = order_dates.la
        and recorded_rows.snapshot_month = order_dates.snapshot_month
        and recorded_rows.person_id = order_dates.person_id
),

broken_pairs as (
    {% for first, second, condition, blamed in pairs -%}
        select
            *,
            {{ blamed }} as step,
            concat(
                '{{ words[first] }} ', {{ date_text(first ~ '_date') }}, ', {{ words[second] }} ',
                {{ date_text(second ~ '_date') }}
            ) as broken_pair,
            {{ loop.index }} as pair_number
        from dated_rows
        where {{ condition }}
        {%- if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

blamed_dates as (
    select
        la, snapshot_month, person_id, table_name, row_id,
        case step
            {% for step, (case_column, return_column) in columns.items() -%}
                when '{{ step }}'
                    then case table_name when 'ssda903_ad1' then '{{ return_column }}' else '{{ case_column }}' end
            {% endfor -%}
        end as column_name,
        case step
            {% for step in columns -%}
                when '{{ step }}' then {{ 'recorded_order' if step == 'adopted' else step }}_date
            {% endfor -%}
        end as bad_date,
        broken_pair,
        pair_number
    from broken_pairs
),

final as (
    select
        la, snapshot_month, person_id, table_name, row_id, column_name,
        {{ date_text('bad_date') }} as bad_value,
        concat('The dates are out of order: ', {{ joined_text('broken_pair', '; ', 'pair_number') }}, '.') as detail,
        'the other dates of the adoption, and the episodes of care' as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from blamed_dates
    group by la, snapshot_month, person_id, table_name, row_id, column_name, bad_date
)

select * from final
