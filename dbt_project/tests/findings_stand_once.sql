-- A fault is one finding: no two rows of a snapshot name the same issue, person, row, column and value.
with

final as (
    select
        la, snapshot_month, issue_id, person_id, table_name, row_id, column_name, bad_value, count(*) as findings
    from {{ ref('fct_dq_issue') }}
    group by la, snapshot_month, issue_id, person_id, table_name, row_id, column_name, bad_value
)

select * from final
where findings > 1
