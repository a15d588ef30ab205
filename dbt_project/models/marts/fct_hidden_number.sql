-- Grain: one row per adding-up line and number in it, with whether the number is hidden at last: for itself, or so
-- that it does not give away another one.
with

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

lines as (
    select
        all_lines.*,
        disclosure.smallest_shown
    from {{ ref('fct_disclosure_line') }} as all_lines
    inner join disclosure on all_lines.la = disclosure.la
),

{{ hide_in_rounds('lines') }},

final as (
    select
        la,
        line_id,
        cell_id,
        role,
        amount,
        is_hidden = 1 as is_hidden,
        {{ gives_away('(partition by la, line_id)') }} as gives_away
    from settled
)

select * from final
