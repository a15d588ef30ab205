{# The value below which this part of the values lies, between two of them where it falls between. #}
{% macro percentile(value, part) -%}
    percentile_cont({{ part }}) within group (order by {{ value }} nulls last)
{%- endmacro %}

{# Is what lies beyond a percentile, one in so many of the values, a small number? Then it is the day of one of a few. #}
{% macro is_of_few_beyond(values_count, one_in) -%}
    ({{ values_count }} < {{ one_in }} * disclosure.smallest_shown)
{%- endmacro %}

{# The records that explain the changed figures of the pack: of the same figures, in the same edition. For everyone, what
   explains a figure whose rows are hidden is not there at all: which tables there are is a fact about few. Of a table,
   all numbers hide together where one is small, or where few of the rows that changed are left without such a record.
   The longest time is that of one child and is never for everyone. #}
{% macro change_causes_of(is_public) -%}
{% set counts = ['records_added', 'records_changed', 'records_removed', 'records_late', 'children'] -%}
with

{{ edition(is_public) }},

changed_figures as (
    select * from {{ ref('rpt_public_changed_figure' if is_public else 'rpt_officers_changed_figure') }}
    {% if is_public -%}
    where rows_added_status = 'ok' and rows_changed_status = 'ok' and rows_removed_status = 'ok'
    {%- endif %}
),

publications as (
    select * from {{ ref('dim_publication') }}
),

causes as (
    select * from {{ ref('fct_restatement_cause') }}
    {% if is_public %}where team = ''{% endif %}
),

judged as (
    select
        causes.*,
        {% for name in counts -%}
        {{ is_small('causes.' ~ name) }}
        or {% endfor -%}
        {{ is_small('causes.records_added - causes.records_late') }}
        or {{ is_small(
            'changed_figures.rows_added + changed_figures.rows_changed + changed_figures.rows_removed - causes.children'
        ) }} as is_hidden,
        {{ is_of_few_beyond('causes.records_late', 2) }} as is_median_hidden
    from publications
    inner join causes
        on publications.la = causes.la
        and publications.snapshot_month = causes.snapshot_month
    inner join changed_figures
        on causes.la = changed_figures.la
        and causes.indicator_id = changed_figures.indicator_id
        and causes.period_end = changed_figures.period_end
        and causes.basis = changed_figures.basis
    inner join disclosure on causes.la = disclosure.la
),

final as (
    select
        la,
        indicator_id,
        period_end,
        basis,
        table_name,
        table_title,
        team,
        {% for name in counts -%}
        {{ shown_unless('is_hidden', name) }} as {{ name }},
        {{ status_unless('is_hidden', name) }} as {{ name }}_status,
        {% endfor -%}
        {% for name, hidden in [
            ('median_days_late', '(is_hidden or is_median_hidden)'),
            ('longest_days_late', 'true' if is_public else 'false'),
        ] -%}
        {{ shown_unless(hidden, name) }} as {{ name }},
        case when is_hidden then 'suppressed' else {{ status_unless(hidden, name) }} end as {{ name }}_status{{ ',' if not loop.last }}
        {% endfor %}
    from judged
)

select * from final
{%- endmacro %}

{# How late records come, over the last thirteen extracts. For everyone, all of a table's numbers hide together where one
   is small, where few came in time, or where a figure that counts these very rows is hidden for that month. #}
{% macro lateness_of(is_public) -%}
with

{{ edition(is_public) }},

publications as (
    select * from {{ ref('dim_publication') }}
),

snapshots as (
    select
        *,
        row_number() over (partition by la order by snapshot_month desc nulls last) as months_back
    from (select distinct la, snapshot_month from {{ ref('fct_lateness') }}) as known
),

hidden_counts as (
    select distinct hidden_figures.la, hidden_figures.period_end, counted_in.table_name
    from hidden_figures
    inner join (
        {% for table in recorded_tables() | selectattr('counted_in', 'defined') -%}
            {% set is_last_table = loop.last -%}
            {% for indicator_id in table.counted_in -%}
                select '{{ table.name }}' as table_name, '{{ indicator_id }}' as indicator_id
                {% if not (loop.last and is_last_table) %}union all{% endif %}
            {% endfor -%}
        {% endfor -%}
    ) as counted_in on hidden_figures.indicator_id = counted_in.indicator_id
    where hidden_figures.breakdown = '' and hidden_figures.basis = 'in_month'
),

lateness as (
    select * from {{ ref('fct_lateness') }}
    {% if is_public %}where team = ''{% endif %}
),

judged as (
    select
        lateness.*,
        {{ is_small('lateness.records') }}
        or {{ is_small('lateness.records_late') }}
        or {{ is_small('lateness.records - lateness.records_late') }}
        or hidden_counts.la is not null as is_hidden,
        {{ is_of_few_beyond('lateness.records', 2) }} as is_median_hidden,
        {{ is_of_few_beyond('lateness.records', 10) }} as is_decile_hidden
    from publications
    inner join snapshots on publications.la = snapshots.la and snapshots.months_back <= 13
    inner join lateness
        on snapshots.la = lateness.la
        and snapshots.snapshot_month = lateness.snapshot_month
    inner join disclosure on lateness.la = disclosure.la
    left join hidden_counts
        on lateness.la = hidden_counts.la
        and lateness.table_name = hidden_counts.table_name
        and lateness.snapshot_month = substring({{ date_text('hidden_counts.period_end') }}, 1, 7)
),

final as (
    select
        la,
        snapshot_month,
        table_name,
        table_title,
        team,
        {% for name, hidden in [
            ('records', 'is_hidden'),
            ('records_late', 'is_hidden'),
            ('median_days', '(is_hidden or is_median_hidden)'),
            ('ninth_decile_days', '(is_hidden or is_decile_hidden)'),
        ] -%}
        {{ shown_unless(hidden, name) }} as {{ name }},
        {{ status_unless(hidden, name) }} as {{ name }}_status{{ ',' if not loop.last }}
        {% endfor %}
    from judged
)

select * from final
{%- endmacro %}
