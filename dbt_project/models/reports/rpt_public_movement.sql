-- Grain: one row per scorecard indicator and number of months later: how far its figure usually moves by then; hidden
-- where it would rest on a figure that is hidden, or was in an earlier pack.
{% set numbers = [
    'months', 'median', 'smallest', 'largest', 'first_decile', 'ninth_decile', 'rose_pct', 'fell_pct', 'stayed_pct',
] -%}
with

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

hidden_figures as (
    select * from {{ ref('fct_hidden_figure') }}
    where breakdown = ''
),

snapshot_values as (
    select * from {{ ref('fct_snapshot_value') }}
    where breakdown = '' and status = 'ok'
),

movements as (
    select * from {{ ref('fct_movement') }}
),

expected as (
    select * from {{ ref('rpt_officers_movement') }}
),

-- What a month and a year to date tell of each other, they tell of each other's readings too.
figures_behind as (
    select
        movements.la,
        movements.indicator_id,
        movements.basis,
        {{ family_of(number_name('movements.indicator_id', 'numerator')) }} as family,
        case when movements.basis in ('in_month', 'fytd', 'fy') then 'adds up' else movements.basis end as kind_of_basis,
        min(movements.period_end) as first_period_end,
        case when movements.basis = 'fytd' then cast('9999-12-31' as date) else max(movements.period_end) end
            as last_period_end
    from movements
    group by
        movements.la, movements.indicator_id, movements.basis,
        {{ family_of(number_name('movements.indicator_id', 'numerator')) }},
        case when movements.basis in ('in_month', 'fytd', 'fy') then 'adds up' else movements.basis end
),

-- Every reading there ever was of a number or of one that tells it: what is no longer small was hidden when it was.
small_readings as (
    select distinct
        snapshot_values.la,
        {{ family_of(number_name('snapshot_values.indicator_id', 'numerator')) }} as family,
        case when snapshot_values.basis in ('in_month', 'fytd', 'fy') then 'adds up' else snapshot_values.basis end
            as kind_of_basis,
        snapshot_values.period_end
    from snapshot_values
    inner join indicators on snapshot_values.indicator_id = indicators.indicator_id
    inner join disclosure on snapshot_values.la = disclosure.la
    where {{ rests_on_few('indicators.kind', 'snapshot_values.numerator', 'snapshot_values.denominator') }}
        or {{ is_of_few('indicators.kind', 'snapshot_values.denominator') }}
),

hidden as (
    select
        figures_behind.la,
        figures_behind.indicator_id
    from figures_behind
    inner join small_readings
        on figures_behind.la = small_readings.la
        and figures_behind.family = small_readings.family
        and figures_behind.kind_of_basis = small_readings.kind_of_basis
        and small_readings.period_end between figures_behind.first_period_end and figures_behind.last_period_end
    union distinct
    select
        figures_behind.la,
        figures_behind.indicator_id
    from figures_behind
    inner join hidden_figures
        on figures_behind.la = hidden_figures.la
        and figures_behind.indicator_id = hidden_figures.indicator_id
        and figures_behind.basis = hidden_figures.basis
        and hidden_figures.period_end between figures_behind.first_period_end and figures_behind.last_period_end
),

final as (
    select
        expected.la,
        expected.indicator_id,
        expected.basis,
        expected.unit,
        expected.months_later,
        case when hidden.la is not null then 'suppressed' else expected.status end as status,
        {% for number in numbers -%}
            {{ shown_unless('hidden.la is not null', 'expected.' ~ number) }} as {{ number }},
        {% endfor -%}
        expected.position
    from expected
    left join hidden
        on expected.la = hidden.la
        and expected.indicator_id = hidden.indicator_id
)

select * from final
