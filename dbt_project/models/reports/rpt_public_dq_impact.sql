-- Grain: one row per scorecard figure of the published month, on its headline basis and for the year to date: as
-- recorded and after repair, for everyone. Both readings hide where either rests on 1 to 5 children.
with

impacts as (
    select * from {{ ref('rpt_dq_impact') }}
    where issue_id = ''
),

final as (
    select
        la,
        indicator_id,
        title,
        unit,
        position,
        place,
        basis,
        period_end,
        issue_ids,
        issue_titles,
        is_moved,
        {{ shown_unless_small('value_as_recorded', 'rests_on') }} as value_as_recorded,
        {{ shown_unless_small('value_after_repair', 'rests_on') }} as value_after_repair,
        {{ status_unless_small("'ok'", 'rests_on') }} as status,
        {{ shown_unless_small('children_affected', 'children_affected') }} as children_affected,
        {{ status_unless_small("'ok'", 'children_affected') }} as children_status
    from impacts
)

select * from final
