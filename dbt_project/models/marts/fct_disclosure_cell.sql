-- Grain: one row per number that a pack may print, under one name wherever it stands: how large it is, whether it must
-- hide for itself, and how much would be lost if it hid for another's sake (empty: it never does).
with

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

figures as (
    select * from {{ ref('fct_disclosure_figure') }}
),

-- A percentage that rests on few hides its numerator, whether few met it or few did not; none of a few is none still,
-- and the few hide under their own name.
numbers as (
    select
        la,
        numerator_id as cell_id,
        numerator_name as number_name,
        basis,
        period_end,
        breakdown,
        year_start,
        month_of_year,
        numerator as amount,
        case when kind = 'percentage' then denominator - numerator end as rest,
        case
            when kind in ('count', 'sum') then 'by month'
            when kind = 'percentage' and (denominator_name is not null or denominator < {{ few_enough_to_solve() }})
                then 'by month'
            when kind = 'people' then 'by step'
            else 'no'
        end as adds_up,
        is_small and (numerator > 0 or denominator_name is null) as is_hidden
    from figures
    where numerator_name is not null
    union all
    select
        figures.la,
        figures.denominator_id as cell_id,
        figures.denominator_name as number_name,
        figures.basis,
        figures.period_end,
        figures.breakdown,
        figures.year_start,
        figures.month_of_year,
        figures.denominator as amount,
        cast(null as double) as rest,
        'by step' as adds_up,
        {{ is_small('figures.denominator') }} as is_hidden
    from figures
    inner join disclosure on figures.la = disclosure.la
    where figures.denominator_name is not null
),

-- A number is the sum of its months if one of the figures that print it is.
numbers_once as (
    select
        la,
        cell_id,
        number_name,
        basis,
        period_end,
        breakdown,
        year_start,
        month_of_year,
        max(amount) as amount,
        max(rest) as rest,
        min(adds_up) as adds_up,
        max(case when is_hidden then 1 else 0 end) as is_hidden
    from numbers
    group by la, cell_id, number_name, basis, period_end, breakdown, year_start, month_of_year
),

-- Where what is left of the year will be few if it goes on as it did, the year to date hides, so that March's seldom
-- must: the whole year stands in twelve packs.
final as (
    select
        numbers_once.la,
        numbers_once.cell_id,
        numbers_once.number_name,
        numbers_once.basis,
        numbers_once.period_end,
        numbers_once.breakdown,
        numbers_once.year_start,
        numbers_once.month_of_year,
        numbers_once.amount,
        numbers_once.rest,
        numbers_once.adds_up,
        case
            when numbers_once.basis = 'fytd'
                and numbers_once.breakdown = ''
                and numbers_once.adds_up <> 'no'
                and numbers_once.month_of_year >= 9
                and {{ is_small(
                    'numbers_once.amount * (12 - numbers_once.month_of_year)',
                    'disclosure.smallest_shown * numbers_once.month_of_year'
                ) }} then 1
            else numbers_once.is_hidden
        end as is_hidden,
        case
            when numbers_once.number_name = 'lac_count' then null
            when numbers_once.breakdown <> '' then 1
            when numbers_once.basis = 'fytd' then 2
            when numbers_once.basis = 'in_month' then 3
            else 4
        end as loss
    from numbers_once
    inner join disclosure on numbers_once.la = disclosure.la
)

select * from final
