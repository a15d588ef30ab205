-- Grain: one row per value of a care leaver that is out of date or cannot be (DQ38).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

care_leavers as (
    select * from {{ ref('int_care_leavers') }}
),

leaver_records as (
    select * from {{ ref('int_leaver_records') }}
),

children_of_the_return as (
    select * from {{ ref('stg_ssda903__oc3') }}
),

people as (
    select * from {{ ref('int_people') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

last_ends_of_care as (
    select periods_of_care.*
    from periods_of_care
    inner join snapshots
        on periods_of_care.la = snapshots.la
        and periods_of_care.snapshot_month = snapshots.snapshot_month
        and periods_of_care.period_end = snapshots.snapshot_end
    qualify row_number() over (
            partition by periods_of_care.la, periods_of_care.snapshot_month, periods_of_care.person_id
            order by periods_of_care.care_number desc nulls last
        ) = 1
),

-- The return has the letter and the suitability of the accommodation in one code, as B1.
recorded_outcomes as (
    select
        'ssd_care_leavers' as table_name, la, snapshot_month, person_id, person_id as row_id, eligibility, in_touch,
        accommodation, accommodation_suitable, activity, latest_contact_date
    from leaver_records
    union all
    select
        'ssda903_oc3' as table_name, la, snapshot_month, child_id as person_id, {{ file_and_row() }} as row_id,
        cast(null as {{ dbt.type_string() }}) as eligibility, upper(trim(in_touch)) as in_touch,
        upper(substring(trim(accommodation), 1, 1)) as accommodation,
        substring(trim(accommodation), 2, 1) as accommodation_suitable,
        upper(trim(activity)) as activity, cast(null as date) as latest_contact_date
    from children_of_the_return
),

outcomes as (
    select
        recorded_outcomes.*,
        snapshots.snapshot_end,
        care_leavers.person_id is not null or recorded_outcomes.table_name = 'ssda903_oc3' as is_care_leaver,
        {{ age_at('people.birth_date', 'snapshots.snapshot_end') }} as age,
        people.death_date,
        last_ends_of_care.care_end_date,
        last_ends_of_care.end_reason
    from recorded_outcomes
    inner join snapshots
        on recorded_outcomes.la = snapshots.la
        and recorded_outcomes.snapshot_month = snapshots.snapshot_month
    left join care_leavers
        on recorded_outcomes.la = care_leavers.la
        and recorded_outcomes.snapshot_month = care_leavers.snapshot_month
        and recorded_outcomes.person_id = care_leavers.person_id
        and snapshots.snapshot_end = care_leavers.period_end
    left join people
        on recorded_outcomes.la = people.la
        and recorded_outcomes.snapshot_month = people.snapshot_month
        and recorded_outcomes.person_id = people.person_id
    left join last_ends_of_care
        on recorded_outcomes.la = last_ends_of_care.la
        and recorded_outcomes.snapshot_month = last_ends_of_care.snapshot_month
        and recorded_outcomes.person_id = last_ends_of_care.person_id
),

-- A person who is not in touch is rightly not seen; one who has just left care was seen there.
findings as (
    select
        *, 'contact' as what, {{ date_text('latest_contact_date') }} as bad_value,
        concat(
            'The latest contact is of ', {{ date_text('latest_contact_date') }},
            case
                when {{ add_months('latest_contact_date', 12) }} < snapshot_end then ', more than twelve'
                else ', more than three'
            end,
            ' months ago: home and activity may no longer be so.'
        ) as detail,
        cast(null as {{ dbt.type_string() }}) as repaired_value
    from outcomes
    where is_care_leaver
        and {{ add_months('latest_contact_date', 3) }} < snapshot_end
        and coalesce(in_touch, '') <> 'NO'
        and {{ add_months('care_end_date', 3) }} < snapshot_end
    union all
    select
        *, 'in_touch' as what, in_touch as bad_value,
        concat('Not in touch, and yet the activity is known (', activity, ').') as detail,
        cast(null as {{ dbt.type_string() }}) as repaired_value
    from outcomes
    where is_care_leaver and in_touch = 'NO' and activity in {{ sql_list(national_code_sets()['activity']) }}
    union all
    select
        *, 'accommodation' as what, accommodation as bad_value,
        concat('With former foster carers (Z) at ', cast(age as {{ dbt.type_string() }}), ': staying put begins at 18.')
            as detail,
        cast(null as {{ dbt.type_string() }}) as repaired_value
    from outcomes
    where is_care_leaver and accommodation = 'Z' and age < 18
    union all
    select
        *, 'suitable' as what, accommodation_suitable as bad_value,
        concat('Recorded as suitable, and yet the accommodation is ', accommodation, '.') as detail,
        '2' as repaired_value
    from outcomes
    where is_care_leaver and accommodation_suitable = '1' and accommodation in ('W', 'X', 'S', 'R')
    union all
    select
        *, 'eligibility' as what, eligibility as bad_value,
        case
            when death_date <= snapshot_end or in_touch = 'DIED' then 'The person died and is still recorded as a care leaver.'
            when end_reason = 'E3' then 'Care passed to another authority, which serves this care leaver now.'
            else 'Returned home for good, and still recorded as a care leaver.'
        end as detail,
        cast(null as {{ dbt.type_string() }}) as repaired_value
    from outcomes
    where eligibility in ('relevant', 'relevant child', 'former relevant', 'former relevant child')
        and (
            death_date <= snapshot_end or in_touch = 'DIED' or end_reason = 'E3' or (in_touch = 'RHOM' and age < 18)
        )
),

final as (
    select
        la, snapshot_month, person_id, table_name, row_id,
        case
            when table_name = 'ssda903_oc3' then case what when 'in_touch' then 'in_touch' else 'accom' end
            when what = 'contact' then 'clea_care_leaver_latest_contact'
            when what = 'suitable' then 'clea_care_leaver_accom_suitable'
            else concat('clea_care_leaver_', what)
        end as column_name,
        bad_value, detail,
        case
            when what <> 'eligibility' then concat('latest contact: ', coalesce({{ date_text('latest_contact_date') }}, 'none'))
            when death_date <= snapshot_end then concat('death recorded in ssd_person: ', {{ date_text('death_date') }})
            when end_reason = 'E3' then concat('care ended on ', {{ date_text('care_end_date') }}, ' with E3')
            else concat('in touch: ', in_touch)
        end as evidence,
        repaired_value,
        case
            when repaired_value is not null then {{ repair_id('DQ38', ['la', 'table_name', 'person_id', 'accommodation']) }}
        end as repair_id
    from findings
)

select * from final
