-- Grain: one row per worker with cases and thing not recorded that the weighting of caseloads needs.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

involvements as (
    select * from {{ ref('int_open_involvements') }}
),

staff as (
    select * from {{ ref('stg_ext__staff') }}
),

-- A worker listed twice: the row with the most hours, as the figures read it.
professionals as (
    select * from {{ ref('stg_ssd__professionals') }}
    qualify row_number() over (
            partition by la, snapshot_month, professional_id
            order by full_time_equivalent desc nulls last, job_title nulls last
        ) = 1
),

workers_with_cases as (
    select
        snapshots.la, snapshots.snapshot_month, snapshots.snapshot_end, involvements.professional_id,
        count(distinct involvements.person_id) as case_count
    from snapshots
    inner join involvements
        on snapshots.la = involvements.la
        and snapshots.snapshot_month = involvements.snapshot_month
        and snapshots.snapshot_end = involvements.period_end
    group by snapshots.la, snapshots.snapshot_month, snapshots.snapshot_end, involvements.professional_id
),

-- Of several posts the one held at D; a worker whose posts have all ended is a matter of DQ23.
workers as (
    select
        workers_with_cases.*,
        professionals.professional_id is not null as is_in_system,
        professionals.job_title,
        professionals.full_time_equivalent,
        staff.professional_id is not null as is_listed,
        staff.contracted_fte,
        (staff.start_date is null or workers_with_cases.snapshot_end >= staff.start_date)
        and (staff.end_date is null or workers_with_cases.snapshot_end < staff.end_date) as is_in_post
    from workers_with_cases
    left join professionals
        on workers_with_cases.la = professionals.la
        and workers_with_cases.snapshot_month = professionals.snapshot_month
        and workers_with_cases.professional_id = professionals.professional_id
    left join staff
        on workers_with_cases.la = staff.la
        and workers_with_cases.snapshot_month = staff.snapshot_month
        and workers_with_cases.professional_id = staff.professional_id
    qualify row_number() over (
            partition by workers_with_cases.la, workers_with_cases.snapshot_month, workers_with_cases.professional_id
            order by
                case when is_in_post then 0 else 1 end nulls last, staff.start_date desc nulls last,
                staff.contracted_fte desc nulls last
        ) = 1
),

things_not_recorded as (
    select
        *,
        'ext_staff' as table_name,
        'contracted_fte' as column_name,
        cast(contracted_fte as {{ dbt.type_string() }}) as bad_value,
        concat(
            'The staff list gives ', case when contracted_fte is null then 'no hours' else 'hours of nought' end,
            case
                when contracted_fte is null and full_time_equivalent > 0
                    then concat(
                            '; the figures use the ', cast(full_time_equivalent as {{ dbt.type_string() }}),
                            ' of the case system'
                        )
                else '; the worker adds nothing to the hours of the team'
            end
        ) as what
    from workers
    where is_listed and is_in_post and coalesce(contracted_fte, 0) = 0
    union all
    select
        *,
        'ssd_professionals' as table_name,
        'prof_full_time_equivalency' as column_name,
        cast(full_time_equivalent as {{ dbt.type_string() }}) as bad_value,
        concat(
            'The worker is not on the staff list, and the case system gives ',
            case when full_time_equivalent is null then 'no hours' else 'hours of nought' end,
            '; the worker adds nothing to the hours of the team'
        ) as what
    from workers
    where not is_listed and is_in_system and coalesce(full_time_equivalent, 0) = 0
    union all
    select
        *,
        'ssd_professionals' as table_name,
        'prof_professional_job_title' as column_name,
        job_title as bad_value,
        concat(
            'The worker has no job title',
            case when is_listed then '' else ' and is not on the staff list, so is in no caseload that is published' end
        ) as what
    from workers
    where is_in_system and job_title is null
),

final as (
    select
        la,
        snapshot_month,
        cast(null as {{ dbt.type_string() }}) as person_id,
        table_name,
        professional_id as row_id,
        column_name,
        bad_value,
        concat(what, '.') as detail,
        concat(
            'ssd_involvements, open cases on ', {{ date_text('snapshot_end') }}, ': ',
            cast(case_count as {{ dbt.type_string() }})
        ) as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from things_not_recorded
)

select * from final
