{# Both readings of a figure hide together. #}
{% macro dq_impacts_of(is_public) -%}
with

{{ edition(is_public) }},

impacts as (
    select * from {{ ref('rpt_dq_impact') }}
    where issue_id = ''
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

judged as (
    select
        impacts.*,
        {{ family_of(number_name('impacts.indicator_id', 'numerator')) }} as family,
        {{ is_hidden() }} as is_hidden_now,
        {{ rests_on_few('indicators.kind', 'impacts.numerator_as_recorded', 'impacts.denominator_as_recorded') }}
            as is_small_as_recorded,
        {{ is_small('impacts.children_affected') }} as are_children_hidden
    from impacts
    inner join disclosure on impacts.la = disclosure.la
    inner join indicators on impacts.indicator_id = indicators.indicator_id
    {{ left_join_hidden('impacts') }}
),

-- A number that is small as recorded and none now is given away by its family.
hidden as (
    select
        *,
        is_hidden_now
        or max(case when is_small_as_recorded and not is_hidden_now then 1 else 0 end)
            over (partition by la, family, basis, period_end) = 1 as is_hidden
    from judged
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
        {{ shown_unless('is_hidden', 'value_as_recorded') }} as value_as_recorded,
        {{ shown_unless('is_hidden', 'value_after_repair') }} as value_after_repair,
        case when is_hidden then 'suppressed' else 'ok' end as status,
        {{ shown_unless('are_children_hidden', 'children_affected') }} as children_affected,
        case when are_children_hidden then 'suppressed' else 'ok' end as children_status
    from hidden
)

select * from final
{%- endmacro %}

{# New and fixed faults hide together: one less the other is what the number of faults has changed by. #}
{% macro dq_issues_of(is_public) -%}
with

{{ edition(is_public) }},

publications as (
    select * from {{ ref('dim_publication') }}
),

issues as (
    select * from {{ ref('dim_recording_issue') }}
),

trend as (
    select
        trend.*,
        {{ is_small('trend.faults') }} as are_faults_hidden,
        {{ is_small('trend.new_faults') }} or {{ is_small('trend.fixed_faults') }} as are_moves_hidden,
        {{ is_small('trend.repaired_faults') }} as are_repaired_hidden
    from {{ ref('rpt_dq_trend') }} as trend
    inner join disclosure on trend.la = disclosure.la
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
        {% for number, condition in [
            ('faults', 'are_faults_hidden'),
            ('new_faults', 'are_moves_hidden'),
            ('fixed_faults', 'are_moves_hidden'),
            ('repaired_faults', 'are_repaired_hidden'),
        ] -%}
        {{ shown_unless('trend.' ~ condition, 'trend.' ~ number) }} as {{ number }},
        {{ status_unless('trend.' ~ condition, 'trend.' ~ number) }} as {{ number }}_status,
        {% endfor -%}
        {{ shown_unless('trend.are_faults_hidden', 'trend.oldest_since') }} as oldest_since,
        affected_measures.titles as affected_titles,
        moved_titles.titles as moved_titles
    from publications
    cross join issues
    inner join trend
        on publications.la = trend.la
        and publications.snapshot_month = trend.snapshot_month
        and issues.issue_id = trend.issue_id
    left join affected_measures on issues.issue_id = affected_measures.issue_id
    left join moved_titles
        on publications.la = moved_titles.la
        and issues.issue_id = moved_titles.issue_id
)

select * from final
{%- endmacro %}

{% macro notes_of(is_public) -%}
with

{{ edition(is_public) }},

publications as (
    select * from {{ ref('dim_publication') }}
),

coverage as (
    select * from {{ ref('fct_legal_status_coverage') }}
),

unmapped_values as (
    select *, replace(domain, '_', ' ') as domain_words
    from {{ ref('fct_unmapped_value') }}
),

children_without_legal_status as (
    select
        coverage.la,
        1 as note_order,
        'no_legal_status' as kind,
        concat(
            case
                when {{ is_small('coverage.children_without') }}
                    then concat(
                        'A small number of children (1 to ',
                        cast(disclosure.smallest_shown - 1 as {{ dbt.type_string() }}), ')'
                    )
                when coverage.children_without = 1 then '1 child'
                else concat(cast(coverage.children_without as {{ dbt.type_string() }}), ' children')
            end,
            ' with an open episode of care ',
            case
                when coverage.children_without = 1 and not {{ is_small('coverage.children_without') }} then 'has'
                else 'have'
            end,
            ' no usable legal status recorded. They are not counted as looked after until it is.'
        ) as message
    from coverage
    inner join publications
        on coverage.la = publications.la
        and coverage.snapshot_month = publications.snapshot_month
    inner join disclosure on coverage.la = disclosure.la
    where coverage.children_without > 0
),

words_not_mapped as (
    select
        unmapped_values.la,
        2 as note_order,
        'unmapped' as kind,
        concat(
            cast(count(*) as {{ dbt.type_string() }}), case when count(*) = 1 then ' word' else ' words' end,
            ' in the extracts (', {{ joined_text('distinct unmapped_values.domain_words', ', ', 'unmapped_values.domain_words') }},
            ') could not be matched to a national code and ', case when count(*) = 1 then 'is' else 'are' end,
            ' listed for the data team. No child leaves the number of looked after children for it.'
        ) as message
    from unmapped_values
    inner join publications
        on unmapped_values.la = publications.la
        and unmapped_values.snapshot_month = publications.snapshot_month
    where unmapped_values.domain <> 'legal_status'
    group by unmapped_values.la
),

final as (
    select * from children_without_legal_status
    union all
    select * from words_not_mapped
)

select * from final
{%- endmacro %}
