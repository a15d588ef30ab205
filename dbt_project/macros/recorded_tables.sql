{# The tables of the extract whose rows are an event or a fact about one child or foster household, and so can be
   recorded late. For each: its title in plain words; which columns name the row (`id`), the child (`person`), the
   household or the period of care; the day of the event; and its other columns, apart those that are filled in when it
   ends (`ends`, the day first): an end leaves untouched what the row said of the days before it. Where no column is
   an id, those that tell rows apart are. A table without a day (`event` none) says how things are now.
   `counted_in` are figures that count these very rows: what hides there hides here.
   The team is that of the child's lead worker; a household has none. A contract test holds the columns to the
   contract and the list to the tables that indicators need. #}
{% macro recorded_tables() -%}
    {{ return([
        {
            'name': 'ssd_person', 'title': 'people', 'id': ['pers_person_id'], 'person': 'pers_person_id', 'event': none,
            'columns': ['pers_sex', 'pers_ethnicity', 'pers_dob', 'pers_death_date'],
        },
        {
            'name': 'ssd_cla_episodes', 'title': 'episodes of care', 'id': ['clae_cla_episode_id'],
            'person': 'clae_person_id', 'care': 'clae_cla_id', 'event': 'clae_cla_episode_start_date',
            'columns': [
                'clae_cla_placement_id', 'clae_cla_episode_start_reason', 'clae_cla_primary_need_code',
                'clae_entered_care_date',
            ],
            'left_out': ['clae_cla_last_iro_contact_date'],
            'ends': ['clae_cla_episode_ceased_date', 'clae_cla_episode_ceased_reason'],
        },
        {
            'name': 'ssd_cla_placement', 'title': 'placements', 'id': ['clap_cla_placement_id'],
            'person': 'clap_person_id', 'event': 'clap_cla_placement_start_date',
            'columns': [
                'clap_cla_id', 'clap_cla_placement_type', 'clap_cla_placement_provider', 'clap_cla_placement_urn',
                'clap_cla_placement_distance', 'clap_cla_placement_postcode', 'clap_cla_placement_la',
            ],
            'ends': ['clap_cla_placement_end_date', 'clap_cla_placement_change_reason'],
        },
        {
            'name': 'ssd_legal_status', 'title': 'legal statuses', 'id': ['lega_legal_status_id'],
            'person': 'lega_person_id', 'event': 'lega_legal_status_start_date',
            'columns': ['lega_legal_status'], 'ends': ['lega_legal_status_end_date'],
        },
        {
            'name': 'ssd_cla_reviews', 'title': 'reviews', 'id': ['clar_cla_review_id'], 'care': 'clar_cla_id',
            'event': 'clar_cla_review_date',
            'columns': ['clar_cla_review_due_date', 'clar_cla_review_cancelled', 'clar_cla_review_participation'],
        },
        {
            'name': 'ssd_cla_visits', 'title': 'visits', 'id': ['clav_cla_visit_id'], 'person': 'clav_person_id',
            'event': 'clav_cla_visit_date',
            'columns': ['clav_cla_id', 'clav_cla_visit_seen', 'clav_cla_visit_seen_alone'],
        },
        {
            'name': 'ssd_cla_care_plan', 'title': 'care plans', 'id': ['lacp_table_id'], 'person': 'lacp_person_id',
            'event': 'lacp_cla_care_plan_start_date', 'ends': ['lacp_cla_care_plan_end_date'],
        },
        {
            'name': 'ssd_cla_health', 'title': 'health checks', 'id': ['clah_health_check_id'],
            'person': 'clah_person_id', 'event': 'clah_health_check_date',
            'columns': ['clah_health_check_type', 'clah_health_check_status'],
        },
        {
            'name': 'ssd_missing', 'title': 'missing episodes', 'id': ['miss_table_id'], 'person': 'miss_person_id',
            'event': 'miss_missing_episode_start_date', 'columns': ['miss_missing_episode_type'],
            'ends': ['miss_missing_episode_end_date', 'miss_missing_rhi_offered', 'miss_missing_rhi_accepted'],
            'counted_in': ['missing_episodes'],
        },
        {
            'name': 'ssd_immigration_status', 'title': 'immigration statuses', 'id': ['immi_immigration_status_id'],
            'person': 'immi_person_id', 'event': 'immi_immigration_status_start_date',
            'columns': ['immi_immigration_status'], 'ends': ['immi_immigration_status_end_date'],
        },
        {
            'name': 'ssd_permanence', 'title': 'adoption decisions and permanence orders', 'id': ['perm_table_id'],
            'person': 'perm_person_id',
            'event': [
                'perm_adm_decision_date', 'perm_placement_order_date', 'perm_matched_date',
                'perm_placed_for_adoption_date', 'perm_permanence_order_date',
            ],
            'columns': ['perm_cla_id'],
            'ends': [
                'perm_placement_order_date', 'perm_matched_date', 'perm_placed_for_adoption_date',
                'perm_placed_foster_carer_date', 'perm_placed_ffa_cp_date', 'perm_decision_reversed_date',
                'perm_permanence_order_date', 'perm_adopted_by_carer_flag', 'perm_permanence_order_type',
            ],
            'end_days': 7,
            'counted_in': ['sgo_cao_granted', 'adoptions'],
        },
        {
            'name': 'ssd_involvements', 'title': 'allocations to workers', 'id': ['invo_involvements_id'],
            'person': 'invo_person_id', 'event': 'invo_involvement_start_date',
            'columns': ['invo_professional_id', 'invo_professional_role_id', 'invo_professional_team'],
            'ends': ['invo_involvement_end_date'],
        },
        {
            'name': 'ssd_care_leavers', 'title': 'care leavers', 'id': ['clea_person_id', 'clea_care_leaver_eligibility'],
            'person': 'clea_person_id', 'event': none,
            'columns': [
                'clea_care_leaver_in_touch', 'clea_care_leaver_latest_contact', 'clea_care_leaver_accommodation',
                'clea_care_leaver_accom_suitable', 'clea_care_leaver_activity', 'clea_pathway_plan_review_date',
                'clea_care_leaver_allocated_team',
            ],
        },
        {
            'name': 'ext_pathway_plan', 'title': 'pathway plans', 'id': ['person_id', 'plan_date', 'plan_type'],
            'person': 'person_id', 'event': 'plan_date',
        },
        {
            'name': 'ext_pep', 'title': 'personal education plans', 'id': ['person_id', 'meeting_date', 'source'],
            'person': 'person_id', 'event': ['meeting_date', 'completed_date'], 'ends': ['completed_date'],
        },
        {
            'name': 'ext_yot', 'title': 'youth offending interventions',
            'id': ['person_id', 'start_date', 'intervention_type'], 'person': 'person_id', 'event': 'start_date',
            'ends': ['end_date'],
        },
        {
            'name': 'ext_ehcp', 'title': 'education, health and care plans', 'id': ['person_id', 'start_date'],
            'person': 'person_id', 'event': 'start_date', 'ends': ['ceased_date'],
        },
        {
            'name': 'ext_workflow', 'title': 'workflow tasks', 'id': ['person_id', 'task', 'started_date'],
            'person': 'person_id', 'event': 'started_date', 'ends': ['completed_date'],
        },
        {
            'name': 'ext_foster_household', 'title': 'foster approvals', 'id': ['household_id', 'approval_date'],
            'household': 'household_id', 'event': ['approval_date', 'reg24_start', 'first_approval_date'],
            'columns': ['carer_type', 'approved_places', 'on_hold_from', 'on_hold_to', 'reg24_end', 'main_carer_dob'],
            'ends': ['end_date', 'end_route', 'end_reason'],
            'counted_in': ['foster_recruited'],
        },
        {
            'name': 'ssda903_header', 'title': 'children in the return', 'id': ['child'], 'person': 'child', 'event': none,
            'columns': ['sex', 'dob', 'ethnic'],
        },
        {
            'name': 'ssda903_episodes', 'title': 'episodes of care', 'id': ['child', 'decom'], 'person': 'child',
            'event': 'decom',
            'columns': ['rne', 'ls', 'cin', 'place', 'place_provider', 'home_post', 'pl_post', 'urn', 'pl_la'],
            'ends': ['dec', 'rec', 'reason_place_change'],
        },
        {
            'name': 'ssda903_reviews', 'title': 'reviews', 'id': ['child', 'review'], 'person': 'child',
            'event': 'review', 'columns': ['dob', 'review_code'],
        },
        {
            'name': 'ssda903_uasc', 'title': 'asylum-seeking children', 'id': ['child'], 'person': 'child',
            'event': none, 'columns': ['sex', 'dob'], 'ends': ['duc'],
        },
        {
            'name': 'ssda903_ad1', 'title': 'adopted children', 'id': ['child', 'date_int'], 'person': 'child',
            'event': 'date_int',
            'columns': ['dob', 'date_match', 'foster_care', 'nb_adoptr', 'sex_adoptr', 'ls_adoptr'],
            'counted_in': ['adoptions'],
        },
        {
            'name': 'ssda903_missing', 'title': 'missing episodes', 'id': ['child', 'missing', 'mis_start'],
            'person': 'child', 'event': 'mis_start', 'columns': ['dob'], 'ends': ['mis_end'],
            'counted_in': ['missing_episodes'],
        },
    ]) }}
{%- endmacro %}

{# The names of the tables without a day: a change of theirs may speak of any day. #}
{% macro undated_tables() -%}
    {{ return(sql_list(recorded_tables() | selectattr('event', 'none') | map(attribute='name') | list)) }}
{%- endmacro %}

{# What has no day yet, such as a review that is planned, has not happened. #}
{% macro has_happened() -%}
    (event_date is not null or table_name in {{ undated_tables() }})
{%- endmacro %}

{# The names of the tables whose rows go on step by step, each with its day. #}
{% macro tables_in_steps() -%}
    {{ return(sql_list(recorded_tables() | selectattr('end_days', 'defined') | map(attribute='name') | list)) }}
{%- endmacro %}

{# A table in plain words. #}
{% macro table_title(table_name) -%}
    case {{ table_name }}
        {% for table in recorded_tables() -%}
            when '{{ table.name }}' then '{{ table.title }}'
        {% endfor -%}
    end
{%- endmacro %}

{# One row of a table as a record: who, when, and what it says. Two records that say the same have the same hash. #}
{% macro record_columns(table) -%}
    {% set days = [table.event] if table.event is string else table.event or [] -%}
    {% set ends = table.get('ends', []) -%}
    '{{ table.name }}' as table_name,
    {{ id_of(table.id) }} as row_id,
    {{ table.get('person', text_or_null(none)) }} as person_id,
    {{ table.get('household', text_or_null(none)) }} as household_id,
    {{ table.get('care', text_or_null(none)) }} as cla_id,
    cast({{ first_of(days) }} as date) as event_date,
    cast({{ first_of(ends[:table.get('end_days', 1)], 'greatest') }} as date) as end_date,
    {{ fingerprint(table.get('columns', []) + days | reject('in', ends) | list) }} as row_hash,
    {{ fingerprint(ends) }} as end_hash
{%- endmacro %}

{% macro first_of(columns, which='coalesce') -%}
    {% if columns | length > 1 -%}
        {{ which }}({{ columns | join(', ') }})
    {%- else -%}
        {{ columns[0] if columns else 'null' }}
    {%- endif %}
{%- endmacro %}

{# An id of one column as it is, of several in one text. #}
{% macro id_of(columns) -%}
    {% if columns | length == 1 -%}
        {{ columns[0] }}
    {%- else -%}
        concat_ws(
            ' ',
            {% for column in columns -%}
                coalesce(cast({{ column }} as {{ dbt.type_string() }}), '-'){{ ',' if not loop.last }}
            {% endfor -%}
        )
    {%- endif %}
{%- endmacro %}

{# A number for what some columns say, to be compared within one build: engines and their versions give others. #}
{% macro fingerprint(columns) -%}
    {{ return(adapter.dispatch('fingerprint')(columns or ['0'])) }}
{%- endmacro %}

{% macro default__fingerprint(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__fingerprint(columns) -%}
    xxhash64({{ columns | join(', ') }})
{%- endmacro %}
