-- Grain: one row per figure and snapshot that a re-run changed, all snapshots up to the published month.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

restatements as (
    select * from {{ ref('fct_restatement') }}
),

final as (
    select
        restatements.la,
        restatements.indicator_id,
        restatements.period_end,
        restatements.basis,
        restatements.breakdown,
        restatements.unit,
        restatements.first_published_value,
        restatements.first_published_snapshot,
        restatements.previous_value,
        restatements.current_value,
        restatements.snapshot_month,
        restatements.rows_added,
        restatements.rows_changed,
        restatements.rows_removed
    from restatements
    inner join publications on restatements.la = publications.la
)

select * from final
