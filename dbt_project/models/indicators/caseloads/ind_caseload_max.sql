-- Grain: one row per child, at a month end, of the worker in the five looked-after teams who has most children.
with

caseloads as (
    select * from {{ ref('int_caseloads') }}
    where team in {{ lac_teams(1, 5) }}
),

children_per_worker as (
    select la, snapshot_month, period_end, professional_id, count(*) as child_count
    from caseloads
    group by la, snapshot_month, period_end, professional_id
),

-- Of several with as many children the first by id.
largest_caseloads as (
    select * from children_per_worker
    qualify row_number() over (
            partition by la, snapshot_month, period_end
            order by child_count desc nulls last, {{ by_row_id('professional_id') }}
        ) = 1
),

final as (
    select
        caseloads.la,
        caseloads.snapshot_month,
        caseloads.period_end,
        caseloads.person_id,
        caseloads.involvement_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator
    from caseloads
    inner join largest_caseloads
        on caseloads.la = largest_caseloads.la
        and caseloads.snapshot_month = largest_caseloads.snapshot_month
        and caseloads.period_end = largest_caseloads.period_end
        and caseloads.professional_id = largest_caseloads.professional_id
)

select * from final
