-- Grain: one row per fact of an adoption on which the service's own tracker and the case system differ (DQ09).
{% set steps = [
    ('decision', 'adm_decision_date', 'shobpa_date', 'perm_adm_decision_date'),
    ('placement order', 'placement_order_date', 'placement_order_date', 'perm_placement_order_date'),
    ('match', 'matched_date', 'match_date', 'perm_matched_date'),
    ('placing', 'placed_for_adoption_date', 'placed_date', 'perm_placed_for_adoption_date'),
    ('adoption order', 'permanence_order_date', 'order_date', 'perm_permanence_order_date'),
] -%}
{% set sources = {
    'decision': 'decision_source', 'placement order': 'placement_order_source', 'match': 'matched_source',
    'placing': 'placed_source',
} -%}
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where is_landed
),

-- Of several lines of one child the one that the figures read.
tracker as (
    select * from {{ ref('stg_ext__adoption_tracker') }}
    where person_id is not null
    qualify row_number() over (
            partition by la, snapshot_month, person_id
            order by
                source_date desc nulls last, placed_date desc nulls last, match_date desc nulls last,
                placement_order_date desc nulls last, shobpa_date desc nulls last
        ) = 1
),

permanence as (
    select * from {{ ref('stg_ssd__permanence') }}
    where {{ word("coalesce(permanence_order_type, 'adoption')") }} not in ('sgo', 'cao')
),

people_with_rows as (
    select la, snapshot_month, person_id from {{ ref('int_adoption_decisions') }}
    union
    select la, snapshot_month, person_id from permanence
),

adoptions as (
    select * from {{ ref('int_adoptions') }}
),

counted_episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

-- The last episode of each period of care: there its end is recorded.
last_episodes as (
    select
        counted_episodes.*, snapshots.route, snapshots.history_from,
        case snapshots.route when 'ssda903' then 'ssda903_episodes' else 'ssd_cla_episodes' end as source_table
    from counted_episodes
    inner join snapshots
        on counted_episodes.la = snapshots.la
        and counted_episodes.snapshot_month = snapshots.snapshot_month
        and counted_episodes.period_end = snapshots.snapshot_end
    qualify row_number() over (
            partition by
                counted_episodes.la, counted_episodes.snapshot_month, counted_episodes.person_id,
                counted_episodes.care_number
            order by
                {{ or_open('counted_episodes.end_date') }} desc nulls last, counted_episodes.episode_number desc nulls last
        ) = 1
),

-- The last period of care of each child: the adoption, where there is one.
last_care as (
    select
        last_episodes.la, last_episodes.snapshot_month, last_episodes.person_id, last_episodes.episode_id,
        last_episodes.end_date, last_episodes.end_reason, last_episodes.route, last_episodes.history_from,
        last_episodes.source_table, adoptions.order_date,
        adoptions.decision_source, adoptions.placement_order_source, adoptions.matched_source, adoptions.placed_source
    from last_episodes
    left join adoptions
        on last_episodes.la = adoptions.la
        and last_episodes.snapshot_month = adoptions.snapshot_month
        and last_episodes.period_end = adoptions.period_end
        and last_episodes.person_id = adoptions.person_id
        and last_episodes.care_number = adoptions.care_number
    qualify row_number() over (
            partition by last_episodes.la, last_episodes.snapshot_month, last_episodes.person_id
            order by adoptions.order_date desc nulls last, last_episodes.care_number desc nulls last
        ) = 1
),

not_adopted as (
    select
        tracker.la, tracker.snapshot_month, tracker.person_id,
        coalesce(last_care.source_table, 'ext_adoption_tracker') as table_name,
        coalesce(last_care.episode_id, tracker.person_id) as row_id,
        case
            when last_care.episode_id is null then 'order_date'
            when last_care.end_date is null then {{ episode_column('end_date', 'last_care.') }}
            else {{ episode_column('end_reason', 'last_care.') }}
        end as column_name,
        case when last_care.episode_id is null then {{ date_text('tracker.order_date') }} else last_care.end_reason end
            as bad_value,
        concat(
            'The tracker says that the child was adopted on ', {{ date_text('tracker.order_date') }},
            '; in the case system ',
            case
                when last_care.episode_id is null then 'the child was never looked after.'
                when last_care.end_date is null then 'the child is still looked after.'
                else concat(
                        'care ended on ', {{ date_text('last_care.end_date') }}, ' with ',
                        coalesce(last_care.end_reason, 'no reason'), '.'
                    )
            end
        ) as detail,
        concat('ext_adoption_tracker of ', tracker.snapshot_month, ', line of the child') as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value
    from tracker
    inner join snapshots
        on tracker.la = snapshots.la
        and tracker.snapshot_month = snapshots.snapshot_month
        and tracker.order_date <= snapshots.snapshot_end
    left join last_care
        on tracker.la = last_care.la
        and tracker.snapshot_month = last_care.snapshot_month
        and tracker.person_id = last_care.person_id
    where last_care.order_date is null
),

