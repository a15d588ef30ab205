-- Grain: one row per figure that is hidden from everyone outside the team, wherever it would stand, and why.
with

figures as (
    select * from {{ ref('fct_disclosure_figure') }}
),

final as (
    select
        la,
        indicator_id,
        period_end,
        basis,
        breakdown,
        case when is_small then 'small' else 'of few' end as reason
    from figures
    where is_small or is_of_few
)

select * from final
