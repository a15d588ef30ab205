-- Grain: one row per child looked after at a month end.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

spells as (
    select * from {{ ref('int_carer_spells') }}
),

-- C11: a spell counts if a night of it lies in the twelve months, in whichever period of care.
spells_in_window as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        count(*) as spell_count
    from looked_after
    inner join spells
        on looked_after.la = spells.la
        and looked_after.snapshot_month = spells.snapshot_month
        and looked_after.period_end = spells.period_end
        and looked_after.person_id = spells.person_id
        and {{ or_open('spells.spell_end_date') }} > {{ months_before('looked_after.period_end', 12) }}
    group by looked_after.la, looked_after.snapshot_month, looked_after.period_end, looked_after.person_id
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
        coalesce(spells_in_window.spell_count, 0) >= 3 as is_in_numerator
    from looked_after
    left join spells_in_window
        on looked_after.la = spells_in_window.la
        and looked_after.snapshot_month = spells_in_window.snapshot_month
        and looked_after.period_end = spells_in_window.period_end
        and looked_after.person_id = spells_in_window.person_id
)

select * from final
