{# Figures under a definition beside those under the one that took its place: thirteen months of the headline basis and
   the last two year ends, as long as there is a reading under the old one.
   Two readings of the same months tell of those who count under one definition alone. Both hide where they may be few
   (in what met it, in what it is of, in what did not meet it); numbers that tell each other hide together; sums over
   months always, for they would tell the months; and so does what the rule in force does not judge. #}
{% macro definition_changes_of(is_public) -%}
{% set hides = 'true' if is_public else 'false' -%}
with

{{ edition(is_public) }},

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null and kind <> 'share'
),

definition_changes as (
    select * from {{ ref('dim_definition_change') }}
),

figures_judged as (
    select * from {{ ref('fct_disclosure_figure') }}
    where breakdown = ''
),

readings as (
    select
        all_readings.*,
        indicators.title,
        indicators.kind,
        all_readings.basis in ('fytd', 'fy')
        or all_readings.basis = 'rolling_12m' and indicators.headline_basis <> 'rolling_12m' as is_sum_of_months,
        {{ family_of(number_name('all_readings.indicator_id', 'numerator')) }} as family,
        {{ family_of(number_name('all_readings.indicator_id', 'denominator')) }} as family_of_base
    from publications
    inner join {{ ref('fct_definition_change') }} as all_readings
        on publications.la = all_readings.la
        and publications.period_end >= all_readings.period_end
    inner join indicators on all_readings.indicator_id = indicators.indicator_id
    where all_readings.has_old
        and (
            all_readings.basis = indicators.headline_basis
            and all_readings.period_end >= publications.year_ago_end
            or all_readings.basis = indicators.last_year_basis
            and all_readings.period_end in (
                publications.previous_year_end, {{ financial_year_start('publications.previous_year_end') }} - 1
            )
        )
),

notes as (
    select
        steps.indicator_id,
        steps.old_version,
        steps.definition_version,
        max(definition_changes.from_month) as from_month,
        {{ joined_text('definition_changes.note', '; ', 'definition_changes.definition_version') }} as note
    from (select distinct indicator_id, old_version, definition_version from readings) as steps
    inner join definition_changes
        on steps.indicator_id = definition_changes.indicator_id
        and steps.old_version < definition_changes.definition_version
        and steps.definition_version >= definition_changes.definition_version
    group by steps.indicator_id, steps.old_version, steps.definition_version
),

judged as (
    select
        readings.*,
        {{ is_hidden() }}
        or {{ hides }} and (readings.is_sum_of_months or figures_judged.la is null)
        {% for reading in ['old', 'new'] -%}
        or {{ rests_on_few('readings.kind', 'readings.' ~ reading ~ '_numerator', 'readings.' ~ reading ~ '_denominator') }}
        or {{ is_of_few('readings.kind', 'readings.' ~ reading ~ '_denominator') }}
        {% endfor -%}
        or {{ is_small('abs(readings.new_numerator - readings.old_numerator)') }}
        or {{ is_small('abs(readings.new_denominator - readings.old_denominator)') }}
        or {{ is_small(
            'abs(readings.new_denominator - readings.new_numerator - readings.old_denominator + readings.old_numerator)'
        ) }} as is_few
    from readings
    inner join disclosure on readings.la = disclosure.la
    left join figures_judged
        on readings.la = figures_judged.la
        and readings.indicator_id = figures_judged.indicator_id
        and readings.period_end = figures_judged.period_end
        and readings.basis = figures_judged.basis
    {{ left_join_hidden('readings') }}
),

few_families as (
    select distinct la, period_end, family
    from judged
    where is_few and not is_sum_of_months
),

hidden as (
    select
        judged.*,
        judged.is_few or families.la is not null or families_of_base.la is not null as is_hidden
    from judged
    {% for name, column in [('families', 'family'), ('families_of_base', 'family_of_base')] -%}
    left join few_families as {{ name }}
        on judged.la = {{ name }}.la
        and judged.period_end = {{ name }}.period_end
        and judged.{{ column }} = {{ name }}.family
    {% endfor %}
),

final as (
    select
        hidden.la,
        hidden.indicator_id,
        hidden.title,
        hidden.definition_version as version,
        notes.from_month,
        notes.note,
        hidden.period_end,
        hidden.basis,
        {% for value in ['old_value', 'new_value'] -%}
        {{ shown_unless('hidden.is_hidden', 'hidden.' ~ value) }} as {{ value }},
        {{ status_unless('hidden.is_hidden', 'hidden.' ~ value) }} as {{ value }}_status{% if not loop.last %},{% endif %}
        {% endfor %}
    from hidden
    left join notes
        on hidden.indicator_id = notes.indicator_id
        and hidden.old_version = notes.old_version
        and hidden.definition_version = notes.definition_version
)

select * from final
{%- endmacro %}
