-- Grain: one row per child in the caseload of a qualified social worker at a month end (D). Children of managers,
-- of workers who are long absent or have left, and of nobody are in none.
with

leads as (
    select * from {{ ref('int_lead_involvements') }}
),

workers as (
    select * from {{ ref('int_social_workers') }}
),

final as (
    select
        leads.la,
        leads.snapshot_month,
        leads.period_end,
        leads.person_id,
        leads.involvement_id,
        leads.professional_id,
        workers.team
    from leads
    inner join workers
        on leads.la = workers.la
        and leads.snapshot_month = workers.snapshot_month
        and leads.period_end = workers.period_end
        and leads.professional_id = workers.professional_id
)

select * from final
