-- Grain: one row per scorecard indicator of the published month, for officers: nothing is hidden.
with

figures as (
    select la, indicator_id, place, value, numerator, denominator, status, note
    from {{ ref('fct_scorecard_figure') }}
),

moved_figures as (
    select la, indicator_id, place, unit, value_as_recorded, issue_ids
    from {{ ref('rpt_dq_impact') }}
    where issue_id = '' and is_moved
),

{{ repair_notes_from('moved_figures') }},

{{ scorecard_from('figures', 'repair_notes') }}

select
    la, indicator_id, ref, title, section, unit, good_is, timeline, month_minus_2, month_minus_1, month, ytd,
    change, change_is, rag, red, amber, green, previous_year,
    stat_neighbour_average, best_stat_neighbour, national_average, top_quartile, region, data_note,
    numerator, denominator, rag_basis, position
from final
