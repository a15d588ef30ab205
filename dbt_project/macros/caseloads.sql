{# The rows of a caseload average over some of the looked-after teams: a row for each child of their counted workers,
   and one for each of those workers with the hours as given (a column or expression of int_social_workers). #}
{% macro caseload_rows(first_team, last_team, hours) -%}
with

caseloads as (
    select * from {{ ref('int_caseloads') }}
    where team in {{ lac_teams(first_team, last_team) }}
),

workers as (
    select * from {{ ref('int_social_workers') }}
    where team in {{ lac_teams(first_team, last_team) }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        involvement_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator,
        cast(1 as double) as amount,
        cast(0 as double) as base_amount
    from caseloads
    union all
    select
        la,
        snapshot_month,
        period_end,
        cast(null as {{ dbt.type_string() }}) as person_id,
        professional_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        false as is_in_numerator,
        cast(0 as double) as amount,
        cast({{ hours }} as double) as base_amount
    from workers
)
{%- endmacro %}
