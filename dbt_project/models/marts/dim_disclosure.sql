-- Grain: one row per council: which numbers are too small for the published month's pack, and who decided it.
-- Where no rule was landed or none is in force, small numbers are hidden all the same.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

rules as (
    select * from {{ ref('stg_reference__disclosure') }}
),

final as (
    select
        publications.la,
        cast(coalesce(rules.smallest_shown, 6) as int) as smallest_shown,
        cast(coalesce(rules.smallest_denominator, 10) as int) as smallest_denominator,
        upper(trim(coalesce(rules.hide_rest, 'Y'))) <> 'N' as is_rest_hidden,
        upper(trim(coalesce(rules.hide_steps, 'Y'))) <> 'N' as are_steps_hidden,
        rules.owner,
        rules.decided_on
    from publications
    left join rules
        on publications.la = rules.la
        and publications.snapshot_month = rules.snapshot_month
        and coalesce(rules.valid_from, publications.period_end) <= publications.period_end
        and coalesce(rules.valid_to, publications.period_end) >= publications.period_end
    qualify row_number() over (
            partition by publications.la
            order by rules.valid_from desc nulls last, rules.decided_on desc nulls last, rules.source_row nulls last
        ) = 1
)

select * from final
