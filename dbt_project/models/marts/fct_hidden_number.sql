-- Grain: one row per adding-up line and number in it, with whether the number is hidden at last: for itself, or so
-- that it does not give away another one. A council so small that the rounds do not settle shows no number of any line.
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

unsettled as (
    select la, {{ gives_away('(partition by la, line_id)') }} as gives_away
    from settled
),

councils_unsettled as (
    select distinct la from unsettled
    where gives_away
),

hidden_at_last as (
    select
        settled.la,
        settled.line_id,
        settled.cell_id,
        settled.role,
        settled.amount,
        settled.smallest_shown,
        case when councils_unsettled.la is not null and settled.loss is not null then 1 else settled.is_hidden end
            as is_hidden
    from settled
    left join councils_unsettled on settled.la = councils_unsettled.la
),

final as (
    select
        la,
        line_id,
        cell_id,
        role,
        amount,
        is_hidden = 1 as is_hidden,
        {{ gives_away('(partition by la, line_id)') }} as gives_away
    from hidden_at_last
)

select * from final
