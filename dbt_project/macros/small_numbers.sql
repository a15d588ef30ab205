{# Numbers above nought and below the smallest that is shown stay within the team; 0 is a true zero and may be shown.
   The smallest comes from dim_disclosure, joined under that name unless said otherwise. #}
{% macro is_small(number, smallest='disclosure.smallest_shown') -%}
    coalesce({{ number }} > 0 and {{ number }} < {{ smallest }}, false)
{%- endmacro %}

{% macro shown_unless(condition, value) -%}
    case when not {{ condition }} then {{ value }} end
{%- endmacro %}

{% macro status_unless(condition, value) -%}
    case when {{ value }} is null then 'none' when {{ condition }} then 'suppressed' else 'ok' end
{%- endmacro %}

{# Does a figure rest on a small number? A percentage does too where few did not meet it; a mean where few are in it. #}
{% macro rests_on_few(kind, numerator, denominator) -%}
    case
        when {{ kind }} = 'mean' then {{ is_small(denominator) }}
        when {{ kind }} = 'ratio' then {{ is_small(numerator) }} or {{ is_small(denominator) }}
        when {{ kind }} = 'percentage' and disclosure.is_rest_hidden
            then {{ is_small(numerator) }} or {{ is_small(denominator ~ ' - ' ~ numerator) }}
        else {{ is_small(numerator) }}
    end
{%- endmacro %}

{# Is the group too small for a percentage of it? #}
{% macro is_of_few(kind, denominator) -%}
    coalesce(
        {{ kind }} = 'percentage' and {{ denominator }} > 0 and {{ denominator }} < disclosure.smallest_denominator, false
    )
{%- endmacro %}

{# The same number under another name: which number of which indicator is the numerator of another one. Hidden under
   one name it is hidden under all. #}
{% macro equal_numbers() -%}
    {{ return([
        ('lac_rate_10k', 'numerator', 'lac_count'),
        ('lac_age_band_share', 'numerator', 'lac_count'),
        ('lac_legal_status_share', 'numerator', 'lac_count'),
        ('foster_placement_pct', 'numerator', 'foster_placement_count'),
        ('admission_average_age', 'denominator', 'admissions'),
        ('ceased_by_reason', 'numerator', 'ceased'),
        ('ceased_permanence_pct', 'denominator', 'ceased'),
        ('ceased_sgo_pct', 'denominator', 'ceased'),
        ('adopted_pct_of_ceased', 'denominator', 'ceased'),
        ('adopted_pct_of_ceased', 'numerator', 'adoptions'),
        ('adoptions_12m_shobpa_pct', 'denominator', 'adoptions'),
        ('adoptions_12m_shobpa_pct', 'numerator', 'adoptions_12m_shobpa_count'),
    ]) }}
{%- endmacro %}

{# A number that is the sum of others of the same month or year to date; where only one is printed, the rest is too. #}
{% macro sums_of_numbers() -%}
    {{ return([
        ('ceased_permanence_pct', ['ceased_sgo_cao', 'adoptions']),
        ('ceased_sgo_cao', ['ceased_sgo_pct', 'rest']),
    ]) }}
{%- endmacro %}

{# Stocks that are always printed: with theirs, what came in tells what went out. #}
{% macro flows_of_stocks() -%}
    {{ return([('admissions', 'ceased'), ('foster_recruited', 'foster_deregistered')]) }}
{%- endmacro %}

{# What the number of a figure is called; null where it is nobody else's and has no line of its own. #}
{% macro number_name(indicator_id, which) -%}
    case {{ indicator_id }}
        {% for indicator, its_number, same_as in equal_numbers() if its_number == which -%}
        when '{{ indicator }}' then '{{ same_as }}'
        {% endfor -%}
        {% if which == 'numerator' -%}
        else {{ indicator_id }}
        {%- endif %}
    end
{%- endmacro %}
