-- Grain: one row per approval of a foster household that the register shows otherwise than when the month before was
-- reported, so that opening, approved and ended do not make the closing count; or that ends before it begins (DQ39).
{% set keys = ['la', 'snapshot_month', 'household_id', 'approval_date'] -%}
with

snapshots as (
    select *, snapshot_end - cast(extract(day from snapshot_end) as int) as end_before
    from {{ ref('int_snapshots') }}
),

households as (
    select * from {{ ref('stg_ext__foster_household') }}
),

earlier_households as (
    select * from {{ ref('stg_earlier__foster_household') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'carer_type'
),

-- Each extract as it is now, and the one of the month before under the month it is compared with.
delivered_rows as (
    select
        snapshots.la, snapshots.snapshot_month, snapshots.end_before, 'now' as known, households.household_id,
        households.carer_type, households.approval_date, households.end_date
    from households
    inner join snapshots
        on households.la = snapshots.la
        and households.snapshot_month = snapshots.snapshot_month
    union all
    select
        snapshots.la, snapshots.snapshot_month, snapshots.end_before, 'then' as known, earlier_households.household_id,
        earlier_households.carer_type, earlier_households.approval_date, earlier_households.end_date
    from earlier_households
    inner join snapshots
        on earlier_households.la = snapshots.la
        and earlier_households.snapshot_month = substring({{ date_text('snapshots.end_before') }}, 1, 7)
        and earlier_households.approval_date <= snapshots.end_before
),

-- A row that another of the household goes on from, or goes on with, changes no count (a change of category).
own_rows as (
    select
        delivered_rows.*,
        coalesce(delivered_rows.approval_date <= max({{ or_open('delivered_rows.end_date') }}) over (
            partition by
                delivered_rows.la, delivered_rows.snapshot_month, delivered_rows.known, delivered_rows.household_id
            order by delivered_rows.approval_date nulls last
            rows between unbounded preceding and 1 preceding
        ), false) as goes_on,
        coalesce(delivered_rows.end_date >= lead(delivered_rows.approval_date) over (
            partition by
                delivered_rows.la, delivered_rows.snapshot_month, delivered_rows.known, delivered_rows.household_id
            order by delivered_rows.approval_date nulls last
        ), false) as is_continued
    from delivered_rows
    left join code_map
        on delivered_rows.la = code_map.la
        and delivered_rows.snapshot_month = code_map.snapshot_month
        and {{ word('delivered_rows.carer_type') }} = code_map.word
    where delivered_rows.household_id is not null
        and delivered_rows.approval_date is not null
        and coalesce({{ word('coalesce(code_map.code, delivered_rows.carer_type)') }}, '')
        not in ('ifa', 'supported lodgings')
),

approvals as (
    select
        {{ keys | join(', ') }}, end_before,
        max(case when known = 'now' then 1 else 0 end) = 1 as is_known_now,
        max(case when known = 'then' then 1 else 0 end) = 1 as was_known,
        max(case when known = 'now' then end_date end) as end_date,
        max(case when known = 'then' then end_date end) as end_date_then,
        bool_or(goes_on) as goes_on,
        bool_or(is_continued) as is_continued
    from own_rows
    group by {{ keys | join(', ') }}, end_before
),

-- Without any row of the month before there is no evidence.
approvals_of_households as (
    select
        *,
        bool_or(was_known) over (partition by la, snapshot_month) as is_comparable,
        bool_or(was_known and not is_known_now) over (partition by la, snapshot_month, household_id) as has_gone,
        bool_or(is_known_now and not was_known) over (partition by la, snapshot_month, household_id) as has_new
    from approvals
),

judged_approvals as (
    select
        *,
        case
            when end_date < approval_date then 'ends before it begins'
            when not is_comparable then null
            when not was_known and not goes_on and has_gone then 'approval changed'
            when not was_known and not goes_on and approval_date <= end_before then 'approval late'
            when not is_known_now and not has_new then 'gone'
            when not (is_known_now and was_known) or is_continued then null
            when end_date_then <= end_before and coalesce(end_date > end_before, true) then 'end taken away'
            when end_date <= end_before and coalesce(end_date <> end_date_then, true) then 'end late'
        end as fault
    from approvals_of_households
),

final as (
    select
        la, snapshot_month,
        cast(null as {{ dbt.type_string() }}) as person_id,
        'ext_foster_household' as table_name,
        household_id as row_id,
        case when fault in ('approval changed', 'approval late', 'gone') then 'approval_date' else 'end_date' end
            as column_name,
        case
            when fault in ('approval changed', 'approval late', 'gone') then {{ date_text('approval_date') }}
            else {{ date_text('end_date') }}
        end as bad_value,
        concat(
            case fault
                when 'ends before it begins' then 'The approval ends before it begins'
                when 'approval changed' then 'The approval had another day when the month before was reported'
                when 'approval late' then 'The approval was not yet known when the month before was reported'
                when 'gone' then 'The approval was counted the month before and is not there any more'
                when 'end taken away' then 'The end was counted the month before and is not there any more'
                when 'end late' then 'The end was not yet known, or another day, when the month before was reported'
            end,
            ': approved on ', {{ date_text('approval_date') }},
            ', ended on ', coalesce({{ date_text('coalesce(end_date, end_date_then)') }}, 'no day'), '.'
        ) as detail,
        case
            when fault <> 'ends before it begins'
                then concat('ext_foster_household of ', substring({{ date_text('end_before') }}, 1, 7))
        end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from judged_approvals
    where fault is not null
)

select * from final
