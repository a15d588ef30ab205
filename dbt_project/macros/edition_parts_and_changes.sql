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
   the three numbers of rows hide with them and together: what is new less what went is the difference of a count, and
   another pack may print the reading that is safe. #}
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
        sum(restatements.rows_removed) as rows_removed,
        max(restatements.definition_version) as definition_version,
        case
            when max(case when restatements.reason = 'definition' then 1 else 0 end) = 1 then 'definition'
            when max(case when restatements.reason = 'delivered again' then 1 else 0 end) = 1 then 'delivered again'
            else 'later extract'
        end as reason
    from publications
    inner join restatements
        on publications.la = restatements.la
        and publications.snapshot_month = restatements.snapshot_month
        and (
            publications.period_end > restatements.period_end
            or publications.is_as_of and publications.period_end = restatements.period_end
        )
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
        and snapshot_values.snapshot_month {{ which }} publications.snapshot_month
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
        {{ is_hidden() }}
        or families.was_small
        or {{ is_small('changes.rows_added') }}
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
        reason,
        definition_version,
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
