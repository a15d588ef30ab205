-- Grain: one row per figure of the council, every period up to the published month (indicators.csv).
with

publications as (
    select * from {{ ref('dim_publication') }}
),

figures as (
    select * from {{ ref('fct_indicator_value') }}
),

final as (
    select
        figures.la,
        figures.indicator_id,
        figures.period_end,
        figures.basis,
        figures.breakdown,
        figures.value,
        figures.published_value,
        figures.numerator,
        figures.denominator,
        figures.unit,
        figures.status,
        figures.note,
        figures.snapshot_month,
        figures.first_published_value,
        figures.first_published_published_value,
        figures.first_published_snapshot
    from figures
    inner join publications
        on figures.la = publications.la
        and figures.period_end <= publications.period_end
)

select * from final
