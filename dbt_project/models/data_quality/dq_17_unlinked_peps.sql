-- Grain: one row per personal education plan (PEP) that belongs to no child, no time in care or no meeting, and per
-- child who should have one and has none at all.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where table_name = 'ext_pep' and is_landed
),

peps as (
    select * from {{ ref('stg_ext__pep') }}
),

people as (
    select * from {{ ref('int_people') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

children_due as (
    select * from {{ ref('int_pep_cohort') }}
),

-- A number without its leading zeros may be a child's, for a person to confirm.
people_by_short_number as (
    select la, snapshot_month, trim(leading '0' from person_id) as short_number, min(person_id) as person_id
    from people
    group by la, snapshot_month, trim(leading '0' from person_id)
    having count(*) = 1
),

-- A meeting after the month end is not held yet; one before the extract's history cannot be judged.
peps_of_children as (
    select
        peps.la,
        peps.snapshot_month,
        peps.person_id,
        peps.meeting_date,
        peps.completed_date,
        concat(peps.source_file, ':', cast(peps.source_row as {{ dbt.type_string() }})) as row_id,
        people.person_id is not null as is_known,
        people_by_short_number.person_id as similar_person_id,
        coalesce(peps.meeting_date between snapshots.history_from and snapshots.snapshot_end, false) as can_be_judged,
        bool_or(periods_of_care.person_id is not null) as is_in_care
    from peps
    inner join snapshots
        on peps.la = snapshots.la
        and peps.snapshot_month = snapshots.snapshot_month
    left join people
        on peps.la = people.la
        and peps.snapshot_month = people.snapshot_month
        and peps.person_id = people.person_id
    left join people_by_short_number
        on peps.la = people_by_short_number.la
        and peps.snapshot_month = people_by_short_number.snapshot_month
        and trim(leading '0' from peps.person_id) = people_by_short_number.short_number
    left join periods_of_care
        on peps.la = periods_of_care.la
        and peps.snapshot_month = periods_of_care.snapshot_month
        and snapshots.snapshot_end = periods_of_care.period_end
        and peps.person_id = periods_of_care.person_id
        and peps.meeting_date between periods_of_care.care_start_date and {{ or_open('periods_of_care.care_end_date') }}
    group by
        peps.la, peps.snapshot_month, peps.person_id, peps.meeting_date, peps.completed_date, peps.source_file,
        peps.source_row, people.person_id, people_by_short_number.person_id, snapshots.history_from,
        snapshots.snapshot_end
),

people_with_pep as (
    select distinct la, snapshot_month, person_id from peps
),

children_without as (
    select children_due.la, children_due.snapshot_month, children_due.person_id
    from children_due
    inner join snapshots
        on children_due.la = snapshots.la
        and children_due.snapshot_month = snapshots.snapshot_month
        and children_due.period_end = snapshots.snapshot_end
    inner join landed_tables
        on children_due.la = landed_tables.la
        and children_due.snapshot_month = landed_tables.snapshot_month
    left join people_with_pep
        on children_due.la = people_with_pep.la
        and children_due.snapshot_month = people_with_pep.snapshot_month
        and children_due.person_id = people_with_pep.person_id
    where people_with_pep.la is null
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        'ext_pep' as table_name,
        row_id,
        case when is_known then 'meeting_date' else 'person_id' end as column_name,
        case when is_known then {{ date_text('meeting_date') }} else person_id end as bad_value,
        case
            when person_id is null then 'The plan says of no child whose it is.'
            when not is_known and similar_person_id is not null
                then concat('No child has the number ', person_id, '; ', similar_person_id, ' may be meant.')
            when not is_known then concat('No child has the number ', person_id, '.')
            when meeting_date is null
                then concat('The plan was completed on ', {{ date_text('completed_date') }}, ' without a day of the meeting.')
            else concat('The meeting of ', {{ date_text('meeting_date') }}, ' lies in no time in care of the child.')
        end as detail,
        case
            when not is_known then 'The people of the same extract.'
            when meeting_date is not null then 'The episodes of care.'
        end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from peps_of_children
    where not is_known
        or (meeting_date is null and completed_date is not null)
        or (can_be_judged and not is_in_care)
    union all
    select
        la,
        snapshot_month,
        person_id,
        'ssd_person' as table_name,
        person_id as row_id,
        'pers_person_id' as column_name,
        person_id as bad_value,
        'The child should have a personal education plan and has none at all.' as detail,
        'ext_pep has no row of the child.' as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from children_without
)

select * from final
