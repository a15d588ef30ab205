-- Grain: one row per person who by a month end (D) has ever been an eligible child (C15, B6): from when, whether
-- still looked after, and when the first pathway plan was due.
with

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

people as (
    select * from {{ ref('int_people') }}
),

-- Care counts from the 14th birthday to the 18th.
care_from_fourteen as (
    select
        periods_of_care.la,
        periods_of_care.snapshot_month,
        periods_of_care.period_end,
        periods_of_care.person_id,
        periods_of_care.care_number,
        periods_of_care.care_end_date is null as is_open,
        people.sixteenth_birthday,
        greatest(periods_of_care.care_start_date, people.fourteenth_birthday) as counts_from,
        least(
            coalesce(periods_of_care.care_end_date, periods_of_care.period_end + 1), people.eighteenth_birthday
        ) as counts_to
    from periods_of_care
    inner join people
        on periods_of_care.la = people.la
        and periods_of_care.snapshot_month = people.snapshot_month
        and periods_of_care.person_id = people.person_id
    where coalesce(periods_of_care.care_end_date, periods_of_care.period_end + 1) > people.fourteenth_birthday
        and periods_of_care.care_start_date < people.eighteenth_birthday
),

care_with_nights_before as (
    select
        *,
        coalesce(sum({{ dbt.datediff('counts_from', 'counts_to', 'day') }}) over (
            partition by la, snapshot_month, period_end, person_id
            order by care_number nulls last
            rows between unbounded preceding and 1 preceding
        ), 0) as nights_before
    from care_from_fourteen
),

-- B6: eligible from the day after the 91st night, and not before the 16th birthday, if still in care then.
people_in_care as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        bool_or(is_open) as is_looked_after,
        min(case
            when greatest(counts_from + cast(greatest(91 - nights_before, 0) as int), sixteenth_birthday) < counts_to
                then greatest(counts_from + cast(greatest(91 - nights_before, 0) as int), sixteenth_birthday)
        end) as eligible_from
    from care_with_nights_before
    group by la, snapshot_month, period_end, person_id
),

-- Never before the 16th birthday, so the three months run from the later of the two.
final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        eligible_from,
        is_looked_after,
        {{ add_months('eligible_from', 3) }} as pathway_plan_due_date
    from people_in_care
    where eligible_from is not null
)

select * from final
