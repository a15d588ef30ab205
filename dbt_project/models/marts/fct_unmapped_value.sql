-- Grain: one row per council, snapshot, table, column and word that no reference table gives a code (A5).
with

words as (
    select * from {{ ref('int_unmapped_words') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where is_as_recorded is not true
),

final as (
    select
        words.la,
        words.snapshot_month,
        words.family,
        words.table_name,
        words.file_name,
        words.column_name,
        words.domain,
        words.bad_value,
        words.row_count
    from words
    inner join snapshots
        on words.la = snapshots.la
        and words.snapshot_month = snapshots.snapshot_month
)

select * from final
