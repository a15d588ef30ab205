{# The rows of the pack, each made twice: for everyone, with small numbers hidden, and for officers, from whom nothing
   is hidden. The two editions differ in these two steps alone. #}
{% macro edition(is_public) -%}
disclosure as (
    select la, {{ 'smallest_shown' if is_public else '0' }} as smallest_shown, is_rest_hidden
    from {{ ref('dim_disclosure') }}
),

hidden_figures as (
    select la, indicator_id, period_end, basis, breakdown
    from {{ ref('fct_hidden_figure') }}
    {% if not is_public %}where 1 = 0{% endif %}
)
{%- endmacro %}

{# How the rows of a step meet the hidden figures. #}
{% macro left_join_hidden(rows, breakdown="''") -%}
    left join hidden_figures
        on {{ rows }}.la = hidden_figures.la
        and {{ rows }}.indicator_id = hidden_figures.indicator_id
        and {{ rows }}.period_end = hidden_figures.period_end
        and {{ rows }}.basis = hidden_figures.basis
        and hidden_figures.breakdown = {{ breakdown }}
{%- endmacro %}

{% macro is_hidden() -%}
    hidden_figures.la is not null
{%- endmacro %}

{# Whatever is made of a hidden figure (rating, change, denominator) is made after it is hidden, so hides too. #}
{% macro scorecard_of(is_public) -%}
with

{{ edition(is_public) }},

all_figures as (
    select * from {{ ref('fct_scorecard_figure') }}
),

figures as (
    select
        all_figures.la,
        all_figures.indicator_id,
        all_figures.place,
        {{ shown_unless(is_hidden(), 'all_figures.value') }} as value,
        {{ shown_unless(is_hidden(), 'all_figures.numerator') }} as numerator,
        {{ shown_unless(is_hidden(), 'all_figures.denominator') }} as denominator,
        case when {{ is_hidden() }} then 'suppressed' else all_figures.status end as status,
        all_figures.note
    from all_figures
    {{ left_join_hidden('all_figures') }}
),

moved_figures as (
    select la, indicator_id, place, unit, value_as_recorded, issue_ids
    from {{ ref('rpt_public_dq_impact' if is_public else 'rpt_officers_dq_impact') }}
    where is_moved
),

{{ repair_notes_from('moved_figures') }},

{{ scorecard_from('figures', 'repair_notes') }}

select * from final
{%- endmacro %}

{# The whole of a share is always 100, so it has no trend. A term measure shows the latest term that had ended by the
   month's end. #}
{% macro trend_of(is_public) -%}
with

{{ edition(is_public) }},

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null and kind <> 'share'
),

all_figures as (
    select * from {{ ref('fct_indicator_value') }}
    where breakdown = ''
),

months_back as (
    {% for months in range(13) -%}
        select {{ months }} as months_back{% if not loop.last %}
            union all{% endif %}
    {% endfor %}
),

places as (
    select
        publications.la,
        indicators.indicator_id,
        indicators.headline_basis as basis,
        cast(last_day({{ dbt.dateadd('month', '-months_back.months_back', 'publications.period_end') }}) as date)
            as period_end
    from publications
    cross join indicators
    cross join months_back
),

figures as (
    select
        all_figures.*,
        places.period_end as place_end
    from places
    inner join all_figures
        on places.la = all_figures.la
        and places.indicator_id = all_figures.indicator_id
        and places.basis = all_figures.basis
        and (
            places.period_end = all_figures.period_end
            or places.basis = 'term' and places.period_end > all_figures.period_end
        )
    qualify row_number() over (
            partition by places.la, places.indicator_id, places.period_end order by all_figures.period_end desc nulls last
        ) = 1
),

final as (
    select
        places.la,
        places.indicator_id,
        places.period_end,
        places.basis,
        {{ shown_unless(is_hidden(), 'figures.published_value') }} as value,
        {{ shown_unless(is_hidden(), 'figures.numerator') }} as numerator,
        {{ shown_unless(is_hidden(), 'figures.denominator') }} as denominator,
        case when {{ is_hidden() }} then 'suppressed' else coalesce(figures.status, 'not_available') end as status,
        case when figures.indicator_id is null then 'no extract of this month' else figures.note end as note
    from places
    left join figures
        on places.la = figures.la
        and places.indicator_id = figures.indicator_id
        and places.period_end = figures.place_end
    {{ left_join_hidden('figures') }}
)

select * from final
{%- endmacro %}

{# Where the whole is hidden none of its parts is there, or how many there are would tell how large it is. Hidden parts
   of an open set are one row: which of them occur is a fact about somebody, and their sum is not small. #}
{% macro parts_of(is_public) -%}
with

{{ edition(is_public) }},

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where breakdown is not null
),

categories as (
    select * from {{ ref('dim_indicator_category') }}
),

all_figures as (
    select
        *,
        split_part(breakdown, '=', 1) as breakdown_name,
        substring(breakdown, length(split_part(breakdown, '=', 1)) + 2) as part
    from {{ ref('fct_indicator_value') }}
    where breakdown <> ''
),

figures as (
    select
        all_figures.*,
        categories.category_order,
        {{ is_hidden() }} as is_hidden,
        {{ is_hidden() }} and categories.breakdown is null as is_one_of_others
    from publications
    inner join all_figures
        on publications.la = all_figures.la
        and publications.period_end = all_figures.period_end
    inner join indicators
        on all_figures.indicator_id = indicators.indicator_id
        and all_figures.basis = indicators.headline_basis
    left join categories
        on all_figures.indicator_id = categories.indicator_id
        and all_figures.breakdown = categories.breakdown
    left join hidden_figures as hidden_wholes
        on all_figures.la = hidden_wholes.la
        and all_figures.indicator_id = hidden_wholes.indicator_id
        and all_figures.period_end = hidden_wholes.period_end
        and all_figures.basis = hidden_wholes.basis
        and hidden_wholes.breakdown = ''
    {{ left_join_hidden('all_figures', 'all_figures.breakdown') }}
    where hidden_wholes.la is null
),

parts as (
    select
        la,
        indicator_id,
        breakdown_name as breakdown,
        period_end,
        basis,
        case when is_one_of_others then 'all others' else part end as part,
        category_order,
        is_one_of_others,
        is_hidden and not is_one_of_others as is_hidden,
        sum(published_value) as figure,
        sum(numerator) as numerator,
        max(denominator) as denominator
    from figures
    group by
        la, indicator_id, breakdown_name, period_end, basis, case when is_one_of_others then 'all others' else part end,
        category_order, is_one_of_others, is_hidden and not is_one_of_others
),

final as (
    select
        la,
        indicator_id,
        breakdown,
        part,
        cast(row_number() over (
            partition by la, indicator_id, breakdown
            order by
                case when is_one_of_others then 1 else 0 end nulls last,
                category_order nulls last,
                case when not is_hidden then figure end desc nulls last,
                part nulls last
        ) as int) as part_order,
        period_end,
        basis,
        {% for number in ['figure', 'numerator'] -%}
        {{ shown_unless('is_hidden', number) }} as {{ number }},
        {{ status_unless('is_hidden', number) }} as {{ number }}_status,
        {% endfor -%}
        denominator,
        {{ status_unless('false', 'denominator') }} as denominator_status
    from parts
)

select * from final
{%- endmacro %}

{# Figures of earlier months that read otherwise than in the pack before. Both readings hide where either does, and
   the three numbers of rows hide together: what is new less what went is the difference of a count. #}
{% macro changed_figures_of(is_public) -%}
with

{{ edition(is_public) }},

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null
),

restatements as (
    select * from {{ ref('fct_restatement') }}
    where breakdown = ''
),

snapshot_values as (
    select * from {{ ref('fct_snapshot_value') }}
    where breakdown = '' and status = 'ok'
),

-- An extract that came twice was computed twice: all that changed since the month before counts.
changes as (
    select
        restatements.la,
        restatements.indicator_id,
        restatements.period_end,
        restatements.basis,
        indicators.title,
        indicators.unit,
        indicators.position,
        indicators.kind,
        publications.month,
        sum(restatements.rows_added) as rows_added,
        sum(restatements.rows_changed) as rows_changed,
        sum(restatements.rows_removed) as rows_removed
    from publications
    inner join restatements
        on publications.la = restatements.la
        and publications.month = restatements.snapshot_month
        and publications.period_end > restatements.period_end
    inner join indicators
        on restatements.indicator_id = indicators.indicator_id
        and restatements.basis = indicators.headline_basis
    group by
        restatements.la, restatements.indicator_id, restatements.period_end, restatements.basis, indicators.title,
        indicators.unit, indicators.position, indicators.kind, publications.month
),

{% for reading, which in [('before', '<'), ('now', '=')] -%}
figures_{{ reading }} as (
    select snapshot_values.*
    from publications
    inner join snapshot_values
        on publications.la = snapshot_values.la
        and snapshot_values.snapshot_month {{ which }} publications.month
    qualify row_number() over (
            partition by
                snapshot_values.la, snapshot_values.indicator_id, snapshot_values.period_end, snapshot_values.basis
            order by snapshot_values.snapshot_month desc nulls last, snapshot_values.computation desc nulls last
        ) = 1
),

{% endfor -%}
-- A number that was small and is none now is given away by its family.
families as (
    select
        figures_before.la,
        figures_before.period_end,
        figures_before.basis,
        {{ family_of(number_name('figures_before.indicator_id', 'numerator')) }} as family,
        max(case
            when not {{ is_hidden() }}
                and {{ rests_on_few('indicators.kind', 'figures_before.numerator', 'figures_before.denominator') }} then 1
            else 0
        end) = 1 as was_small
    from figures_before
    inner join disclosure on figures_before.la = disclosure.la
    inner join indicators
        on figures_before.indicator_id = indicators.indicator_id
        and figures_before.basis = indicators.headline_basis
    {{ left_join_hidden('figures_before') }}
    group by
        figures_before.la, figures_before.period_end, figures_before.basis,
        {{ family_of(number_name('figures_before.indicator_id', 'numerator')) }}
),

changed as (
    select
        changes.*,
        figures_before.published_value as before,
        figures_now.published_value as now,
        {{ is_hidden() }} or families.was_small as is_hidden,
        {{ is_small('changes.rows_added') }}
        or {{ is_small('changes.rows_changed') }}
        or {{ is_small('changes.rows_removed') }} as are_rows_hidden
    from changes
    inner join disclosure on changes.la = disclosure.la
    {% for reading in ['before', 'now'] -%}
    inner join figures_{{ reading }}
        on changes.la = figures_{{ reading }}.la
        and changes.indicator_id = figures_{{ reading }}.indicator_id
        and changes.period_end = figures_{{ reading }}.period_end
        and changes.basis = figures_{{ reading }}.basis
    {% endfor -%}
    inner join families
        on changes.la = families.la
        and changes.period_end = families.period_end
        and changes.basis = families.basis
        and {{ family_of(number_name('changes.indicator_id', 'numerator')) }} = families.family
    {{ left_join_hidden('changes') }}
    where figures_before.published_value is distinct from figures_now.published_value
),

final as (
    select
        la,
        indicator_id,
        title,
        unit,
        position,
        period_end,
        basis,
        {% for figure in ['before', 'now'] -%}
        {{ shown_unless('is_hidden', figure) }} as {{ figure }},
        {{ status_unless('is_hidden', figure) }} as {{ figure }}_status,
        {% endfor -%}
        {% for number in ['rows_added', 'rows_changed', 'rows_removed'] -%}
        {{ shown_unless('are_rows_hidden', number) }} as {{ number }},
        {{ status_unless('are_rows_hidden', number) }} as {{ number }}_status{% if not loop.last %},{% endif %}
        {% endfor %}
    from changed
)

select * from final
{%- endmacro %}

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
        and publications.month = trend.snapshot_month
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
        and coverage.snapshot_month = publications.month
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
        and unmapped_values.snapshot_month = publications.month
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
