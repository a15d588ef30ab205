-- Grain: one row per qualified social worker who counts at a month end (D): in post and not long absent, with team,
-- hours and the weight of the hours (C24, B14).
with

periods as (
    select * from {{ ref('int_periods') }}
),

staff as (
    select * from {{ ref('stg_ext__staff') }}
    where professional_id is not null
),

-- A worker listed twice: the row with the most hours.
professionals as (
    select * from {{ ref('stg_ssd__professionals') }}
    where professional_id is not null
    qualify row_number() over (
            partition by la, snapshot_month, professional_id
            order by full_time_equivalent desc nulls last, job_title nulls last
        ) = 1
),

involvements as (
    select * from {{ ref('int_open_involvements') }}
    where role = 'allocated worker' and team is not null
),

code_map as (
    select * from {{ ref('int_code_map') }}
),

-- The staff list knows who is in post; a post without a first day was always held.
posts_held as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        staff.professional_id,
        staff.role,
        staff.grade,
        coalesce(staff.contracted_fte, professionals.full_time_equivalent) as contracted_fte,
        staff.team,
        coalesce(
            {{ runs_at('staff.absent_from', 'staff.absent_to', 'periods.period_end') }}
            and {{ dbt.datediff('staff.absent_from', 'periods.period_end', 'day') }} > 28,
            false
        ) as is_long_absent
    from periods
    inner join staff
        on periods.la = staff.la
        and periods.snapshot_month = staff.snapshot_month
        and (staff.start_date is null or periods.period_end >= staff.start_date)
        and (staff.end_date is null or periods.period_end < staff.end_date)
    left join professionals
        on staff.la = professionals.la
        and staff.snapshot_month = professionals.snapshot_month
        and staff.professional_id = professionals.professional_id
    qualify row_number() over (
            partition by periods.la, periods.snapshot_month, periods.period_end, staff.professional_id
            order by
                staff.start_date desc nulls last, staff.contracted_fte desc nulls last, staff.team nulls last,
                staff.role nulls last, staff.grade nulls last, staff.absent_from nulls last
        ) = 1
),

-- Who is not on the staff list is known by job title alone, which may be a role or a grade.
workers_not_listed as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        professionals.professional_id,
        professionals.job_title as role,
        professionals.job_title as grade,
        professionals.full_time_equivalent as contracted_fte,
        cast(null as {{ dbt.type_string() }}) as team,
        false as is_long_absent
    from periods
    inner join professionals
        on periods.la = professionals.la
        and periods.snapshot_month = professionals.snapshot_month
    left join staff
        on professionals.la = staff.la
        and professionals.snapshot_month = staff.snapshot_month
        and professionals.professional_id = staff.professional_id
    where staff.professional_id is null
),

workers as (
    select *, true as is_listed from posts_held
    union all
    select *, false as is_listed from workers_not_listed
),

coded_workers as (
    select
        workers.la,
        workers.snapshot_month,
        workers.period_end,
        workers.professional_id,
        workers.contracted_fte,
        workers.is_long_absent,
        workers.is_listed,
        {{ word('coalesce(roles.code, workers.role)') }} as role,
        {{ word('coalesce(grades.code, workers.grade)') }} as grade,
        {{ word('coalesce(teams.code, workers.team)') }} as team
    from workers
    {% for alias, column, domain in [
        ('roles', 'role', 'staff_role'), ('grades', 'grade', 'grade'), ('teams', 'team', 'team'),
    ] -%}
        left join code_map as {{ alias }}
            on workers.la = {{ alias }}.la
            and workers.snapshot_month = {{ alias }}.snapshot_month
            and {{ alias }}.domain = '{{ domain }}'
            and {{ word('workers.' ~ column) }} = {{ alias }}.word
    {% endfor %}
),

qualified_workers as (
    select * from coded_workers
    where not is_long_absent
        and (
            role = 'social worker'
            or (not is_listed and grade in ('advanced practitioner', 'asye'))
        )
),

latest_teams as (
    select la, snapshot_month, period_end, professional_id, team
    from involvements
    qualify row_number() over (
            partition by la, snapshot_month, period_end, professional_id
            order by
                involvement_start_date desc nulls last, length(involvement_id) desc nulls last,
                involvement_id desc nulls last
        ) = 1
),

final as (
    select
        qualified_workers.la,
        qualified_workers.snapshot_month,
        qualified_workers.period_end,
        qualified_workers.professional_id,
        coalesce(qualified_workers.team, latest_teams.team) as team,
        coalesce(qualified_workers.contracted_fte, 0) as contracted_fte,
        case
            when qualified_workers.period_end < cast('2019-02-28' as date) then 1.0
            when qualified_workers.grade = 'advanced practitioner' then 0.4
            when qualified_workers.grade = 'asye' then 0.6
            else 1.0
        end as fte_factor
    from qualified_workers
    left join latest_teams
        on qualified_workers.la = latest_teams.la
        and qualified_workers.snapshot_month = latest_teams.snapshot_month
        and qualified_workers.period_end = latest_teams.period_end
        and qualified_workers.professional_id = latest_teams.professional_id
)

select * from final
