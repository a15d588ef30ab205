-- Grain: one row per council, snapshot, table, column and word that no reference table gives a code (A5).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
),

placement_types as (
    select placement_types.*
    from {{ ref('int_placement_types') }} as placement_types
    inner join snapshots
        on placement_types.la = snapshots.la
        and placement_types.snapshot_month = snapshots.snapshot_month
        and placement_types.period_end = snapshots.snapshot_end
),

words_used as (
    {% for family, table, model, column, source_column, domain in [
        ('social_care', 'ssd_cla_episodes', 'stg_ssd__cla_episodes', 'start_reason',
            'clae_cla_episode_start_reason', 'start_reason'),
        ('social_care', 'ssd_cla_episodes', 'stg_ssd__cla_episodes', 'end_reason',
            'clae_cla_episode_ceased_reason', 'end_reason'),
        ('social_care', 'ssd_cla_placement', 'stg_ssd__cla_placement', 'placement_type',
            'clap_cla_placement_type', 'placement_type'),
        ('social_care', 'ssd_cla_placement', 'stg_ssd__cla_placement', 'provider',
            'clap_cla_placement_provider', 'provider'),
        ('social_care', 'ssd_legal_status', 'stg_ssd__legal_status', 'legal_status',
            'lega_legal_status', 'legal_status'),
        ('social_care', 'ssd_cla_health', 'stg_ssd__cla_health', 'check_type',
            'clah_health_check_type', 'health_check_type'),
        ('social_care', 'ssd_cla_health', 'stg_ssd__cla_health', 'check_status',
            'clah_health_check_status', 'health_check_status'),
        ('social_care', 'ssd_missing', 'stg_ssd__missing', 'missing_type',
            'miss_missing_episode_type', 'missing_type'),
        ('care_leavers', 'ssd_care_leavers', 'stg_ssd__care_leavers', 'accommodation',
            'clea_care_leaver_accommodation', 'accommodation'),
        ('care_leavers', 'ssd_care_leavers', 'stg_ssd__care_leavers', 'activity',
            'clea_care_leaver_activity', 'activity'),
        ('fostering', 'ext_foster_household', 'stg_ext__foster_household', 'carer_type', 'carer_type', 'carer_type'),
        ('ssda903', 'ssda903_episodes', 'stg_ssda903__episodes', 'start_reason', 'rne', 'start_reason'),
        ('ssda903', 'ssda903_episodes', 'stg_ssda903__episodes', 'end_reason', 'rec', 'end_reason'),
        ('ssda903', 'ssda903_episodes', 'stg_ssda903__episodes', 'placement_type', 'place', 'placement_type'),
        ('ssda903', 'ssda903_episodes', 'stg_ssda903__episodes', 'provider', 'place_provider', 'provider'),
        ('ssda903', 'ssda903_episodes', 'stg_ssda903__episodes', 'legal_status', 'ls', 'legal_status'),
        ('ssda903', 'ssda903_missing', 'stg_ssda903__missing', 'missing_type', 'missing', 'missing_type'),
    ] -%}
        select
            la, snapshot_month, '{{ family }}' as family, '{{ table }}' as table_name,
            '{{ source_column }}' as column_name, '{{ domain }}' as domain,
            {{ word(column) }} as word, min(trim({{ column }})) as bad_value, min(source_file) as file_name,
            count(*) as row_count
        from {{ ref(model) }}
        where {{ column }} is not null
        group by la, snapshot_month, {{ word(column) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select
        words_used.la,
        words_used.snapshot_month,
        words_used.family,
        words_used.table_name,
        words_used.file_name,
        words_used.column_name,
        words_used.domain,
        words_used.bad_value,
        words_used.row_count
    from words_used
    inner join snapshots
        on words_used.la = snapshots.la
        and words_used.snapshot_month = snapshots.snapshot_month
    left join code_map
        on words_used.la = code_map.la
        and words_used.snapshot_month = code_map.snapshot_month
        and words_used.domain = code_map.domain
        and words_used.word = code_map.word
    left join placement_types
        on words_used.la = placement_types.la
        and words_used.snapshot_month = placement_types.snapshot_month
        and words_used.domain = 'placement_type'
        and words_used.word = placement_types.word
    where code_map.code is null and placement_types.code is null
)

select * from final
