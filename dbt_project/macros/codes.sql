{# The national code sets these definitions rest on (indicators.md section 2, C6, C10, C14). #}

{# Every code that stands for itself, by domain. #}
{% macro national_code_sets() -%}
    {{ return({
        'legal_status': ['C1', 'C2', 'D1', 'E1', 'V2', 'V3', 'V4', 'L1', 'L2', 'L3', 'J1', 'J2', 'J3'],
        'start_reason': ['S', 'P', 'B', 'T', 'U', 'L'],
        'end_reason': [
            'E11', 'E12', 'E2', 'E3', 'E4A', 'E4B', 'E5', 'E6', 'E7', 'E8', 'E9', 'E13', 'E14', 'E15', 'E16', 'E17',
            'E41', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48', 'X1',
        ],
        'provider': ['PR0', 'PR1', 'PR2', 'PR3', 'PR4', 'PR5'],
        'placement_type': [
            'U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'A3', 'A4', 'A5', 'A6', 'P1', 'P2', 'P3', 'H5', 'K1', 'K2', 'K3',
            'R1', 'R2', 'R3', 'R5', 'S1', 'T0', 'T1', 'T2', 'T3', 'T4', 'Z1', 'Z11', 'Z12', 'Z13', 'Z14',
        ],
        'accommodation': [
            'B', 'C', 'D', 'E', 'G', 'H', 'K', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
        ],
        'activity': ['F1', 'P1', 'F2', 'P2', 'F3', 'P3', 'F4', 'P4', 'F5', 'P5', 'G4', 'G5', 'G6'],
        'missing_type': ['M', 'Missing', 'A', 'Away', 'Absent'],
        'health_check_type': ['HEALTH', 'Health Assessment', 'DENTAL', 'Dental Check'],
        'health_check_status': ['Completed', 'Planned', 'Refused', 'Cancelled'],
    }) }}
{%- endmacro %}

{# C6: the legal statuses of a looked-after child. V3 and V4 (short breaks) are not among them. #}
{% macro looked_after_statuses() -%}
    {{ sql_list(['C1', 'C2', 'D1', 'E1', 'V2', 'L1', 'L2', 'L3', 'J1', 'J2', 'J3']) }}
{%- endmacro %}

{# B15: where several run at once, the lowest rank is the status of the episode. #}
{% macro legal_status_rank(code) -%}
    case
        when {{ code }} in ('E1', 'D1') then 1
        when {{ code }} = 'C2' then 2
        when {{ code }} = 'C1' then 3
        when {{ code }} in ('L1', 'L2', 'L3') then 4
        when {{ code }} in ('J1', 'J2', 'J3') then 5
        when {{ code }} = 'V2' then 6
        else 7
    end
{%- endmacro %}

{# C10: holiday, hospital, carer's holiday, up to seven days. #}
{% macro temporary_placements() -%}
    {{ sql_list(['T0', 'T1', 'T2', 'T3', 'T4']) }}
{%- endmacro %}

{# C10: the nights after which a temporary stay is a placement of its own; null: no limit. #}
{% macro temporary_limit_days(code) -%}
    case {{ code }} when 'T1' then 42 when 'T3' then 21 when 'T4' then 7 end
{%- endmacro %}

{# C14. #}
{% macro family_based_placements() -%}
    {{ sql_list(['U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'A3', 'A4', 'A5', 'A6', 'P1']) }}
{%- endmacro %}

{% macro adoptive_placements() -%}
    {{ sql_list(['A3', 'A4', 'A5', 'A6']) }}
{%- endmacro %}

{# C20: placements meant to last; whoever lives in one is permanently matched. #}
{% macro long_term_placements() -%}
    {{ sql_list(['U1', 'U4', 'A3', 'A4', 'A5', 'A6']) }}
{%- endmacro %}

{# Adoption, special guardianship and child arrangements orders; never E13, E4A or E17. #}
{% macro permanence_reasons() -%}
    {{ sql_list(['E11', 'E12', 'E41', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48']) }}
{%- endmacro %}

{# Reasons for ceasing (section 2), by the order that ended care. #}
{% macro adoption_reasons() -%}
    {{ sql_list(['E11', 'E12']) }}
{%- endmacro %}

{# E43 and E44 to 2017/18, E45 to E48 since. #}
{% macro special_guardianship_reasons() -%}
    {{ sql_list(['E43', 'E44', 'E45', 'E46', 'E47', 'E48']) }}
{%- endmacro %}

{# Special guardianship, and child arrangements (before 2014: residence) orders. #}
{% macro guardianship_or_arrangements_reasons() -%}
    {{ sql_list(['E41', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48']) }}
{%- endmacro %}

{# C13: who provides a placement. All but in-house and neither are commissioned, 16+ on a line of its own. #}
{% macro provider_group(placement_code, provider) -%}
    case
        when {{ placement_code }} in ('P1', 'A3', 'A4', 'A5', 'A6') then 'neither'
        when {{ provider }} = 'PR1' then 'in-house'
        when {{ provider }} is null or {{ provider }} = 'PR0' then 'neither'
        when {{ placement_code }} in ('U1', 'U2', 'U3', 'U4', 'U5', 'U6')
            then case when {{ provider }} in ('PR4', 'PR5') then 'IFA' else 'other authority fostering' end
        when {{ placement_code }} in ('K1', 'K2', 'R1', 'S1') then 'out-of-authority residential'
        when {{ placement_code }} in ('H5', 'K3', 'P2') then 'commissioned 16+'
        else 'neither'
    end
{%- endmacro %}

{# D: the looked-after teams from one number to another, in lower case. #}
{% macro lac_teams(first, last) -%}
    {% set teams = [] -%}
    {% for number in range(first, last + 1) -%}
        {% do teams.append('lac team ' ~ number) -%}
    {%- endfor %}
    {{ return(sql_list(teams)) }}
{%- endmacro %}

{# C9: the reasons for a new episode with which care goes on. #}
{% macro continuing_reasons() -%}
    {{ sql_list(['P', 'B', 'T', 'U', 'L']) }}
{%- endmacro %}
