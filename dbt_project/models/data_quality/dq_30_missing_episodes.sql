-- Grain: one row per end, and one per start, of a missing episode that cannot be right.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

ssd_episodes as (
    select * from {{ ref('stg_ssd__missing') }}
),

ssda903_episodes as (
    select * from {{ ref('stg_ssda903__missing') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'missing_type'
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

recorded_rows as (
    select
        'ssd_missing' as source_table, la, snapshot_month, person_id, missing_id, missing_type, missing_start_date,
        missing_end_date
    from ssd_episodes
    union all
    select
        'ssda903_missing' as source_table, la, snapshot_month, child_id as person_id,
        {{ file_and_row() }} as missing_id, missing_type, missing_start_date, missing_end_date
    from ssda903_episodes
),

-- Away without authorisation is not missing.
missing_rows as (
    select distinct
        recorded_rows.source_table, recorded_rows.la, recorded_rows.snapshot_month, snapshots.snapshot_end,
        recorded_rows.person_id, recorded_rows.missing_id,
        recorded_rows.missing_start_date as start_date,
        {{ end_known_at('recorded_rows.missing_end_date', 'snapshots.snapshot_end') }} as end_date
    from recorded_rows
    inner join snapshots
        on recorded_rows.la = snapshots.la
        and recorded_rows.snapshot_month = snapshots.snapshot_month
        and recorded_rows.missing_start_date <= snapshots.snapshot_end
    left join code_map
        on recorded_rows.la = code_map.la
        and recorded_rows.snapshot_month = code_map.snapshot_month
        and {{ word('recorded_rows.missing_type') }} = code_map.word
    where {{ word('coalesce(code_map.code, recorded_rows.missing_type)') }} in ('m', 'missing')
),

-- In care at the start, or coming into care before the end: the first period of care that it touches.
rows_with_care as (
    select missing_rows.*, periods_of_care.care_start_date, periods_of_care.care_end_date
    from missing_rows
    left join periods_of_care
        on missing_rows.la = periods_of_care.la
        and missing_rows.snapshot_month = periods_of_care.snapshot_month
        and missing_rows.snapshot_end = periods_of_care.period_end
        and missing_rows.person_id = periods_of_care.person_id
        and missing_rows.start_date < {{ or_open('periods_of_care.care_end_date') }}
        and (
            missing_rows.start_date >= periods_of_care.care_start_date
            or periods_of_care.care_start_date < {{ or_open('missing_rows.end_date') }}
        )
    qualify row_number() over (
            partition by
                missing_rows.la, missing_rows.snapshot_month, missing_rows.source_table, missing_rows.missing_id,
                missing_rows.start_date, missing_rows.end_date
            order by periods_of_care.care_start_date nulls last
        ) = 1
),

-- As the figures merge them: only those that began in care, none later than the end of care. An open one is a fault
-- of its own, not of those after it.
rows_in_order as (
    select
        *,
        coalesce(care_start_date <= start_date, false) as began_in_care,
        least(coalesce(end_date, start_date), {{ or_open('care_end_date') }}) as counted_end_date
    from rows_with_care
),

numbered_rows as (
    select
        *,
        row_number() over (
            partition by la, snapshot_month, person_id, began_in_care
            order by start_date nulls last, {{ or_open('end_date') }} nulls last, {{ by_row_id('missing_id') }}
        ) as row_in_order
    from rows_in_order
),

rows_with_neighbours as (
    select
        *,
        lead(start_date) over (
            partition by la, snapshot_month, person_id, began_in_care order by row_in_order nulls last
        ) as next_start_date,
        max(counted_end_date) over (
            partition by la, snapshot_month, person_id, began_in_care order by row_in_order nulls last
            rows between unbounded preceding and 1 preceding
        ) as end_so_far,
        lag(start_date) over (
            partition by la, snapshot_month, person_id, began_in_care order by row_in_order nulls last
        ) = start_date
        and lag({{ or_open('end_date') }}) over (
            partition by la, snapshot_month, person_id, began_in_care order by row_in_order nulls last
        ) = {{ or_open('end_date') }} as is_the_same
    from numbered_rows
),

faults as (
    select
        *,
        case
            when end_date < start_date then 'ended before it began'
            when began_in_care and end_date > care_end_date then 'ended after care'
            when began_in_care and end_date is null and care_end_date is not null then 'open after care'
            when began_in_care and end_date is null and next_start_date > start_date then 'open though found'
        end as end_fault,
        case
            when not began_in_care and care_start_date is not null then 'before care'
            when began_in_care and (start_date < end_so_far or is_the_same) then 'overlap'
        end as start_fault
    from rows_with_neighbours
),

findings as (
    select
        *,
        'end' as field,
        concat(
            'The missing episode from ', {{ date_text('start_date') }},
            case end_fault
                when 'ended before it began' then concat(' ends before it begins: ', {{ date_text('end_date') }}, '.')
                when 'ended after care'
                    then concat(
                            ' ends on ', {{ date_text('end_date') }}, ', after care ended on ', {{ date_text('care_end_date') }}, '.'
                        )
                when 'open after care' then concat(' is open, but care ended on ', {{ date_text('care_end_date') }}, '.')
                else concat(' is open, but the next one begins on ', {{ date_text('next_start_date') }}, '.')
            end
        ) as detail,
        case when end_fault = 'ended after care' then {{ date_text('care_end_date') }} end as repaired_value
    from faults
    where end_fault is not null
    union all
    select
        *,
        'start' as field,
        case start_fault
            when 'before care'
                then concat(
                        'The missing episode begins on ', {{ date_text('start_date') }}, ', before care began on ',
                        {{ date_text('care_start_date') }}, '.'
                    )
            else concat(
                    'The missing episode begins on ', {{ date_text('start_date') }}, ', but an earlier one ends on ',
                    {{ date_text('end_so_far') }}, '.'
                )
        end as detail,
        case when start_fault = 'overlap' then '(folded)' end as repaired_value
    from faults
    where start_fault is not null
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        missing_id as row_id,
        case source_table
            when 'ssda903_missing' then concat('mis_', field)
            else concat('miss_missing_episode_', field, '_date')
        end as column_name,
        case field when 'end' then {{ date_text('end_date') }} else {{ date_text('start_date') }} end as bad_value,
        detail,
        case
            when field = 'end' and end_fault in ('ended after care', 'open after care') then 'The episodes of care.'
            when field = 'start' and start_fault = 'before care' then 'The episodes of care.'
            else 'The missing episodes of the child.'
        end as evidence,
        repaired_value,
        case when repaired_value is not null then {{ repair_id('DQ30', ['source_table', 'missing_id', 'field']) }} end
            as repair_id
    from findings
)

select * from final
