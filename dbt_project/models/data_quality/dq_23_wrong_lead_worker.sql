-- Grain: one row per involvement that names the wrong lead worker of a child, or leaves the child without one.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

involvements as (
    select * from {{ ref('stg_ssd__involvements') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
),

staff as (
    select * from {{ ref('stg_ext__staff') }}
),

professionals as (
    select * from {{ ref('stg_ssd__professionals') }}
),

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where is_landed
),

-- Every involvement of a lead worker up to D; a row sent twice counts once.
leads as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        snapshots.snapshot_end,
        coalesce(involvements.involvement_id, {{ file_and_row() }}) as involvement_id,
        involvements.professional_id,
        involvements.person_id,
        involvements.team,
        involvements.involvement_start_date as start_date,
        {{ end_known_at('involvements.involvement_end_date', 'snapshots.snapshot_end') }} as end_date
    from snapshots
    inner join involvements
        on snapshots.la = involvements.la
        and snapshots.snapshot_month = involvements.snapshot_month
        and snapshots.snapshot_end >= involvements.involvement_start_date
        and involvements.person_id is not null
    left join code_map as roles
        on involvements.la = roles.la
        and involvements.snapshot_month = roles.snapshot_month
        and roles.domain = 'involvement_role'
        and {{ word('involvements.involvement_role') }} = roles.word
    where {{ word('coalesce(roles.code, involvements.involvement_role)') }} = 'allocated worker'
    qualify row_number() over (
            partition by
                snapshots.la, snapshots.snapshot_month,
                coalesce(involvements.involvement_id, {{ file_and_row() }})
            order by involvements.involvement_start_date desc nulls last, involvements.professional_id nulls last
        ) = 1
),

-- The latest start leads (DQ23); the one after each is who took the case over.
open_leads as (
    select
        *,
        row_number() over latest_first as turn,
        lag(start_date) over latest_first as next_start_date,
        lag(professional_id) over latest_first as next_professional_id
    from leads
    where end_date is null
    window latest_first as (
        partition by la, snapshot_month, person_id
        order by start_date desc nulls last, length(involvement_id) desc nulls last, involvement_id desc nulls last
    )
),

listed_workers as (
    select
        staff.la, staff.snapshot_month, staff.professional_id,
        nullif(max({{ or_open('staff.end_date') }}), cast('9999-12-31' as date)) as left_date,
        max(case
            when staff.start_date is null
                or {{ runs_at('staff.start_date', 'staff.end_date', 'snapshots.snapshot_end') }}
                then {{ word('coalesce(roles.code, staff.role)') }}
        end) as role
    from staff
    inner join snapshots
        on staff.la = snapshots.la
        and staff.snapshot_month = snapshots.snapshot_month
    left join code_map as roles
        on staff.la = roles.la
        and staff.snapshot_month = roles.snapshot_month
        and roles.domain = 'staff_role'
        and {{ word('staff.role') }} = roles.word
    group by staff.la, staff.snapshot_month, staff.professional_id
),

-- Who is not on the staff list is known by job title alone.
workers as (
    select la, snapshot_month, professional_id, left_date, role from listed_workers
    union all
    select
        professionals.la, professionals.snapshot_month, professionals.professional_id, cast(null as date) as left_date,
        max({{ word('professionals.job_title') }}) as role
    from professionals
    left join listed_workers
        on professionals.la = listed_workers.la
        and professionals.snapshot_month = listed_workers.snapshot_month
        and professionals.professional_id = listed_workers.professional_id
    where listed_workers.professional_id is null
    group by professionals.la, professionals.snapshot_month, professionals.professional_id
),

