-- Grain: one row per recording issue looked for in the published month's extract: what it is, how many were found,
-- and which figures it moved, for everyone. Numbers of 1 to 5 are hidden.
{% set known_status = "case when {} is null then 'none' else 'ok' end" -%}
with

publications as (
    select * from {{ ref('dim_publication') }}
),

issues as (
    select * from {{ ref('dim_recording_issue') }}
),

trend as (
    select * from {{ ref('rpt_dq_trend') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null
),

figures as (
    select * from {{ ref('rpt_dq_impact') }}
),

affected_measures as (
    select issues.issue_id, {{ joined_text('indicators.title', '; ', 'indicators.position') }} as titles
    from issues
    inner join indicators on concat(';', issues.affects, ';') like concat('%;', indicators.indicator_id, ';%')
    group by issues.issue_id
),

-- A figure that two issues move up and down again did not move.
moved_measures as (
    select distinct steps.la, issues.issue_id, steps.title, steps.position
    from figures as steps
    inner join figures as whole
        on steps.la = whole.la
        and steps.indicator_id = whole.indicator_id
        and steps.place = whole.place
    inner join issues on concat(';', steps.issue_id, ';') like concat('%;', issues.issue_id, ';%')
    where steps.issue_id <> '' and whole.issue_id = '' and steps.is_moved and whole.is_moved
),

moved_titles as (
    select la, issue_id, {{ joined_text('title', '; ', 'position') }} as titles
    from moved_measures
    group by la, issue_id
),

final as (
    select
        publications.la,
        issues.issue_id,
        issues.title,
        issues.severity,
        issues.description,
        issues.effect,
        issues.repaired,
        issues.owner,
        trend.faults > 0 as is_found,
        {{ shown_unless_small('trend.faults', 'trend.faults') }} as faults,
        {{ status_unless_small("'ok'", 'trend.faults') }} as faults_status,
        {{ shown_unless_small('trend.new_faults', 'trend.new_faults') }} as new_faults,
        {{ status_unless_small(known_status.format('trend.new_faults'), 'trend.new_faults') }} as new_faults_status,
        {{ shown_unless_small('trend.fixed_faults', 'trend.fixed_faults') }} as fixed_faults,
        {{ status_unless_small(known_status.format('trend.fixed_faults'), 'trend.fixed_faults') }} as fixed_faults_status,
        {{ shown_unless_small('trend.repaired_faults', 'trend.repaired_faults') }} as repaired_faults,
        {{ status_unless_small("'ok'", 'trend.repaired_faults') }} as repaired_faults_status,
        {{ shown_unless_small('trend.oldest_since', 'trend.faults') }} as oldest_since,
        affected_measures.titles as affected_titles,
        moved_titles.titles as moved_titles
    from publications
    cross join issues
    inner join trend
        on publications.la = trend.la
        and publications.month = trend.snapshot_month
        and issues.issue_id = trend.issue_id
    left join affected_measures on issues.issue_id = affected_measures.issue_id
    left join moved_titles
        on publications.la = moved_titles.la
        and issues.issue_id = moved_titles.issue_id
)

select * from final
