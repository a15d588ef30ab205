{# Calendar arithmetic of C4. Every macro is one date (or number) expression, never a query. #}

{# C4: n months on, clamped to the month's end (31 August and six months is 28 or 29 February). #}
{% macro add_months(day, months) -%}
    cast({{ dbt.dateadd('month', months, day) }} as date)
{%- endmacro %}

{# C4a: the last day on which something must have started to have lasted n months at the day. #}
{% macro months_before(day, months) -%}
    cast({{ dbt.dateadd('month', -months, '(' ~ day ~ ' + 1)') }} as date)
{%- endmacro %}

{# C4d: the day an age is attained; a person born on 29 February attains it on 1 March of a common year. #}
{% macro birthday(birth_date, age) -%}
    case
        when extract(month from {{ birth_date }}) = 2
            and extract(day from {{ birth_date }}) = 29
            and extract(day from (make_date(cast(extract(year from {{ birth_date }}) as int) + {{ age }}, 3, 1) - 1)) = 28
            then make_date(cast(extract(year from {{ birth_date }}) as int) + {{ age }}, 3, 1)
        else make_date(
            cast(extract(year from {{ birth_date }}) as int) + {{ age }},
            cast(extract(month from {{ birth_date }}) as int),
            cast(extract(day from {{ birth_date }}) as int)
        )
    end
{%- endmacro %}

{# C4d: age in completed years; the birthday counts. Null where the birth date is unknown. #}
{% macro age_at(birth_date, day) -%}
    cast(
        extract(year from {{ day }}) - extract(year from {{ birth_date }})
        - case
            when extract(month from {{ day }}) * 100 + extract(day from {{ day }})
                < extract(month from {{ birth_date }}) * 100 + extract(day from {{ birth_date }})
                then 1
            else 0
        end as int
    )
{%- endmacro %}

{# C2: running at a day, over [start, end). #}
{% macro runs_at(start_date, end_date, day) -%}
    ({{ start_date }} <= {{ day }} and ({{ end_date }} is null or {{ end_date }} > {{ day }}))
{%- endmacro %}

{# B0: an end after the day is not known yet at the day. #}
{% macro end_known_at(end_date, day) -%}
    case when {{ end_date }} <= {{ day }} then {{ end_date }} end
{%- endmacro %}

{# An open end sorts after every date. #}
{% macro or_open(end_date) -%}
    coalesce({{ end_date }}, cast('9999-12-31' as date))
{%- endmacro %}

{% macro is_open(end_date) -%}
    ({{ end_date }} = cast('9999-12-31' as date))
{%- endmacro %}

{# C3: 1 April of the financial year that a day lies in. #}
{% macro financial_year_start(day) -%}
    make_date(
        cast(extract(year from {{ day }}) as int) - case when extract(month from {{ day }}) < 4 then 1 else 0 end, 4, 1
    )
{%- endmacro %}

{# 1 for April to 12 for March. #}
{% macro month_of_financial_year(day) -%}
    (
        cast(extract(month from {{ day }}) as int) + case when extract(month from {{ day }}) < 4 then 9 else -3 end
    )
{%- endmacro %}

{# The 1 January, 1 April or 1 September on or after the fifth birthday: compulsory school age begins. #}
{% macro compulsory_school_start(fifth_birthday) -%}
    {% set year = 'cast(extract(year from ' ~ fifth_birthday ~ ') as int)' -%}
    case
        {% for month in [1, 4, 9] -%}
            when {{ fifth_birthday }} <= make_date({{ year }}, {{ month }}, 1) then make_date({{ year }}, {{ month }}, 1)
        {% endfor -%}
        else make_date({{ year }} + 1, 1, 1)
    end
{%- endmacro %}

{# The last Friday in June of the school year (from September) of the 16th birthday: compulsory school age ends. #}
{% macro compulsory_school_end(sixteenth_birthday) -%}
    {% set june_ends = 'make_date(cast(extract(year from ' ~ sixteenth_birthday ~ ') as int)'
        ~ ' + case when extract(month from ' ~ sixteenth_birthday ~ ') >= 9 then 1 else 0 end, 6, 30)' -%}
    ({{ june_ends }} - cast({{ dbt.datediff("cast('1995-01-06' as date)", june_ends, 'day') }} % 7 as int))
{%- endmacro %}
