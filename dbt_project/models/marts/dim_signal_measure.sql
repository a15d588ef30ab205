-- Grain: one row per scorecard indicator: the chart that fits it, the basis that is tested, and why if none fits.
-- The whole of a share is always 100, so it has no row.
with

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null and kind <> 'share'
),

bases as (
    select * from {{ ref('dim_indicator_basis') }}
),

given_by_month as (
    select distinct indicator_id from bases
    where basis = 'in_month'
),

-- Figures of longer periods share children from month to month; of such, the month alone is tested.
with_basis as (
    select
        indicators.*,
        case
            when indicators.headline_basis in ('month_end', 'in_month') then indicators.headline_basis
            when indicators.headline_basis <> 'term' and given_by_month.indicator_id is not null then 'in_month'
        end as basis
    from indicators
    left join given_by_month on indicators.indicator_id = given_by_month.indicator_id
),

final as (
    select
        indicator_id,
        kind,
        unit,
        good_is,
        basis,
        basis = headline_basis as is_headline,
        case
            when basis is null then 'none'
            when basis = 'in_month' and kind = 'percentage' then 'p'
            else 'xmr'
        end as chart,
        case
            when basis is not null then null
            when headline_basis = 'term' then 'it is measured once a term'
            else 'its months share the same children'
        end as why
    from with_basis
)

select * from final
