-- Grain: one row per care leaver (relevant or former relevant, C15) at a snapshot's own month end.
-- The case system keeps care leavers only as of now, so no earlier month can be counted from it (A3).
with

periods as (
    select * from {{ ref('int_periods') }}
    where is_own_month
),

people as (
    select * from {{ ref('int_people') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

recorded_leavers as (
    select * from {{ ref('stg_ssd__care_leavers') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
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
    inner join periods
        on periods_of_care.la = periods.la
        and periods_of_care.snapshot_month = periods.snapshot_month
        and periods_of_care.period_end = periods.period_end
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
eligible_children as (
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

last_ends_of_care as (
    select la, snapshot_month, period_end, person_id, end_reason
    from periods_of_care
    qualify row_number() over (
            partition by la, snapshot_month, period_end, person_id order by care_number desc nulls last
        ) = 1
),

coded_leavers as (
    select
        recorded_leavers.la,
        recorded_leavers.snapshot_month,
        recorded_leavers.person_id,
        coalesce(eligibilities.code, {{ word('recorded_leavers.eligibility') }}) as eligibility,
        upper(coalesce(contacts.code, trim(recorded_leavers.in_touch))) as in_touch,
        upper(coalesce(accommodations.code, trim(recorded_leavers.accommodation))) as accommodation,
        trim(recorded_leavers.accommodation_suitable) as accommodation_suitable,
        recorded_leavers.activity,
        case
            when recorded_leavers.latest_contact_date <= periods.period_end then recorded_leavers.latest_contact_date
        end as latest_contact_date,
        recorded_leavers.pathway_plan_review_date,
        recorded_leavers.allocated_team
    from recorded_leavers
    inner join periods
        on recorded_leavers.la = periods.la
        and recorded_leavers.snapshot_month = periods.snapshot_month
    {% for domain, column, alias in [
        ('eligibility', 'eligibility', 'eligibilities'), ('in_touch', 'in_touch', 'contacts'),
        ('accommodation', 'accommodation', 'accommodations'),
    ] -%}
        left join code_map as {{ alias }}
            on recorded_leavers.la = {{ alias }}.la
            and recorded_leavers.snapshot_month = {{ alias }}.snapshot_month
            and {{ alias }}.domain = '{{ domain }}'
            and {{ word('recorded_leavers.' ~ column) }} = {{ alias }}.word
    {% endfor %}
),

-- B6: of several rows for a person, not an Eligible one, then the latest contact.
leavers_once as (
    select
        *,
        bool_or(coalesce(allocated_team, '') <> '' and coalesce(in_touch, '') <> 'NREQ') over (
            partition by la, snapshot_month, person_id
        ) as has_open_service,
        bool_or(coalesce(in_touch, '') = 'DIED') over (partition by la, snapshot_month, person_id) as is_recorded_dead
    from coded_leavers
    qualify row_number() over (
            partition by la, snapshot_month, person_id
            order by
                case when eligibility = 'eligible' then 2 else 1 end nulls last, latest_contact_date desc nulls last,
                in_touch nulls last, accommodation nulls last, accommodation_suitable nulls last, activity nulls last
        ) = 1
),

people_who_left_care as (
    select
        eligible_children.la,
        eligible_children.snapshot_month,
        eligible_children.period_end,
        eligible_children.person_id,
        eligible_children.eligible_from,
        {{ age_at('people.birth_date', 'eligible_children.period_end') }} as age,
        people.death_date,
        last_ends_of_care.end_reason
    from eligible_children
    inner join people
        on eligible_children.la = people.la
        and eligible_children.snapshot_month = people.snapshot_month
        and eligible_children.person_id = people.person_id
    inner join last_ends_of_care
        on eligible_children.la = last_ends_of_care.la
        and eligible_children.snapshot_month = last_ends_of_care.snapshot_month
        and eligible_children.period_end = last_ends_of_care.period_end
        and eligible_children.person_id = last_ends_of_care.person_id
    where eligible_children.eligible_from is not null
        and not eligible_children.is_looked_after
),

final as (
    select
        people_who_left_care.la,
        people_who_left_care.snapshot_month,
        people_who_left_care.period_end,
        people_who_left_care.person_id,
        people_who_left_care.age,
        people_who_left_care.eligible_from,
        case when people_who_left_care.age < 18 then 'relevant' else 'former relevant' end as status,
        leavers_once.in_touch,
        leavers_once.accommodation,
        leavers_once.accommodation_suitable,
        leavers_once.activity,
        leavers_once.latest_contact_date,
        leavers_once.pathway_plan_review_date
    from people_who_left_care
    left join leavers_once
        on people_who_left_care.la = leavers_once.la
        and people_who_left_care.snapshot_month = leavers_once.snapshot_month
        and people_who_left_care.person_id = leavers_once.person_id
    where people_who_left_care.age between 16 and 24
        and (people_who_left_care.age < 21 or coalesce(leavers_once.has_open_service, false))
        and (people_who_left_care.death_date is null or people_who_left_care.death_date > people_who_left_care.period_end)
        and not coalesce(leavers_once.is_recorded_dead, false)
        and not (people_who_left_care.age < 18 and coalesce(leavers_once.in_touch, '') = 'RHOM')
        and coalesce(people_who_left_care.end_reason, '') <> 'E3'
)

select * from final
