-- Grain: one row per placement-type word without a code (A5), and per home whose code was not in use all the
-- while, or is supported accommodation for a child under 16.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

unmapped_words as (
    select * from {{ ref('int_unmapped_words') }}
    where domain = 'placement_type'
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

placement_types as (
    select * from {{ ref('int_placement_types') }}
),

people as (
    select * from {{ ref('int_people') }}
),

-- Supported accommodation was H5 and P2 to 2023/24 and is K3 since; Z11 to Z14 are in use from April 2026.
code_years as (
    {% for code, first_day, last_day in [
        ('H5', none, '2024-03-31'), ('P2', none, '2024-03-31'), ('K3', '2024-04-01', none),
        ('Z11', '2026-04-01', none), ('Z12', '2026-04-01', none), ('Z13', '2026-04-01', none),
        ('Z14', '2026-04-01', none),
    ] -%}
        select
            '{{ code }}' as code,
            cast('{{ first_day or '1900-01-01' }}' as date) as first_day,
            cast('{{ last_day or '9999-12-31' }}' as date) as last_day
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

homes as (
    select
        snapshots.la, snapshots.snapshot_month, snapshots.snapshot_end, episodes.person_id,
        {{ placement_table('episodes.') }} as table_name,
        {{ placement_row('episodes.') }} as row_id,
        {{ episode_column('placement_type', 'episodes.') }} as column_name,
        episodes.placement_word,
        min(episodes.start_date) as start_date,
        max({{ or_open('episodes.end_date') }}) as end_or_open
    from snapshots
    inner join episodes
        on snapshots.la = episodes.la
        and snapshots.snapshot_month = episodes.snapshot_month
        and snapshots.snapshot_end >= episodes.start_date
    group by
        snapshots.la, snapshots.snapshot_month, snapshots.snapshot_end, episodes.person_id,
        {{ placement_table('episodes.') }}, {{ placement_row('episodes.') }},
        {{ episode_column('placement_type', 'episodes.') }}, episodes.placement_word
),

coded_homes as (
    select
        homes.*,
        code_years.code,
        code_years.first_day,
        code_years.last_day,
        least(homes.end_or_open - 1, homes.snapshot_end) as last_night
    from homes
    left join placement_types
        on homes.la = placement_types.la
        and homes.snapshot_month = placement_types.snapshot_month
        and homes.snapshot_end = placement_types.period_end
        and homes.placement_word = placement_types.word
    inner join code_years
        on code_years.code = case
            when homes.placement_word in ('z11', 'z12', 'z13', 'z14') then upper(homes.placement_word)
            else placement_types.code
        end
),

faults as (
    select
        coded_homes.*,
        people.sixteenth_birthday,
        case
            when coded_homes.last_night > coded_homes.last_day
                then concat('is not in use after ', {{ date_text('coded_homes.last_day') }})
            when coded_homes.start_date < coded_homes.first_day
                then concat('is not in use before ', {{ date_text('coded_homes.first_day') }})
            when coded_homes.code in ('H5', 'K3', 'P2') and coded_homes.start_date < people.sixteenth_birthday
                then concat(
                        'is for young people of 16 and over; the child was 16 on ',
                        {{ date_text('people.sixteenth_birthday') }}
                    )
        end as what
    from coded_homes
    left join people
        on coded_homes.la = people.la
        and coded_homes.snapshot_month = people.snapshot_month
        and coded_homes.person_id = people.person_id
),

final as (
    select
        la,
        snapshot_month,
        cast(null as {{ dbt.type_string() }}) as person_id,
        table_name,
        cast(null as {{ dbt.type_string() }}) as row_id,
        column_name,
        bad_value,
        concat(
            'No list knows the placement type ', bad_value, ' (rows: ', cast(row_count as {{ dbt.type_string() }}),
            '); the children count, in the placement group unknown.'
        ) as detail,
        'ref_placement_local, ref_code_map: no such word at the month end' as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from unmapped_words
    union all
    select
        la,
        snapshot_month,
        person_id,
        table_name,
        row_id,
        column_name,
        upper(placement_word) as bad_value,
        concat(
            'The home from ', {{ date_text('start_date') }},
            case when {{ is_open('end_or_open') }} then '' else concat(' to ', {{ date_text('end_or_open') }}) end,
            ' has the type ', code, ', which ', what, '.'
        ) as detail,
        'list of SSDA903 placement codes of the year; date of birth' as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from faults
    where what is not null
)

select * from final
