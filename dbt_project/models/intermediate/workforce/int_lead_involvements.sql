-- Grain: one row per person with a lead key worker at a month end (D): the allocated worker's involvement with the
-- latest start (DQ23). All children, not only those looked after (B14).
with

involvements as (
    select * from {{ ref('int_open_involvements') }}
    where role = 'allocated worker'
),

final as (
    select la, snapshot_month, period_end, person_id, involvement_id, professional_id, team, involvement_start_date
    from involvements
    qualify row_number() over (
            partition by la, snapshot_month, period_end, person_id
            order by
                involvement_start_date desc nulls last, length(involvement_id) desc nulls last,
                involvement_id desc nulls last
        ) = 1
)

select * from final
