-- Grain: one row per break in an indicator's series up to the published month, and what broke it: a note of
-- ref_series_break, or another version of the definition.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

figures as (
    select * from {{ ref('fct_indicator_value') }}
    where breakdown = '' and status = 'ok'
),

definition_changes as (
    select * from {{ ref('dim_definition_change') }}
),

recorded_breaks as (
    select * from {{ ref('stg_reference__series_break') }}
),

-- The current series. Months whose extract is gone could not be computed again.
months as (
    select
        figures.la,
        figures.indicator_id,
        figures.period_end,
        figures.definition_version,
        lag(figures.definition_version) over (
            partition by figures.la, figures.indicator_id order by figures.period_end nulls last
        ) as version_before
    from figures
    inner join publications
        on figures.la = publications.la
        and figures.period_end <= publications.period_end
    inner join indicators
        on figures.indicator_id = indicators.indicator_id
        and figures.basis = indicators.headline_basis
),

steps_of_version as (
    select
        months.la,
        months.indicator_id,
        substring(cast(months.period_end as {{ dbt.type_string() }}), 1, 7) as from_month,
        months.definition_version,
        months.version_before,
        {{ joined_text('definition_changes.note', '; ', 'definition_changes.definition_version') }} as note
    from months
    left join definition_changes
        on months.indicator_id = definition_changes.indicator_id
        and months.version_before < definition_changes.definition_version
        and months.definition_version >= definition_changes.definition_version
    where months.definition_version <> months.version_before
    group by
        months.la, months.indicator_id, months.period_end, months.definition_version, months.version_before
),

breaks as (
    select
        la,
        indicator_id,
        from_month,
        case
            when definition_version < version_before
                then concat('definition version ', definition_version, ', the earlier one')
            else concat_ws(': ', concat('definition version ', definition_version), note)
        end as note,
        definition_version
    from steps_of_version
    union all
    select
        recorded_breaks.la,
        recorded_breaks.indicator_id,
        recorded_breaks.from_month,
        recorded_breaks.note,
        cast(null as int) as definition_version
    from publications
    inner join recorded_breaks
        on publications.la = recorded_breaks.la
        and publications.snapshot_month = recorded_breaks.snapshot_month
        and publications.month >= recorded_breaks.from_month
),

final as (
    select distinct
        la,
        indicator_id,
        from_month,
        concat('Break in series from ', from_month, ': ', note) as sentence,
        definition_version
    from breaks
)

select * from final