known_leads as (
    select
        open_leads.*,
        workers.role,
        case when workers.left_date <= open_leads.snapshot_end then workers.left_date end as left_date,
        case
            when open_leads.turn > 1 then 'duplicate'
            when workers.left_date <= open_leads.snapshot_end then 'leaver'
            when workers.role like '%manager%' then 'manager'
            when workers.professional_id is null and landed_tables.table_name is not null then 'team'
        end as fault
    from open_leads
    left join workers
        on open_leads.la = workers.la
        and open_leads.snapshot_month = workers.snapshot_month
        and open_leads.professional_id = workers.professional_id
    left join landed_tables
        on open_leads.la = landed_tables.la
        and open_leads.snapshot_month = landed_tables.snapshot_month
        and landed_tables.table_name = 'ssd_professionals'
),

-- A looked after child whom nobody leads: the last involvement to end, where there ever was one.
children_without_lead as (
    select
        snapshots.la, snapshots.snapshot_month, snapshots.snapshot_end, looked_after.person_id,
        last_leads.involvement_id, last_leads.professional_id, last_leads.end_date
    from snapshots
    inner join looked_after
        on snapshots.la = looked_after.la
        and snapshots.snapshot_month = looked_after.snapshot_month
        and snapshots.snapshot_end = looked_after.period_end
    inner join landed_tables
        on snapshots.la = landed_tables.la
        and snapshots.snapshot_month = landed_tables.snapshot_month
        and landed_tables.table_name = 'ssd_involvements'
    left join leads as last_leads
        on looked_after.la = last_leads.la
        and looked_after.snapshot_month = last_leads.snapshot_month
        and looked_after.person_id = last_leads.person_id
    qualify row_number() over (
            partition by snapshots.la, snapshots.snapshot_month, looked_after.person_id
            order by
                {{ or_open('last_leads.end_date') }} desc nulls last, last_leads.start_date desc nulls last,
                length(last_leads.involvement_id) desc nulls last, last_leads.involvement_id desc nulls last
        ) = 1
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        'ssd_involvements' as table_name,
        involvement_id as row_id,
        case when fault in ('duplicate', 'leaver') then 'invo_involvement_end_date' else 'invo_professional_id' end
            as column_name,
        case when fault in ('manager', 'team') then professional_id end as bad_value,
        case fault
            when 'duplicate'
                then concat(
                        'The involvement of ', coalesce(professional_id, 'nobody'), ' was left open when ',
                        coalesce(next_professional_id, 'nobody'),
                        ' took the case over on ', {{ date_text('next_start_date') }}, '.'
                    )
            when 'leaver'
                then concat(
                        'The case is still with ', professional_id, ', who left on ', {{ date_text('left_date') }}, '.'
                    )
            when 'manager' then concat('The case is with ', professional_id, ', a manager.')
            else concat(
                    'The case is with ', coalesce(professional_id, team, 'nobody'),
                    ', who is none of the workers: a team?'
                )
        end as detail,
        case fault
            when 'duplicate' then 'ssd_involvements: two or more lead involvements of the child are open'
            when 'leaver' then 'ext_staff: the last post has ended'
            when 'manager' then concat('ext_staff, ssd_professionals: ', role)
            else 'ext_staff, ssd_professionals: no such worker'
        end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from known_leads
    where fault is not null
    union all
    select
        la,
        snapshot_month,
        person_id,
        case when involvement_id is null then 'ssd_person' else 'ssd_involvements' end as table_name,
        coalesce(involvement_id, person_id) as row_id,
        case when involvement_id is null then 'pers_person_id' else 'invo_involvement_end_date' end as column_name,
        coalesce({{ date_text('end_date') }}, person_id) as bad_value,
        concat(
            'The child is looked after on ', {{ date_text('snapshot_end') }}, ' and has no open lead worker',
            case
                when involvement_id is null then ' and never had one'
                else concat(
                        '; the involvement of ', coalesce(professional_id, 'nobody'), ' ended on ',
                        {{ date_text('end_date') }}
                    )
            end,
            '.'
        ) as detail,
        'ssd_involvements: no lead involvement of the child is open' as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from children_without_lead
    where involvement_id is null or end_date is not null
)

select * from final
