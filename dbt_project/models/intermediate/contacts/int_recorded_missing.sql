-- Grain: one row per recorded time missing of a person, from either kind of extract, the same days once.
-- Away without authorisation is not missing.
with

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

recorded_rows as (
    select la, snapshot_month, person_id, missing_id, missing_type, missing_start_date, missing_end_date
    from ssd_episodes
    union all
    select
        la, snapshot_month, child_id as person_id, {{ file_and_row() }} as missing_id,
        missing_type, missing_start_date, missing_end_date
    from ssda903_episodes
),

-- Rows with the same days are one, under the lowest id.
final as (
    select
        recorded_rows.la,
        recorded_rows.snapshot_month,
        recorded_rows.person_id,
        recorded_rows.missing_id,
        recorded_rows.missing_start_date,
        recorded_rows.missing_end_date
    from recorded_rows
    left join code_map
        on recorded_rows.la = code_map.la
        and recorded_rows.snapshot_month = code_map.snapshot_month
        and {{ word('recorded_rows.missing_type') }} = code_map.word
    where {{ word('coalesce(code_map.code, recorded_rows.missing_type)') }} in ('m', 'missing')
        and recorded_rows.person_id is not null
        and recorded_rows.missing_start_date is not null
    qualify row_number() over (
            partition by
                recorded_rows.la, recorded_rows.snapshot_month, recorded_rows.person_id,
                recorded_rows.missing_start_date, recorded_rows.missing_end_date
            order by {{ by_row_id('recorded_rows.missing_id') }}
        ) = 1
)

select * from final
