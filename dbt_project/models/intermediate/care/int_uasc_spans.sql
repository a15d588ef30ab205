-- Grain: one row per recorded span of a person as an unaccompanied asylum seeking child, from either kind of
-- extract. It cannot outlast the 18th birthday (val 304).
with

immigration_statuses as (
    select * from {{ ref('stg_ssd__immigration_status') }}
),

ssda903_children as (
    select * from {{ ref('stg_ssda903__uasc') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'immigration_status'
),

people as (
    select * from {{ ref('int_people') }}
),

-- The 903 return says when a child ceased to be unaccompanied, never since when: since birth, as far as is known.
recorded_spans as (
    select
        immigration_statuses.la,
        immigration_statuses.snapshot_month,
        immigration_statuses.person_id,
        immigration_statuses.immigration_status_start_date as start_date,
        immigration_statuses.immigration_status_end_date as end_date,
        {{ file_and_row() }} as uasc_span_id
    from immigration_statuses
    left join code_map
        on immigration_statuses.la = code_map.la
        and immigration_statuses.snapshot_month = code_map.snapshot_month
        and {{ word('immigration_statuses.immigration_status') }} = code_map.word
    where {{ word('coalesce(code_map.code, immigration_statuses.immigration_status)') }} = 'uasc'
        and immigration_statuses.immigration_status_start_date is not null
    union all
    select
        la,
        snapshot_month,
        child_id as person_id,
        coalesce(birth_date, cast('1900-01-01' as date)) as start_date,
        uasc_ceased_date as end_date,
        {{ file_and_row() }} as uasc_span_id
    from ssda903_children
),

limited_spans as (
    select
        recorded_spans.la,
        recorded_spans.snapshot_month,
        recorded_spans.person_id,
        recorded_spans.uasc_span_id,
        recorded_spans.start_date,
        -- The earlier of the two; where only one is known, that one.
        least(
            coalesce(recorded_spans.end_date, people.eighteenth_birthday),
            coalesce(people.eighteenth_birthday, recorded_spans.end_date)
        ) as end_date
    from recorded_spans
    left join people
        on recorded_spans.la = people.la
        and recorded_spans.snapshot_month = people.snapshot_month
        and recorded_spans.person_id = people.person_id
),

final as (
    select * from limited_spans
    where end_date is null or end_date > start_date
)

select * from final