-- A return holds the adoptions of its own year only.
adopted_without_a_row as (
    select
        last_care.la, last_care.snapshot_month, last_care.person_id, last_care.source_table as table_name,
        last_care.episode_id as row_id, {{ episode_column('end_reason', 'last_care.') }} as column_name,
        last_care.end_reason as bad_value,
        concat(
            'Care ended on ', {{ date_text('last_care.order_date') }}, ' with an adoption (', last_care.end_reason,
            '), and no row says when it was decided, matched and placed.'
        ) as detail,
        concat('no row of the child in ', landed_tables.table_name, ' of ', last_care.snapshot_month) as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value
    from last_care
    inner join landed_tables
        on last_care.la = landed_tables.la
        and last_care.snapshot_month = landed_tables.snapshot_month
        and landed_tables.table_name = case last_care.route when 'ssda903' then 'ssda903_ad1' else 'ssd_permanence' end
    left join people_with_rows
        on last_care.la = people_with_rows.la
        and last_care.snapshot_month = people_with_rows.snapshot_month
        and last_care.person_id = people_with_rows.person_id
    where people_with_rows.person_id is null
        and (last_care.route = 'ssd' or last_care.order_date >= last_care.history_from)
        and last_care.order_date is not null
),

-- The row that speaks: the latest decision that was not reversed.
permanence_rows as (
    select permanence.*, snapshots.snapshot_end
    from permanence
    inner join snapshots
        on permanence.la = snapshots.la
        and permanence.snapshot_month = snapshots.snapshot_month
        and snapshots.snapshot_end < {{ or_open('permanence.decision_reversed_date') }}
    qualify row_number() over (
            partition by permanence.la, permanence.snapshot_month, permanence.person_id
            order by
                permanence.adm_decision_date desc nulls last, length(permanence.permanence_id) desc nulls last,
                permanence.permanence_id desc nulls last
        ) = 1
),

steps as (
    {% for step, recorded, tracked, column in steps -%}
        select
            la, snapshot_month, person_id, permanence_id as row_id, snapshot_end, '{{ step }}' as step,
            '{{ column }}' as column_name, '{{ tracked }}' as tracker_column, {{ recorded }} as recorded_date
        from permanence_rows
        {%- if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

-- What the case system says in another place (the first E1, the first adoptive placement, the end of care) is no gap.
steps_apart as (
    select
        steps.*,
        case steps.tracker_column
            {% for step, recorded, tracked, column in steps -%}
                when '{{ tracked }}' then tracker.{{ tracked }}
            {% endfor -%}
        end as tracker_date,
        case steps.step
            {% for step, source in sources.items() -%}
                when '{{ step }}' then last_care.{{ source }}
            {% endfor -%}
            else case when last_care.order_date = tracker.order_date then 'tracker' end
        end as source,
        last_care.order_date
    from steps
    inner join tracker
        on steps.la = tracker.la
        and steps.snapshot_month = tracker.snapshot_month
        and steps.person_id = tracker.person_id
    inner join last_care
        on steps.la = last_care.la
        and steps.snapshot_month = last_care.snapshot_month
        and steps.person_id = last_care.person_id
),

dates_apart as (
    select
        la, snapshot_month, person_id, 'ssd_permanence' as table_name, row_id, column_name,
        {{ date_text('recorded_date') }} as bad_value,
        concat(
            'The day of the ', step, ' is ', {{ date_text('tracker_date') }}, ' on the tracker and ',
            coalesce({{ date_text('recorded_date') }}, 'not recorded'), ' in the case system.'
        ) as detail,
        concat(
            case when recorded_date is null and source = 'tracker' then 'src=tracker: ' else '' end,
            'ext_adoption_tracker of ', snapshot_month, ', ', tracker_column, ' of the child'
        ) as evidence,
        case when recorded_date is null and source = 'tracker' then {{ date_text('tracker_date') }} end as repaired_value
    from steps_apart
    where tracker_date <= snapshot_end
        and (
            recorded_date <> tracker_date
            or (
                recorded_date is null
                and (
                    source = 'tracker'
                    or (step in ('decision', 'match') and order_date is null)
                    or (step = 'adoption order' and order_date is not null)
                )
            )
        )
),

findings as (
    select * from not_adopted
    union all
    select * from adopted_without_a_row
    union all
    select * from dates_apart
),

final as (
    select
        la, snapshot_month, person_id, table_name, row_id, column_name, bad_value, detail, evidence, repaired_value,
        case
            when repaired_value is not null then {{ repair_id('DQ09', ['la', 'person_id', 'row_id', 'column_name']) }}
        end as repair_id
    from findings
)

select * from final
