-- Grain: one row per figure that is hidden from everyone outside the team, wherever it would stand, and why.
with

figures as (
    select * from {{ ref('fct_disclosure_figure') }}
),

-- A number that stands in no line hides for itself or not at all.
hidden_numbers as (
    select la, cell_id from {{ ref('fct_disclosure_cell') }}
    where is_hidden = 1
    union distinct
    select la, cell_id from {{ ref('fct_hidden_number') }}
    where is_hidden
),

judged as (
    select
        figures.*,
        numerators.la is not null or denominators.la is not null as is_given_away
    from figures
    left join hidden_numbers as numerators
        on figures.la = numerators.la
        and figures.numerator_id = numerators.cell_id
    left join hidden_numbers as denominators
        on figures.la = denominators.la
        and figures.denominator_id = denominators.cell_id
),

final as (
    select
        la,
        indicator_id,
        period_end,
        basis,
        breakdown,
        case
            when is_small then 'small'
            when is_of_few then 'of few'
            else 'gives another away'
        end as reason
    from judged
    where is_small or is_of_few or is_given_away
)

select * from final
