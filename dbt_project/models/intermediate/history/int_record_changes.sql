-- Grain: one row per record that came, changed or went between the extract before and a snapshot, with since when it
-- says something else. A record that only got another id is none.
{% set columns = ['row_id', 'person_id', 'household_id', 'cla_id', 'event_date', 'end_date', 'row_hash', 'end_hash'] -%}
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where is_as_recorded is not true
),

known_snapshots as (
    select * from {{ ref('int_known_snapshots') }}
),

leads as (
    select * from {{ ref('int_lead_involvements') }}
),

caseloads as (
    select * from {{ ref('int_caseloads') }}
),

lone_records as (
    select
        *,
        coalesce(person_id, cla_id, household_id) as subject_id,
        count(*) over (
            partition by la, snapshot_month, previous_snapshot_month, table_name, row_id
        ) = 2 as is_in_both
    from {{ ref('int_lone_records') }}
),

-- Reviews say which care they are about, and episodes whose care it is.
episodes as (
    {% for model in ['stg_landing__record', 'stg_landing__record_before'] -%}
        select la, snapshot_month, cla_id, person_id
        from {{ ref(model) }}
        where cla_id is not null and person_id is not null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

children_in_care as (
    select la, snapshot_month, cla_id, max(person_id) as person_id
    from episodes
    group by la, snapshot_month, cla_id
),

-- The id tells which record is which; where it is new, child and day do.
numbered_records as (
    select
        *,
        case when is_in_both then row_id else concat_ws(' ', subject_id, {{ date_text('event_date') }}) end as name,
        row_number() over (
            partition by
                la, snapshot_month, previous_snapshot_month, table_name, is_in_both, is_now,
                case when is_in_both then row_id else concat_ws(' ', subject_id, {{ date_text('event_date') }}) end
            order by row_hash nulls last, end_hash nulls last, {{ by_row_id('row_id') }}
        ) as place
    from lone_records
),

pairs as (
    select
        la, snapshot_month, previous_snapshot_month, table_name,
        {% for column in columns -%}
            max(case when is_now then {{ column }} end) as {{ column }},
            max(case when not is_now then {{ column }} end) as {{ column }}_before,
        {% endfor -%}
        case when not bool_or(not is_now) then 'added' when not bool_or(is_now) then 'removed' else 'changed' end as change
    from numbered_records
    group by la, snapshot_month, previous_snapshot_month, table_name, is_in_both, name, place
),

changes as (
    select * from pairs
    where change <> 'changed' or row_hash <> row_hash_before or end_hash <> end_hash_before
),

-- An end that came or moved leaves what was said of the days before it. Where one more step was recorded, the latest
-- day moved on, and the steps before it stand.
named_changes as (
    select
        changes.la,
        changes.snapshot_month,
        changes.previous_snapshot_month,
        changes.table_name,
        changes.change,
        coalesce(changes.row_id, changes.row_id_before) as row_id,
        coalesce(changes.person_id, changes.person_id_before, children_in_care.person_id) as person_id,
        coalesce(changes.household_id, changes.household_id_before) as household_id,
        coalesce(changes.event_date, changes.event_date_before) as event_date,
        case
            when changes.change = 'changed' and changes.row_hash = changes.row_hash_before
                and coalesce(changes.end_date, changes.end_date_before) is not null
                and changes.table_name not in {{ tables_in_steps() }}
                then least({{ or_open('changes.end_date') }}, {{ or_open('changes.end_date_before') }})
            when changes.change = 'changed' and changes.row_hash = changes.row_hash_before
                and changes.end_date > coalesce(changes.end_date_before, changes.event_date_before)
                then changes.end_date
            when changes.table_name in {{ undated_tables() }} then cast('1900-01-01' as date)
            when changes.event_date < changes.event_date_before then changes.event_date
            else coalesce(changes.event_date_before, changes.event_date)
        end as differs_from
    from changes
    left join children_in_care
        on changes.la = children_in_care.la
        and changes.snapshot_month = children_in_care.snapshot_month
        and coalesce(changes.cla_id, changes.cla_id_before) = children_in_care.cla_id
),

final as (
    select
        named_changes.la,
        named_changes.snapshot_month,
        named_changes.previous_snapshot_month,
        named_changes.table_name,
        named_changes.row_id,
        named_changes.change,
        named_changes.person_id,
        named_changes.household_id,
        named_changes.event_date,
        named_changes.differs_from,
        coalesce(caseloads.team, leads.team, 'no team recorded') as team,
        case
            when named_changes.change = 'added' and named_changes.event_date is not null
                then cast(greatest({{ dbt.datediff('named_changes.event_date', 'snapshots.snapshot_end', 'day') }}, 0) as int)
        end as days_to_record,
        case
            when named_changes.change = 'added' and known_snapshots.snapshot_end >= named_changes.event_date
                then cast({{ dbt.datediff('named_changes.event_date', 'snapshots.snapshot_end', 'day') }} as int)
        end as days_late
    from named_changes
    inner join snapshots
        on named_changes.la = snapshots.la
        and named_changes.snapshot_month = snapshots.snapshot_month
    inner join known_snapshots
        on named_changes.la = known_snapshots.la
        and named_changes.previous_snapshot_month = known_snapshots.snapshot_month
    left join leads
        on named_changes.la = leads.la
        and named_changes.snapshot_month = leads.snapshot_month
        and named_changes.person_id = leads.person_id
        and snapshots.snapshot_end = leads.period_end
    left join caseloads
        on named_changes.la = caseloads.la
        and named_changes.snapshot_month = caseloads.snapshot_month
        and named_changes.person_id = caseloads.person_id
        and snapshots.snapshot_end = caseloads.period_end
)

select * from final
