-- Grain: one row per young person whom care makes a care leaver and the record does not, or the other way round (DQ15).
{% set cohort = ['relevant', 'relevant child', 'former relevant', 'former relevant child'] -%}
{% set with_a_right = cohort + ['eligible', 'eligible child'] -%}
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where table_name = 'ssd_care_leavers' and is_landed
),

recorded_rows as (
    select * from {{ ref('stg_ssd__care_leavers') }}
),

people as (
    select * from {{ ref('int_people') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

eligible_children as (
    select * from {{ ref('int_eligible_children') }}
),

care_leavers as (
    select * from {{ ref('int_care_leavers') }}
),

leaver_records as (
    select * from {{ ref('int_leaver_records') }}
),

-- The word as it is typed; of several rows of one person the ones that say something.
typed_words as (
    select la, snapshot_month, person_id, max(eligibility) as eligibility
    from recorded_rows
    group by la, snapshot_month, person_id
),

care_since_sixteen as (
    select
        people.la, people.snapshot_month, people.person_id,
        bool_or(periods_of_care.is_ended_at_eighteen) as is_ended_at_eighteen
    from people
    inner join snapshots
        on people.la = snapshots.la
        and people.snapshot_month = snapshots.snapshot_month
    inner join periods_of_care
        on people.la = periods_of_care.la
        and people.snapshot_month = periods_of_care.snapshot_month
        and people.person_id = periods_of_care.person_id
        and snapshots.snapshot_end = periods_of_care.period_end
        and people.sixteenth_birthday < {{ or_open('periods_of_care.care_end_date') }}
    group by people.la, people.snapshot_month, people.person_id
),

-- An episode left open past 18 is a fault of its own: until it is closed the record rightly says eligible.
missing_from_the_record as (
    select
        care_leavers.la, care_leavers.snapshot_month, care_leavers.person_id,
        typed_words.eligibility as bad_value,
        concat(
            'By the recorded care this person of ', cast(care_leavers.age as {{ dbt.type_string() }}), ' is a ',
            care_leavers.status, ' child (in care for 13 weeks by ', {{ date_text('care_leavers.eligible_from') }},
            '); the record ',
            case
                when leaver_records.person_id is null then 'has no row.'
                when leaver_records.eligibility is null then 'leaves the eligibility blank.'
                else concat('says ', coalesce(typed_words.eligibility, 'nothing'), '.')
            end
        ) as detail,
        case care_leavers.status when 'relevant' then 'Relevant child' else 'Former relevant child' end
            as repaired_value
    from care_leavers
    left join leaver_records
        on care_leavers.la = leaver_records.la
        and care_leavers.snapshot_month = leaver_records.snapshot_month
        and care_leavers.person_id = leaver_records.person_id
    left join typed_words
        on care_leavers.la = typed_words.la
        and care_leavers.snapshot_month = typed_words.snapshot_month
        and care_leavers.person_id = typed_words.person_id
    left join care_since_sixteen
        on care_leavers.la = care_since_sixteen.la
        and care_leavers.snapshot_month = care_since_sixteen.snapshot_month
        and care_leavers.person_id = care_since_sixteen.person_id
    where coalesce(leaver_records.eligibility, '') not in {{ sql_list(cohort) }}
        and not (
            coalesce(leaver_records.eligibility, '') in {{ sql_list(with_a_right) }}
            and coalesce(care_since_sixteen.is_ended_at_eighteen, false)
        )
),

-- Care before the extract's history is not seen: no claim is made where it might have been enough.
without_the_right as (
    select
        leaver_records.la, leaver_records.snapshot_month, leaver_records.person_id,
        typed_words.eligibility as bad_value,
        concat(
            'The record says ', coalesce(typed_words.eligibility, 'nothing'),
            '; the recorded care is less than 13 weeks from the 14th birthday, or has no day at 16 or over.'
        ) as detail,
        'No Current Eligibility' as repaired_value
    from leaver_records
    inner join snapshots
        on leaver_records.la = snapshots.la
        and leaver_records.snapshot_month = snapshots.snapshot_month
    inner join people
        on leaver_records.la = people.la
        and leaver_records.snapshot_month = people.snapshot_month
        and leaver_records.person_id = people.person_id
        and snapshots.history_from <= people.sixteenth_birthday
    inner join typed_words
        on leaver_records.la = typed_words.la
        and leaver_records.snapshot_month = typed_words.snapshot_month
        and leaver_records.person_id = typed_words.person_id
    left join eligible_children
        on leaver_records.la = eligible_children.la
        and leaver_records.snapshot_month = eligible_children.snapshot_month
        and leaver_records.person_id = eligible_children.person_id
        and snapshots.snapshot_end = eligible_children.period_end
    left join care_since_sixteen
        on leaver_records.la = care_since_sixteen.la
        and leaver_records.snapshot_month = care_since_sixteen.snapshot_month
        and leaver_records.person_id = care_since_sixteen.person_id
    where leaver_records.eligibility in {{ sql_list(with_a_right) }}
        and eligible_children.person_id is null
        and (snapshots.history_from <= people.fourteenth_birthday or care_since_sixteen.person_id is null)
),

findings as (
    select * from missing_from_the_record
    union all
    select * from without_the_right
),

final as (
    select
        findings.la, findings.snapshot_month, findings.person_id,
        'ssd_care_leavers' as table_name,
        findings.person_id as row_id,
        'clea_care_leaver_eligibility' as column_name,
        findings.bad_value,
        findings.detail,
        'periods of care in ssd_cla_episodes (or ssda903_episodes) and the birth date' as evidence,
        findings.repaired_value,
        {{ repair_id('DQ15', ['findings.la', 'findings.person_id']) }} as repair_id
    from findings
    inner join landed_tables
        on findings.la = landed_tables.la
        and findings.snapshot_month = landed_tables.snapshot_month
)

select * from final
