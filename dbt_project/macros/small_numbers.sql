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

{# Rounded percentages of fewer than this, month after month, are equations that can be solved for the one month that is
   hidden. #}
{% macro few_enough_to_solve() -%}
    200
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
        ('adoption_a10_days', 'denominator', 'adoption_a1_days denominator'),
        ('ceased_by_reason', 'numerator', 'ceased'),
        ('ceased_permanence_pct', 'denominator', 'ceased'),
        ('ceased_sgo_pct', 'denominator', 'ceased'),
        ('adopted_pct_of_ceased', 'denominator', 'ceased'),
        ('adopted_pct_of_ceased', 'numerator', 'adoptions'),
        ('adoptions_12m_shobpa_pct', 'denominator', 'adoptions'),
        ('adoptions_12m_shobpa_pct', 'numerator', 'adoptions_12m_shobpa_count'),
    ]) }}
{%- endmacro %}

{# A number that is the sum of others of the same month or year to date, and of these reasons for leaving care. #}
{% macro sums_of_numbers() -%}
    {{ return([
        ('ceased_permanence_pct', ['ceased_sgo_cao', 'adoptions'], none),
        ('ceased_sgo_cao', ['ceased_sgo_pct'], "in ('E41')"),
        ('ceased_sgo_pct', [], 'in ' ~ special_guardianship_reasons()),
        ('adoptions', [], 'in ' ~ adoption_reasons()),
        ('ceased', ['ceased_permanence_pct'], 'not in ' ~ permanence_reasons()),
    ]) }}
{%- endmacro %}

{# Stocks that are always printed: with theirs, what came in tells what went out. #}
{% macro flows_of_stocks() -%}
    {{ return([('admissions', 'ceased'), ('foster_recruited', 'foster_deregistered')]) }}
{%- endmacro %}

{# A number, and one that it is nearly all of: their months would tell each other. #}
{% macro numbers_nearly_equal() -%}
    {{ return([('ceased_sgo_cao', 'ceased_sgo_pct')]) }}
{%- endmacro %}

{# Numbers that hide together. What came in and what went out; in a month a number and one that it is nearly all of;
   over a year two parts of a whole whose months are printed, or those between would tell more than their sums. #}
{% macro pairs_of_numbers() -%}
    {% set pairs = [('adoptions', 'ceased_sgo_cao', ['fytd'])] -%}
    {% for one, other in flows_of_stocks() -%}
        {% do pairs.append((one, other, ['in_month', 'fytd'])) -%}
    {%- endfor %}
    {% for one, other in numbers_nearly_equal() -%}
        {% do pairs.append((one, other, ['in_month'])) -%}
    {%- endfor %}
    {{ return(pairs) }}
{%- endmacro %}

{# Numbers that tell each other. Where one of them was small in another reading (as recorded, or in the pack before) and
   is not hidden now, that reading of all of them hides. #}
{% macro family_of(number_name) -%}
    case
        when {{ number_name }} in ('lac_count', 'admissions', 'ceased') then 'looked after'
        when {{ number_name }} in ('foster_households', 'foster_recruited', 'foster_deregistered') then 'fostering'
        when {{ number_name }} in ('ceased_permanence_pct', 'ceased_sgo_cao', 'ceased_sgo_pct', 'adoptions')
            then 'left for permanence'
        else {{ number_name }}
    end
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

{# How often the lines are gone through: three times for those of a month, twice for each month of a year in its order
   (the year to date of a month is decided when those before it are), three times more, and twice for what is left. #}
{% macro rounds_of_hiding() -%}
    {{ return({'first': 3, 'months': 24, 'last': 3, 'whole_lines': 2}) }}
{%- endmacro %}

{# Does what is shown of a line give a hidden number away? One alone is what the others leave; several together are a
   number too, and it may not be small. #}
{% macro gives_away(line) -%}
    (
        sum(is_hidden) over {{ line }} = 1
        or sum(is_hidden) over {{ line }} > 1
        and max(case when role = 'total' and is_hidden = 0 then 1 else 0 end) over {{ line }} = 1
        and {{ is_small(
            "sum(case when role = 'part' then is_hidden * amount else 0 end) over " ~ line,
            'smallest_shown'
        ) }}
    )
{%- endmacro %}

{# Secondary suppression over the rows of fct_disclosure_line, a CTE of that name with smallest_shown: in each line that
   gives a number away one more hides, the one that loses least; a number that hides in one line hides in all. Rounds
   are written one after another, for not every engine has recursion; each reads the one before, once. #}
{% macro hide_in_rounds(lines) -%}
{% set rounds = rounds_of_hiding() -%}
{% set count = rounds.first + rounds.months + rounds.last + rounds.whole_lines -%}
{% for number in range(1, count + 1) -%}
{% set is_whole_line = number > count - rounds.whole_lines -%}
judged_{{ number }} as (
    select
        la, line_id, cell_id, role, first_round, amount, is_hidden, loss, period_end, smallest_shown,
        case
            when first_round > {{ number }} or is_hidden = 1 or loss is null then 0
            {% if not is_whole_line -%}
            when row_number() over (
                    partition by la, line_id
                    order by
                        is_hidden nulls last, case when amount = 0 and loss > 0 then 1 else 0 end nulls last,
                        loss nulls last, period_end desc nulls last, amount nulls last, cell_id nulls last
                ) > 1 then 0
            {% endif -%}
            when {{ gives_away('(partition by la, line_id)') }} then 1
            else 0
        end as hides_now
    from {{ lines if number == 1 else 'hidden_' ~ (number - 1) }}
),

hidden_{{ number }} as (
    select
        la, line_id, cell_id, role, first_round, amount, loss, period_end, smallest_shown,
        max(greatest(is_hidden, hides_now)) over (partition by la, cell_id) as is_hidden
    from judged_{{ number }}
),

{% endfor -%}
settled as (
    select * from hidden_{{ count }}
)
{%- endmacro %}
