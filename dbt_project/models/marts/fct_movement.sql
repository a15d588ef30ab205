-- Grain: one row per indicator's headline figure, month of this financial year or the last, and number of months later:
-- how far the figure, as first published, had moved when it was run again.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where kind <> 'share'
),

series_breaks as (
    select * from {{ ref('stg_reference__series_break') }}
),

snapshot_values as (
    select * from {{ ref('fct_snapshot_value') }}
    where breakdown = '' and published_value is not null and is_published and not is_backfilled
),

readings as (
    select
        snapshot_values.la,
        snapshot_values.indicator_id,
        snapshot_values.basis,
        snapshot_values.unit,
        snapshot_values.period_end,
        snapshot_values.snapshot_month,
        snapshot_values.computation,
        snapshot_values.definition_version,
        snapshot_values.published_value,
        12 * (
            cast(substring(snapshot_values.snapshot_month, 1, 4) as int)
            - cast(extract(year from snapshot_values.period_end) as int)
        )
        + cast(substring(snapshot_values.snapshot_month, 6, 2) as int)
        - cast(extract(month from snapshot_values.period_end) as int) as months_later,
        publications.snapshot_month as newest_snapshot_month,
        publications.rerun_months
    from publications
    inner join snapshot_values
        on publications.la = snapshot_values.la
        and publications.snapshot_month >= snapshot_values.snapshot_month
        and publications.period_end >= snapshot_values.period_end
        and snapshot_values.period_end >= {{ financial_year_start('publications.previous_year_end') }}
    inner join indicators
        on snapshot_values.indicator_id = indicators.indicator_id
        and snapshot_values.basis = indicators.headline_basis
),

-- Of an extract that came twice the first figure was published first, and the last one stands.
readings_that_count as (
    select * from readings
    where months_later between 0 and rerun_months
    qualify row_number() over (
            partition by la, indicator_id, basis, period_end, snapshot_month
            order by case when months_later = 0 then computation else -computation end nulls last
        ) = 1
),

moved as (
    select
        later.la,
        later.indicator_id,
        later.basis,
        later.unit,
        later.period_end,
        later.months_later,
        first_published.published_value as first_value,
        later.published_value as later_value,
        round(later.published_value - first_published.published_value, 1) as movement,
        first_published.snapshot_month as first_snapshot_month,
        later.snapshot_month as later_snapshot_month,
        later.newest_snapshot_month
    from readings_that_count as later
    inner join readings_that_count as first_published
        on later.la = first_published.la
        and later.indicator_id = first_published.indicator_id
        and later.basis = first_published.basis
        and later.period_end = first_published.period_end
        and later.definition_version = first_published.definition_version
        and first_published.months_later = 0
    where later.months_later > 0
),

-- Where the series breaks between the two, they are two measures.
across_a_break as (
    select distinct
        moved.la,
        moved.indicator_id,
        moved.period_end,
        moved.months_later
    from moved
    inner join series_breaks
        on moved.la = series_breaks.la
        and moved.indicator_id = series_breaks.indicator_id
        and moved.newest_snapshot_month = series_breaks.snapshot_month
        and moved.first_snapshot_month < series_breaks.from_month
        and moved.later_snapshot_month >= series_breaks.from_month
),

final as (
    select
        moved.la,
        moved.indicator_id,
        moved.basis,
        moved.unit,
        moved.period_end,
        moved.months_later,
        moved.first_value,
        moved.later_value,
        moved.movement
    from moved
    left join across_a_break
        on moved.la = across_a_break.la
        and moved.indicator_id = across_a_break.indicator_id
        and moved.period_end = across_a_break.period_end
        and moved.months_later = across_a_break.months_later
    where across_a_break.la is null
)

select * from final
