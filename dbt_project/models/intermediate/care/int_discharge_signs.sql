-- Grain: one row per person, kind and day of a sign that care is ending or has ended: a discharge task that
-- stands open until it is completed, an order recorded as permanence, or special guardianship among the legal
-- statuses. A child arrangements order may leave the child in care.
with

tasks as (
    select * from {{ ref('stg_ext__workflow') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'workflow_task'
),

permanence_rows as (
    select * from {{ ref('stg_ssd__permanence') }}
),

orders as (
    select * from {{ ref('int_permanence_orders') }}
),

recorded_signs as (
    select
        tasks.la,
        tasks.snapshot_month,
        tasks.person_id,
        'discharge task' as sign_kind,
        tasks.started_date as start_date,
        tasks.completed_date as end_date
    from tasks
    left join code_map
        on tasks.la = code_map.la
        and tasks.snapshot_month = code_map.snapshot_month
        and {{ word('tasks.task') }} = code_map.word
    where {{ word('coalesce(code_map.code, tasks.task)') }} = 'discharge from care'
    union all
    select
        la,
        snapshot_month,
        person_id,
        'permanence order' as sign_kind,
        permanence_order_date as start_date,
        cast(null as date) as end_date
    from permanence_rows
    union all
    select
        la,
        snapshot_month,
        person_id,
        'legal order' as sign_kind,
        order_date as start_date,
        cast(null as date) as end_date
    from orders
    where order_kind = 'SGO'
),

-- Of several tasks begun on one day the last to be completed counts.
final as (
    select
        la,
        snapshot_month,
        person_id,
        sign_kind,
        start_date,
        nullif(max({{ or_open('end_date') }}), cast('9999-12-31' as date)) as end_date
    from recorded_signs
    where person_id is not null and start_date is not null
    group by la, snapshot_month, person_id, sign_kind, start_date
)

select * from final
