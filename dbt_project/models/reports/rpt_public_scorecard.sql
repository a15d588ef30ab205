-- Grain: one row per scorecard indicator of the published month, for everyone: counts and numerators of 1 to 5
-- are hidden before anything is made from them, so change and rating hide with them.
with

figures as (
    select
        la, indicator_id, place,
        {{ shown_unless_small('value', 'rests_on') }} as value,
        {{ shown_unless_small('numerator', 'rests_on') }} as numerator,
        {{ shown_unless_small('denominator', 'rests_on') }} as denominator,
        {{ status_unless_small('status', 'rests_on') }} as status,
        note
    from {{ ref('fct_scorecard_figure') }}
),

moved_figures as (
    select la, indicator_id, place, unit, value_as_recorded, issue_ids
    from {{ ref('rpt_public_dq_impact') }}
    where is_moved
),

{{ repair_notes_from('moved_figures') }},

{{ scorecard_from('figures', 'repair_notes') }}

select * from final
