-- Grain: one row per whole figure and change of its definition, where figures of both versions have been published:
-- the figure under the old version beside the figure under the new.
with

readings as (
    select
        *,
        cast(substring(snapshot_month, 1, 4) as int) * 12 + cast(substring(snapshot_month, 6, 2) as int)
            as snapshot_number
    from {{ ref('fct_snapshot_value') }}
    where breakdown = '' and status = 'ok'
    qualify row_number() over (
            partition by la, indicator_id, period_end, basis, definition_version, snapshot_month
            order by computation desc nulls last
        ) = 1
),

versions as (
    select distinct la, indicator_id, definition_version from readings
),

changes as (
    select
        la,
        indicator_id,
        definition_version,
        lag(definition_version) over (partition by la, indicator_id order by definition_version nulls last)
            as old_version
    from versions
    qualify lag(definition_version) over (partition by la, indicator_id order by definition_version nulls last) is not null
),

figures as (
    select distinct
        changes.la,
        changes.indicator_id,
        changes.old_version,
        changes.definition_version,
        readings.period_end,
        readings.basis
    from changes
    inner join readings
        on changes.la = readings.la
        and changes.indicator_id = readings.indicator_id
        and readings.definition_version in (changes.old_version, changes.definition_version)
),

-- The last word of the old version.
old_readings as (
    select * from readings
    qualify row_number() over (
            partition by la, indicator_id, period_end, basis, definition_version
            order by snapshot_month desc nulls last
        ) = 1
),

-- The new reading is of the same extract, so that nothing but the definition lies between the two; where that was not
-- computed again, of the nearest.
final as (
    select
        figures.la,
        figures.indicator_id,
        figures.period_end,
        figures.basis,
        figures.old_version,
        figures.definition_version,
        old_readings.snapshot_month as old_snapshot_month,
        old_readings.published_value as old_value,
        old_readings.numerator as old_numerator,
        old_readings.denominator as old_denominator,
        new_readings.snapshot_month as new_snapshot_month,
        new_readings.published_value as new_value,
        new_readings.numerator as new_numerator,
        new_readings.denominator as new_denominator,
        old_readings.la is not null as has_old,
        new_readings.la is not null as has_new
    from figures
    left join old_readings
        on figures.la = old_readings.la
        and figures.indicator_id = old_readings.indicator_id
        and figures.period_end = old_readings.period_end
        and figures.basis = old_readings.basis
        and figures.old_version = old_readings.definition_version
    left join readings as new_readings
        on figures.la = new_readings.la
        and figures.indicator_id = new_readings.indicator_id
        and figures.period_end = new_readings.period_end
        and figures.basis = new_readings.basis
        and figures.definition_version = new_readings.definition_version
    qualify row_number() over (
            partition by
                figures.la, figures.indicator_id, figures.period_end, figures.basis, figures.definition_version
            order by
                abs(new_readings.snapshot_number - old_readings.snapshot_number) nulls last,
                new_readings.snapshot_month desc nulls last
        ) = 1
)

select * from final
