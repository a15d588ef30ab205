-- Grain: one row per figure that the published month's pack, or one of an earlier month of this financial year or
-- the last, may print: the numbers it is made of, and whether it must hide for itself.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null or breakdown is not null
),

figures as (
    select * from {{ ref('fct_indicator_value') }}
    where status = 'ok'
),

judged as (
    select
        figures.la,
        figures.indicator_id,
        figures.period_end,
        figures.basis,
        figures.breakdown,
        indicators.kind,
        figures.numerator,
        figures.denominator,
        {{ financial_year_start('figures.period_end') }} as year_start,
        {{ month_of_financial_year('figures.period_end') }} as month_of_year,
        {{ rests_on_few('indicators.kind', 'figures.numerator', 'figures.denominator') }} as is_small,
        {{ is_of_few('indicators.kind', 'figures.denominator') }} as is_of_few
    from figures
    inner join publications
        on figures.la = publications.la
        and figures.period_end <= publications.period_end
        and figures.period_end >= {{ financial_year_start('publications.previous_year_end') }}
    inner join disclosure on figures.la = disclosure.la
    inner join indicators
        on figures.indicator_id = indicators.indicator_id
        and (
            figures.basis = indicators.headline_basis
            or figures.basis = indicators.year_to_date_basis and figures.breakdown = ''
            or figures.basis = indicators.last_year_basis and figures.breakdown = ''
        )
),

-- The names of the numbers that a figure prints: of a mean only how many it is of, and of a base only what another
-- figure prints too. A part has the name of its own figure.
named as (
    select
        *,
        case
            when kind = 'mean' then null
            when breakdown <> '' then indicator_id
            else {{ number_name('indicator_id', 'numerator') }}
        end as numerator_name,
        case
            when breakdown <> '' then null
            when kind = 'mean'
                then coalesce({{ number_name('indicator_id', 'denominator') }}, concat(indicator_id, ' denominator'))
            else {{ number_name('indicator_id', 'denominator') }}
        end as denominator_name
    from judged
),

final as (
    select
        *,
        {% for number in ['numerator', 'denominator'] -%}
            {{ number }}_name || '|' || basis || '|' || cast(period_end as {{ dbt.type_string() }}) || '|' || breakdown
                as {{ number }}_id{% if not loop.last %},{% endif %}
        {% endfor %}
    from named
)

select * from final
