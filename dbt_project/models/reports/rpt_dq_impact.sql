-- Grain: one row per scorecard figure of the published month, on its headline basis and for the year to date, and
-- recording issue whose repairs it feels; one with the issue empty for all together. For officers: nothing is hidden.
with

impacts as (
    select * from {{ ref('fct_dq_impact') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

issues as (
    select * from {{ ref('dim_recording_issue') }}
),

-- A measure that is only given for the year to date has one figure, not two.
places as (
    select la, indicator_id, place, period_end, basis
    from {{ ref('fct_scorecard_figure') }}
    where place in ('month', 'ytd') and basis is not null
    qualify row_number() over (partition by la, indicator_id, basis order by place nulls last) = 1
),

figures as (
    select
        impacts.*,
        indicators.title,
        indicators.unit,
        indicators.position,
        places.place,
        {{ round_half_up('impacts.value_as_recorded') }} as published_as_recorded,
        {{ round_half_up('impacts.value_after_repair') }} as published_after_repair,
        {{ round_half_up('impacts.value_without') }} as published_without,
        {{ round_half_up('impacts.value_with') }} as published_with
    from impacts
    inner join places
        on impacts.la = places.la
        and impacts.indicator_id = places.indicator_id
        and impacts.period_end = places.period_end
        and impacts.basis = places.basis
    inner join indicators on impacts.indicator_id = indicators.indicator_id
),

issues_of_steps as (
    select
        figures.la, figures.indicator_id, figures.place, figures.issue_id as step_id,
        issues.issue_id, issues.title
    from figures
    inner join issues on concat(';', figures.issue_id, ';') like concat('%;', issues.issue_id, ';%')
),

issues_of_rows as (
    select la, indicator_id, place, step_id, issue_id, title from issues_of_steps
    union distinct
    select la, indicator_id, place, '' as step_id, issue_id, title from issues_of_steps
),

issue_names as (
    select
        la, indicator_id, place, step_id,
        {{ joined_text('issue_id', ';', 'issue_id') }} as issue_ids,
        {{ joined_text('title', '; ', 'issue_id') }} as issue_titles
    from issues_of_rows
    group by la, indicator_id, place, step_id
),

final as (
    select
        figures.la,
        figures.indicator_id,
        figures.title,
        figures.unit,
        figures.position,
        figures.place,
        figures.basis,
        figures.period_end,
        figures.issue_id,
        issue_names.issue_ids,
        issue_names.issue_titles,
        figures.children_affected,
        figures.published_as_recorded as value_as_recorded,
        figures.numerator_as_recorded,
        figures.denominator_as_recorded,
        figures.published_after_repair as value_after_repair,
        figures.numerator_after_repair,
        figures.denominator_after_repair,
        figures.published_without as value_without,
        figures.published_with as value_with,
        coalesce(figures.published_without, -1) <> coalesce(figures.published_with, -1) as is_moved
    from figures
    left join issue_names
        on figures.la = issue_names.la
        and figures.indicator_id = issue_names.indicator_id
        and figures.place = issue_names.place
        and figures.issue_id = issue_names.step_id
)

select * from final
