-- Grain: one row per council and indicator: the thresholds in force at the month that is published (F15).
with

publications as (
    select * from {{ ref('dim_publication') }}
),

targets as (
    select * from {{ ref('stg_reference__target') }}
),

final as (
    select
        targets.la,
        targets.indicator_id,
        trim(targets.red) as red,
        trim(targets.amber) as amber,
        trim(targets.green) as green,
        targets.printed
    from publications
    inner join targets
        on publications.la = targets.la
        and publications.snapshot_month = targets.snapshot_month
        and coalesce(targets.valid_from, publications.period_end) <= publications.period_end
        and (targets.valid_to is null or publications.period_end <= targets.valid_to)
    qualify row_number() over (
            partition by targets.la, targets.indicator_id order by targets.valid_from desc nulls last
        ) = 1
)

select * from final
