-- Grain: one row per child under 16 at a month end who has been looked after for two and a half years.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
    where age < 16
        and care_start_date <= {{ months_before('period_end', 30) }}
),

spells as (
    select * from {{ ref('int_carer_spells') }}
),

-- A child placed for adoption keeps the time with the carer directly before, where no gap lies between.
spells_before as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        spells.spell_start_date
    from looked_after
    inner join spells
        on looked_after.la = spells.la
        and looked_after.snapshot_month = spells.snapshot_month
        and looked_after.period_end = spells.period_end
        and looked_after.person_id = spells.person_id
        and looked_after.care_number = spells.care_number
        and looked_after.spell_number - 1 = spells.spell_number
        and looked_after.spell_start_date <= {{ or_open('spells.spell_end_date') }}
    where looked_after.placement_code in {{ adoptive_placements() }}
),

final as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        looked_after.has_carer
        and least(looked_after.spell_start_date, coalesce(spells_before.spell_start_date, looked_after.spell_start_date))
        <= {{ months_before('looked_after.period_end', 24) }} as is_in_numerator
    from looked_after
    left join spells_before
        on looked_after.la = spells_before.la
        and looked_after.snapshot_month = spells_before.snapshot_month
        and looked_after.period_end = spells_before.period_end
        and looked_after.person_id = spells_before.person_id
)

select * from final
