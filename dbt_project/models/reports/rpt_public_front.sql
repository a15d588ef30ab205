-- Grain: one row per council: what stands at the head of the pack, and the rule on small numbers that it keeps.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

final as (
    select
        publications.la,
        coalesce(publications.council_name, 'The council') as council_name,
        publications.month,
        publications.snapshot_month,
        publications.is_as_of,
        publications.period_end,
        publications.previous_month_end,
        publications.year_ago_end,
        publications.previous_year_end,
        disclosure.smallest_shown,
        disclosure.smallest_denominator,
        disclosure.owner as disclosure_owner
    from publications
    inner join disclosure on publications.la = disclosure.la
)

select * from final
