-- Grain: one row per indicator's headline figure and number of months later: how far it usually moves by then, in the
-- months of this financial year and the last that were run again. Fewer than six months tell nothing.
{% set fewest_months = 6 -%}
with

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where kind <> 'share'
),

movements as (
    select * from {{ ref('fct_movement') }}
),

months_later as (
    {% for months in range(1, 13) -%}
        select {{ months }} as months_later{% if not loop.last %}
            union all{% endif %}
    {% endfor %}
),

places as (
    select
        publications.la,
        indicators.indicator_id,
        indicators.headline_basis as basis,
        indicators.unit,
        months_later.months_later
    from publications
    cross join indicators
    cross join months_later
    where months_later.months_later <= publications.rerun_months
),

ranked as (
    select
        *,
        row_number() over (
            partition by la, indicator_id, months_later order by movement nulls last, period_end nulls last
        ) as rank_from_smallest,
        count(*) over (partition by la, indicator_id, months_later) as months
    from movements
),

-- Deciles by nearest rank, so that each is a movement there has been; the median of an even number lies between two.
summed_up as (
    select
        la,
        indicator_id,
        months_later,
        count(*) as months,
        {{ round_half_up('avg(case when rank_from_smallest between months / 2.0 and months / 2.0 + 1 then movement end)') }}
            as median,
        min(movement) as smallest,
        max(movement) as largest,
        max(case when rank_from_smallest <= ceil(months / 10.0) then movement end) as first_decile,
        max(case when rank_from_smallest <= ceil(9 * months / 10.0) then movement end) as ninth_decile,
        {{ round_half_up('100.0 * sum(case when movement > 0 then 1 else 0 end) / count(*)') }} as rose_pct,
        {{ round_half_up('100.0 * sum(case when movement < 0 then 1 else 0 end) / count(*)') }} as fell_pct,
        {{ round_half_up('100.0 * sum(case when movement = 0 then 1 else 0 end) / count(*)') }} as stayed_pct
    from ranked
    where months >= {{ fewest_months }}
    group by la, indicator_id, months_later
),

counted as (
    select distinct la, indicator_id, months_later, months from ranked
),

final as (
    select
        places.la,
        places.indicator_id,
        places.basis,
        places.unit,
        cast(places.months_later as int) as months_later,
        cast(coalesce(counted.months, 0) as int) as months,
        case when summed_up.months is not null then 'ok' else 'too_little_history' end as status,
        summed_up.median,
        summed_up.smallest,
        summed_up.largest,
        summed_up.first_decile,
        summed_up.ninth_decile,
        summed_up.rose_pct,
        summed_up.fell_pct,
        summed_up.stayed_pct
    from places
    left join counted
        on places.la = counted.la
        and places.indicator_id = counted.indicator_id
        and places.months_later = counted.months_later
    left join summed_up
        on places.la = summed_up.la
        and places.indicator_id = summed_up.indicator_id
        and places.months_later = summed_up.months_later
)

select * from final
