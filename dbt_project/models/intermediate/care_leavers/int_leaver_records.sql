-- Grain: one row per person in the care leavers extract: the recorded row that speaks for the person (B6), in
-- national codes, as at the snapshot's own month end. The case system keeps no earlier state.
with

periods as (
    select * from {{ ref('int_periods') }}
    where is_own_month
),

recorded_leavers as (
    select * from {{ ref('stg_ssd__care_leavers') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
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
        upper(coalesce(activities.code, trim(recorded_leavers.activity))) as activity,
        case
            when recorded_leavers.latest_contact_date <= periods.period_end then recorded_leavers.latest_contact_date
        end as latest_contact_date,
        recorded_leavers.pathway_plan_review_date,
        recorded_leavers.allocated_team
    from recorded_leavers
    inner join periods
        on recorded_leavers.la = periods.la
        and recorded_leavers.snapshot_month = periods.snapshot_month
    {% for domain, alias in [
        ('eligibility', 'eligibilities'), ('in_touch', 'contacts'), ('accommodation', 'accommodations'),
        ('activity', 'activities'),
    ] -%}
        left join code_map as {{ alias }}
            on recorded_leavers.la = {{ alias }}.la
            and recorded_leavers.snapshot_month = {{ alias }}.snapshot_month
            and {{ alias }}.domain = '{{ domain }}'
            and {{ word('recorded_leavers.' ~ domain) }} = {{ alias }}.word
    {% endfor %}
),

-- B6: of several rows for a person, not an Eligible one, then the latest contact.
final as (
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
                pathway_plan_review_date desc nulls last,
                in_touch nulls last, accommodation nulls last, accommodation_suitable nulls last, activity nulls last
        ) = 1
)

select * from final
