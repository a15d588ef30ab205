-- Grain: one row per involvement of a worker with a person that is open at a month end (D), with its role and
-- team in the words of the code map.
with

periods as (
    select * from {{ ref('int_periods') }}
),

involvements as (
    select * from {{ ref('stg_ssd__involvements') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
),

coded_involvements as (
    select
        involvements.la,
        involvements.snapshot_month,
        involvements.involvement_id,
        involvements.professional_id,
        involvements.person_id,
        {{ word('coalesce(roles.code, involvements.involvement_role)') }} as role,
        {{ word('coalesce(teams.code, involvements.team)') }} as team,
        involvements.involvement_start_date,
        involvements.involvement_end_date
    from involvements
    left join code_map as roles
        on involvements.la = roles.la
        and involvements.snapshot_month = roles.snapshot_month
        and roles.domain = 'involvement_role'
        and {{ word('involvements.involvement_role') }} = roles.word
    left join code_map as teams
        on involvements.la = teams.la
        and involvements.snapshot_month = teams.snapshot_month
        and teams.domain = 'team'
        and {{ word('involvements.team') }} = teams.word
    where involvements.involvement_id is not null
        and involvements.professional_id is not null
        and involvements.person_id is not null
),

-- A row sent twice counts once.
final as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        coded_involvements.involvement_id,
        coded_involvements.professional_id,
        coded_involvements.person_id,
        coded_involvements.role,
        coded_involvements.team,
        coded_involvements.involvement_start_date
    from periods
    inner join coded_involvements
        on periods.la = coded_involvements.la
        and periods.snapshot_month = coded_involvements.snapshot_month
        and {{ runs_at(
            'coded_involvements.involvement_start_date', 'coded_involvements.involvement_end_date', 'periods.period_end'
        ) }}
    qualify row_number() over (
            partition by
                periods.la, periods.snapshot_month, periods.period_end, coded_involvements.involvement_id
            order by
                coded_involvements.involvement_start_date desc nulls last,
                coded_involvements.professional_id nulls last, coded_involvements.person_id nulls last,
                coded_involvements.role nulls last, coded_involvements.team nulls last
        ) = 1
)

select * from final
