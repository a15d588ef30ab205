-- Grain: one row per time missing that is recorded as a placement, or Z1, of its own (DQ08), with the row before and
-- after it, and whether it can be folded: the child went back to the same home (B2).
with

seams as (
    select * from {{ ref('int_episode_seams') }}
),

missing as (
    select * from {{ ref('int_recorded_missing') }}
),

missing_placements as (
    select distinct seams.*
    from seams
    inner join missing
        on seams.la = missing.la
        and seams.snapshot_month = missing.snapshot_month
        and seams.person_id = missing.person_id
        and seams.start_date = missing.missing_start_date
    where seams.placement_code = 'Z1' or seams.placement_word like '%missing%' or seams.placement_word like '%absent%'
),

final as (
    select
        missing_placements.la,
        missing_placements.snapshot_month,
        missing_placements.person_id,
        missing_placements.source_table,
        missing_placements.episode_number,
        missing_placements.episode_id,
        missing_placements.placement_id,
        missing_placements.placement_word,
        missing_placements.start_date,
        missing_placements.episode_number_before,
        back.episode_number as episode_number_back,
        missing_placements.household_id_before is not null and back.household_id is not null as is_by_household,
        not missing_placements.is_held_before
        and missing_placements.start_date = missing_placements.end_date_before
        and back.start_date = missing_placements.end_date
        and case
            when missing_placements.household_id_before is not null and back.household_id is not null
                then missing_placements.household_id_before = back.household_id
            else missing_placements.placement_word_before = back.placement_word
                and coalesce(missing_placements.urn_before, '') = coalesce(back.urn, '')
                and coalesce(missing_placements.postcode_sector_before, '') = coalesce(back.postcode_sector, '')
                and coalesce(back.urn, back.postcode_sector) is not null
        end as is_back_home
    from missing_placements
    left join seams as back
        on missing_placements.la = back.la
        and missing_placements.snapshot_month = back.snapshot_month
        and missing_placements.person_id = back.person_id
        and missing_placements.episode_number = back.episode_number_before
)

select * from final
