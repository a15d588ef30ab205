-- Grain: one row per child in care with a pathway plan instead of a care plan before the pathway plan is due, or with
-- a care plan and no pathway plan from then on.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where is_landed
),

looked_after as (
    select looked_after.*
    from {{ ref('int_looked_after') }} as looked_after
    inner join snapshots
        on looked_after.la = snapshots.la
        and looked_after.snapshot_month = snapshots.snapshot_month
        and looked_after.period_end = snapshots.snapshot_end
    where looked_after.age is null or looked_after.age < 18
),

eligible_children as (
    select * from {{ ref('int_eligible_children') }}
),

care_plans as (
    select * from {{ ref('stg_ssd__cla_care_plan') }}
),

pathway_plans as (
    select * from {{ ref('stg_ext__pathway_plan') }}
),

care_leavers as (
    select * from {{ ref('stg_ssd__care_leavers') }}
),

children as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_start_date,
        eligible_children.pathway_plan_due_date,
        coalesce(eligible_children.pathway_plan_due_date <= looked_after.period_end, false) as is_due
    from looked_after
    left join eligible_children
        on looked_after.la = eligible_children.la
        and looked_after.snapshot_month = eligible_children.snapshot_month
        and looked_after.period_end = eligible_children.period_end
        and looked_after.person_id = eligible_children.person_id
),

-- The latest care plan in force, else the one that ended last.
last_care_plans as (
    select
        children.la,
        children.snapshot_month,
        children.person_id,
        care_plans.care_plan_id,
        care_plans.care_plan_start_date,
        {{ end_known_at('care_plans.care_plan_end_date', 'children.period_end') }} as care_plan_end_date
    from children
    inner join care_plans
        on children.la = care_plans.la
        and children.snapshot_month = care_plans.snapshot_month
        and children.person_id = care_plans.person_id
        and children.period_end >= care_plans.care_plan_start_date
    qualify row_number() over (
            partition by children.la, children.snapshot_month, children.person_id
            order by
                {{ or_open(end_known_at('care_plans.care_plan_end_date', 'children.period_end')) }} desc nulls last,
                care_plans.care_plan_start_date desc nulls last,
                {{ by_row_id('care_plans.care_plan_id') }}
        ) = 1
),

recorded_pathway_plans as (
    select
        'ext_pathway_plan' as table_name, la, snapshot_month, person_id, {{ file_and_row() }} as row_id,
        'plan_type' as column_name, plan_type as bad_value, plan_date
    from pathway_plans
    union all
    select
        'ssd_care_leavers' as table_name, la, snapshot_month, person_id, {{ file_and_row() }} as row_id,
        'clea_pathway_plan_review_date' as column_name, {{ date_text('pathway_plan_review_date') }} as bad_value,
        pathway_plan_review_date as plan_date
    from care_leavers
),

first_pathway_plans as (
    select recorded_pathway_plans.*
    from children
    inner join recorded_pathway_plans
        on children.la = recorded_pathway_plans.la
        and children.snapshot_month = recorded_pathway_plans.snapshot_month
        and children.person_id = recorded_pathway_plans.person_id
        and children.period_end >= recorded_pathway_plans.plan_date
        and (children.is_due or children.care_start_date <= recorded_pathway_plans.plan_date)
    qualify row_number() over (
            partition by children.la, children.snapshot_month, children.person_id
            order by
                recorded_pathway_plans.plan_date nulls last,
                recorded_pathway_plans.table_name nulls last,
                {{ by_row_id('recorded_pathway_plans.row_id') }}
        ) = 1
),

children_with_plans as (
    select
        children.*,
        last_care_plans.care_plan_id,
        last_care_plans.care_plan_start_date,
        last_care_plans.care_plan_end_date,
        first_pathway_plans.table_name as pathway_table,
        first_pathway_plans.row_id as pathway_row,
        first_pathway_plans.column_name as pathway_column,
        first_pathway_plans.bad_value as pathway_value,
        first_pathway_plans.plan_date
    from children
    left join last_care_plans
        on children.la = last_care_plans.la
        and children.snapshot_month = last_care_plans.snapshot_month
        and children.person_id = last_care_plans.person_id
    left join first_pathway_plans
        on children.la = first_pathway_plans.la
        and children.snapshot_month = first_pathway_plans.snapshot_month
        and children.person_id = first_pathway_plans.person_id
),

-- A plan of the other kind is missing only where its table was delivered. A care plan of an earlier time in care
-- was not ended for the pathway plan.
faults as (
    select
        children_with_plans.*,
        case
            when children_with_plans.is_due then 'start'
            when children_with_plans.care_plan_end_date > children_with_plans.care_start_date then 'end'
            else 'type'
        end as fault
    from children_with_plans
    inner join landed_tables
        on children_with_plans.la = landed_tables.la
        and children_with_plans.snapshot_month = landed_tables.snapshot_month
        and landed_tables.table_name
        = case when children_with_plans.is_due then 'ext_pathway_plan' else 'ssd_cla_care_plan' end
    where (
        children_with_plans.is_due
        and children_with_plans.plan_date is null
        and children_with_plans.care_plan_id is not null
        and children_with_plans.care_plan_end_date is null
    )
    or (
        not children_with_plans.is_due
        and children_with_plans.plan_date is not null
        and (children_with_plans.care_plan_id is null or children_with_plans.care_plan_end_date is not null)
    )
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        case fault when 'type' then pathway_table else 'ssd_cla_care_plan' end as table_name,
        case fault when 'type' then pathway_row else care_plan_id end as row_id,
        case fault
            when 'start' then 'lacp_cla_care_plan_start_date'
            when 'end' then 'lacp_cla_care_plan_end_date'
            else pathway_column
        end as column_name,
        case fault
            when 'start' then {{ date_text('care_plan_start_date') }}
            when 'end' then {{ date_text('care_plan_end_date') }}
            else pathway_value
        end as bad_value,
        case fault
            when 'start'
                then concat(
                        'A pathway plan was due on ', {{ date_text('pathway_plan_due_date') }},
                        ', but there is only a care plan, from ', {{ date_text('care_plan_start_date') }}, '.'
                    )
            when 'end'
                then concat(
                        'The care plan ended on ', {{ date_text('care_plan_end_date') }}, ' and a pathway plan of ',
                        {{ date_text('plan_date') }}, ' took its place before one was due.'
                    )
            else concat(
                    'There is a pathway plan of ', {{ date_text('plan_date') }},
                    ' before one is due, but no care plan in this time in care.'
                )
        end as detail,
        case fault
            when 'start' then 'ext_pathway_plan and ssd_care_leavers have no plan of the child.'
            when 'end' then concat(pathway_table, ' has the pathway plan, and no care plan is in force.')
            else 'ssd_cla_care_plan has none in force for the child.'
        end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from faults
)

select * from final
