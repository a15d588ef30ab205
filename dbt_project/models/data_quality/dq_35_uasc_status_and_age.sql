-- Grain: one row per status of an unaccompanied asylum seeking child (UASC) that runs on past 18, per birth date of
-- such a child that is in doubt, and per child who came like one and has no status.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

people as (
    select * from {{ ref('int_people') }}
),

earlier_people as (
    select * from {{ ref('stg_earlier__person') }}
),

immigration_statuses as (
    select * from {{ ref('stg_ssd__immigration_status') }}
),

ssda903_uasc as (
    select * from {{ ref('stg_ssda903__uasc') }}
),

ssda903_children as (
    select * from {{ ref('stg_ssda903__header') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'immigration_status'
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where table_name in ('ssd_immigration_status', 'ssda903_uasc') and is_landed
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

ssd_episodes as (
    select * from {{ ref('stg_ssd__cla_episodes') }}
),

ssda903_episodes as (
    select * from {{ ref('stg_ssda903__episodes') }}
),

statuses as (
    select
        immigration_statuses.la, immigration_statuses.snapshot_month, immigration_statuses.person_id,
        'ssd_immigration_status' as table_name,
        coalesce(immigration_statuses.immigration_status_id, {{ file_and_row() }}) as row_id,
        'immi_immigration_status_end_date' as column_name,
        immigration_statuses.immigration_status_start_date as start_date,
        immigration_statuses.immigration_status_end_date as end_date
    from immigration_statuses
    left join code_map
        on immigration_statuses.la = code_map.la
        and immigration_statuses.snapshot_month = code_map.snapshot_month
        and {{ word('immigration_statuses.immigration_status') }} = code_map.word
    where {{ word('coalesce(code_map.code, immigration_statuses.immigration_status)') }} = 'uasc'
    union all
    select
        la, snapshot_month, child_id as person_id, 'ssda903_uasc' as table_name, {{ file_and_row() }} as row_id,
        'duc' as column_name, birth_date as start_date, uasc_ceased_date as end_date
    from ssda903_uasc
),

children_with_status as (
    select distinct la, snapshot_month, person_id from statuses
),

past_eighteen as (
    select
        statuses.la, statuses.snapshot_month, statuses.person_id, statuses.table_name, statuses.row_id,
        statuses.column_name, {{ date_text('statuses.end_date') }} as bad_value,
        concat(
            'The status as an unaccompanied child ',
            case when statuses.end_date is null then 'is open'
                else concat('ends on ', {{ date_text('statuses.end_date') }})
            end,
            '; the 18th birthday was ', {{ date_text('people.eighteenth_birthday') }}, '.'
        ) as detail,
        'date of birth' as evidence,
        case
            when statuses.start_date >= people.eighteenth_birthday then '(dropped)'
            else {{ date_text('people.eighteenth_birthday') }}
        end as repaired_value,
        {{ repair_id('DQ35', ['statuses.la', 'statuses.row_id']) }} as repair_id
    from snapshots
    inner join statuses
        on snapshots.la = statuses.la
        and snapshots.snapshot_month = statuses.snapshot_month
        and snapshots.snapshot_end >= statuses.start_date
    inner join people
        on statuses.la = people.la
        and statuses.snapshot_month = people.snapshot_month
        and statuses.person_id = people.person_id
        and snapshots.snapshot_end >= people.eighteenth_birthday
    where statuses.end_date is null or statuses.end_date > people.eighteenth_birthday
),

-- E15: an age assessment found an adult. Then the birth date is wrong where it still says a child.
ended_as_adult as (
    select
        episodes.la, episodes.snapshot_month, episodes.person_id, people.birth_date,
        max(episodes.end_date) as end_date
    from snapshots
    inner join episodes
        on snapshots.la = episodes.la
        and snapshots.snapshot_month = episodes.snapshot_month
        and snapshots.snapshot_end >= episodes.end_date
        and episodes.end_reason = 'E15'
    inner join people
        on episodes.la = people.la
        and episodes.snapshot_month = people.snapshot_month
        and episodes.person_id = people.person_id
    group by episodes.la, episodes.snapshot_month, episodes.person_id, people.birth_date, people.eighteenth_birthday
    having max(episodes.end_date) < people.eighteenth_birthday
),

births_before as (
    select
        snapshots.la, snapshots.snapshot_month, earlier_people.person_id, earlier_people.birth_date,
        earlier_people.snapshot_month as month_before
    from snapshots
    inner join earlier_people
        on snapshots.la = earlier_people.la
        and snapshots.snapshot_month > earlier_people.snapshot_month
    qualify row_number() over (
            partition by snapshots.la, snapshots.snapshot_month, earlier_people.person_id
            order by earlier_people.snapshot_month desc nulls last, earlier_people.birth_date nulls last
        ) = 1
),

-- A new birth date with care ended by E15 is what an age assessment brings.
births_changed as (
    select
        people.la, people.snapshot_month, people.person_id, people.birth_date, births_before.birth_date as was,
        births_before.month_before
    from people
    inner join births_before
        on people.la = births_before.la
        and people.snapshot_month = births_before.snapshot_month
        and people.person_id = births_before.person_id
        and people.birth_date <> births_before.birth_date
    inner join children_with_status
        on people.la = children_with_status.la
        and people.snapshot_month = children_with_status.snapshot_month
        and people.person_id = children_with_status.person_id
    left join episodes
        on people.la = episodes.la
        and people.snapshot_month = episodes.snapshot_month
        and people.person_id = episodes.person_id
        and episodes.end_reason = 'E15'
    where episodes.person_id is null
),

-- Came without a home: the need is absent parenting (N8), and every distance from home is recorded as unknown.
children_without_home as (
    select
        ssd_episodes.la, ssd_episodes.snapshot_month, ssd_episodes.person_id,
        min(ssd_episodes.episode_start_date) as care_start_date
    from ssd_episodes
    inner join episodes
        on ssd_episodes.la = episodes.la
        and ssd_episodes.snapshot_month = episodes.snapshot_month
        and ssd_episodes.person_id = episodes.person_id
        and ssd_episodes.episode_id = episodes.episode_id
    group by ssd_episodes.la, ssd_episodes.snapshot_month, ssd_episodes.person_id
    having bool_and(coalesce({{ word('ssd_episodes.primary_need_code') }} like 'n8%', false))
        and bool_and(coalesce(episodes.distance_miles > 999, false))
    union all
    select la, snapshot_month, child_id as person_id, min(episode_start_date) as care_start_date
    from ssda903_episodes
    group by la, snapshot_month, child_id
    having bool_and(coalesce({{ word('primary_need_code') }} like 'n8%', false))
        and bool_and(home_postcode_sector is null)
),

-- Where the row about the person stands, in either kind of extract.
person_rows as (
    select la, snapshot_month, person_id, 'ssd_person' as table_name, person_id as row_id, 'pers_' as prefix
    from {{ ref('stg_ssd__person') }}
    union all
    select
        la, snapshot_month, child_id as person_id, 'ssda903_header' as table_name, {{ file_and_row() }} as row_id,
        '' as prefix
    from ssda903_children
),

about_people as (
    select
        la, snapshot_month, person_id, 'dob' as what, {{ date_text('birth_date') }} as bad_value,
        concat(
            'Care ended on ', {{ date_text('end_date') }},
            ' because an age assessment found an adult (E15); the birth date ',
            {{ date_text('birth_date') }}, ' still makes a child.'
        ) as detail,
        'episodes of care: the reason that care ended' as evidence
    from ended_as_adult
    union all
    select
        la, snapshot_month, person_id, 'dob' as what, {{ date_text('birth_date') }} as bad_value,
        concat(
            'The birth date is now ', {{ date_text('birth_date') }}, '; in the extract of ', month_before, ' it was ',
            {{ date_text('was') }}, '.'
        ) as detail,
        concat('ssd_person in the extract of ', month_before, ': ', {{ date_text('was') }}) as evidence
    from births_changed
    union all
    select
        children_without_home.la, children_without_home.snapshot_month, children_without_home.person_id,
        'person_id' as what,
        children_without_home.person_id as bad_value,
        concat(
            'The child came into care on ', {{ date_text('children_without_home.care_start_date') }},
            ' without parents (N8) and without a home anywhere, and has no status as an unaccompanied child.'
        ) as detail,
        'the distance from home is unknown for every placement (903: no HOME_POST); no UASC status' as evidence
    from children_without_home
    inner join snapshots
        on children_without_home.la = snapshots.la
        and children_without_home.snapshot_month = snapshots.snapshot_month
        and children_without_home.care_start_date <= snapshots.snapshot_end
    inner join (select distinct la, snapshot_month from landed_tables) as landed_tables
        on children_without_home.la = landed_tables.la
        and children_without_home.snapshot_month = landed_tables.snapshot_month
    left join children_with_status
        on children_without_home.la = children_with_status.la
        and children_without_home.snapshot_month = children_with_status.snapshot_month
        and children_without_home.person_id = children_with_status.person_id
    where children_with_status.person_id is null
),

final as (
    select
        la, snapshot_month, person_id, table_name, row_id, column_name, bad_value, detail, evidence,
        repaired_value, repair_id
    from past_eighteen
    union all
    select
        about_people.la,
        about_people.snapshot_month,
        about_people.person_id,
        person_rows.table_name,
        person_rows.row_id,
        case
            when person_rows.table_name = 'ssda903_header' and about_people.what = 'person_id' then 'child'
            else concat(person_rows.prefix, about_people.what)
        end as column_name,
        about_people.bad_value,
        about_people.detail,
        about_people.evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from about_people
    inner join person_rows
        on about_people.la = person_rows.la
        and about_people.snapshot_month = person_rows.snapshot_month
        and about_people.person_id = person_rows.person_id
    qualify row_number() over (
            partition by about_people.la, about_people.snapshot_month, about_people.person_id, about_people.what
            order by person_rows.row_id nulls last
        ) = 1
)

select * from final
