-- Grain: one row per recorded episode of care, as the figures read it: with the repairs that are safe (F2). A repair
-- is a cell of int_repairs; one that no longer finds the value it was made for is left.
{% set repaired_fields = ['end_date', 'end_reason', 'start_reason', 'provider'] -%}
with

recorded_episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

repairs as (
    select * from {{ ref('int_repairs') }}
),

missing_as_placements as (
    select * from {{ ref('int_missing_as_placements') }}
),

-- DQ08: a time missing becomes part of the stay around it: that home, and no move into it or out of it.
folded as (
    select missing_as_placements.*
    from missing_as_placements
    inner join repairs
        on missing_as_placements.la = repairs.la
        and missing_as_placements.snapshot_month = repairs.snapshot_month
        and missing_as_placements.person_id = repairs.person_id
        and repairs.issue_id = 'DQ08'
        and {{ placement_row('missing_as_placements.') }} = repairs.row_id
    where missing_as_placements.is_back_home
),

homes_around as (
    select
        folded.la, folded.snapshot_month, folded.person_id, folded.episode_number,
        recorded_episodes.placement_word, recorded_episodes.provider, recorded_episodes.urn,
        recorded_episodes.postcode_sector, recorded_episodes.placement_la, recorded_episodes.distance_miles,
        recorded_episodes.household_id
    from folded
    inner join recorded_episodes
        on folded.la = recorded_episodes.la
        and folded.snapshot_month = recorded_episodes.snapshot_month
        and folded.person_id = recorded_episodes.person_id
        and folded.episode_number_before = recorded_episodes.episode_number
),

steps_of_folded as (
    select la, snapshot_month, person_id, episode_number from folded
    union
    select la, snapshot_month, person_id, episode_number_back as episode_number from folded
),

final as (
    select
        episodes.source_table,
        episodes.la,
        episodes.snapshot_month,
        episodes.person_id,
        episodes.episode_id,
        episodes.cla_id,
        episodes.start_date,
        coalesce(cast(repaired_end_date.new_value as date), episodes.end_date) as end_date,
        case
            when steps_of_folded.episode_number is not null and episodes.start_reason = 'P' then 'T'
            when steps_of_folded.episode_number is not null and episodes.start_reason = 'B' then 'U'
            else coalesce(repaired_start_reason.new_value, episodes.start_reason)
        end as start_reason,
        coalesce(repaired_end_reason.new_value, episodes.end_reason) as end_reason,
        episodes.legal_status,
        episodes.placement_id,
        {% for column in [
            'placement_word', 'provider', 'urn', 'postcode_sector', 'placement_la', 'distance_miles', 'household_id',
        ] -%}
            case when homes_around.episode_number is not null then homes_around.{{ column }}
                else {{ 'coalesce(repaired_provider.new_value, episodes.provider)' if column == 'provider'
                    else 'episodes.' ~ column }}
            end as {{ column }},
        {% endfor -%}
        episodes.change_reason,
        episodes.episode_number
    from recorded_episodes as episodes
    {% for field in repaired_fields -%}
        {% set old_value = 'episodes.' ~ field -%}
        left join repairs as repaired_{{ field }}
            on episodes.la = repaired_{{ field }}.la
            and episodes.snapshot_month = repaired_{{ field }}.snapshot_month
            and episodes.person_id = repaired_{{ field }}.person_id
            and {{ placement_row('episodes.') if field == 'provider' else 'episodes.episode_id' }}
            = repaired_{{ field }}.row_id
            and {{ episode_column(field, 'episodes.') }} = repaired_{{ field }}.column_name
            and coalesce({{ date_text(old_value) if field == 'end_date' else old_value }}, '')
            = coalesce(repaired_{{ field }}.old_value, '')
    {% endfor -%}
    left join homes_around
        on episodes.la = homes_around.la
        and episodes.snapshot_month = homes_around.snapshot_month
        and episodes.person_id = homes_around.person_id
        and episodes.episode_number = homes_around.episode_number
    left join steps_of_folded
        on episodes.la = steps_of_folded.la
        and episodes.snapshot_month = steps_of_folded.snapshot_month
        and episodes.person_id = steps_of_folded.person_id
        and episodes.episode_number = steps_of_folded.episode_number
)

select * from final
