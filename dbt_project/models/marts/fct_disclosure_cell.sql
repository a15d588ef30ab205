-- Grain: one row per number that a pack may print, under one name wherever it stands: how large it is, whether it must
-- hide for itself, and how much would be lost if it hid for another's sake.
with

figures as (
    select * from {{ ref('fct_disclosure_figure') }}
),

-- A percentage that rests on few hides its numerator, whether few met it or few did not.
numerators as (
    select
        *,
        {{ number_name('indicator_id', 'numerator') }} as number_name,
        numerator as amount,
        case
            when kind in ('count', 'sum') then 'months'
            when kind = 'percentage' and {{ number_name('indicator_id', 'denominator') }} is not null then 'months'
            when kind = 'people' then 'year'
            else 'nothing'
        end as adds_up,
        is_small as is_hidden
    from figures
    where kind <> 'mean'
),

-- Of bases only those have a name that another figure prints too, and those of means.
denominators as (
    select
        figures.*,
        coalesce({{ number_name('figures.indicator_id', 'denominator') }}, concat(figures.indicator_id, ' denominator'))
            as number_name,
        figures.denominator as amount,
        'year' as adds_up,
        {{ is_small('figures.denominator') }} as is_hidden
    from figures
    inner join {{ ref('dim_disclosure') }} as disclosure on figures.la = disclosure.la
    where figures.kind = 'mean' or {{ number_name('figures.indicator_id', 'denominator') }} is not null
),

numbers as (
    select * from numerators
    union all
    select * from denominators
),

final as (
    select
        la,
        concat(number_name, '|', basis, '|', cast(period_end as {{ dbt.type_string() }}), '|', breakdown) as cell_id,
        number_name,
        basis,
        period_end,
        breakdown,
        year_start,
        month_of_year,
        max(amount) as amount,
        -- months before year: a number is the sum of its months if any figure that prints it is.
        min(adds_up) as adds_up,
        max(case when is_hidden then 1 else 0 end) as is_hidden,
        case
            when number_name = 'lac_count' and breakdown = '' then 9
            when breakdown <> '' then 1
            when basis = 'fytd' then 2
            when basis = 'in_month' then 3
            else 4
        end as loss
    from numbers
    group by la, number_name, basis, period_end, breakdown, year_start, month_of_year
)

select * from final
