-- Grain: one row per council, snapshot and calendar day, with the working days that follow it (C5) and the one
-- that starts its last twenty: the day itself is the first to be counted back, where it is a working day (B12).
-- Day 0 is the day itself, whether it is a working day or not. The calendar runs from 1995 to 2049.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

bank_holidays as (
    select distinct la, snapshot_month, holiday_date from {{ ref('stg_reference__bank_holiday') }}
),

digits as (
    {% for digit in range(10) -%}
        select {{ digit }} as digit{% if not loop.last %}
            union all{% endif %}
    {% endfor %}
),

all_days as (
    select
        cast('1995-01-01' as date)
        + (
            ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit
            + 10000 * ten_thousands.digit
        ) as calendar_date
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    inner join digits as ten_thousands on ten_thousands.digit < 2
),

-- The bounds are variables so that a unit test may ask for a few weeks.
days as (
    select calendar_date from all_days
    where calendar_date between cast('{{ var("calendar_from", "1995-01-01") }}' as date)
        and cast('{{ var("calendar_to", "2049-10-03") }}' as date)
),

-- 1 January 1995 was a Sunday, so the remainder of seven counts from Sunday.
council_days as (
    select
        snapshots.la,
        snapshots.snapshot_month,
        days.calendar_date,
        ({{ dbt.datediff("cast('1995-01-01' as date)", 'days.calendar_date', 'day') }} % 7) between 1 and 5
        and bank_holidays.holiday_date is null as is_working_day
    from snapshots
    cross join days
    left join bank_holidays
        on snapshots.la = bank_holidays.la
        and snapshots.snapshot_month = bank_holidays.snapshot_month
        and days.calendar_date = bank_holidays.holiday_date
),

numbered_days as (
    select
        *,
        sum(case when is_working_day then 1 else 0 end) over (
            partition by la, snapshot_month order by calendar_date nulls last
        ) as working_days_so_far
    from council_days
),

final as (
    select
        numbered_days.la,
        numbered_days.snapshot_month,
        numbered_days.calendar_date,
        numbered_days.is_working_day,
        tenth.calendar_date as working_day_10,
        twentieth.calendar_date as working_day_20,
        twentieth_last.calendar_date as twentieth_last_working_day
    from numbered_days
    left join numbered_days as tenth
        on numbered_days.la = tenth.la
        and numbered_days.snapshot_month = tenth.snapshot_month
        and numbered_days.working_days_so_far + 10 = tenth.working_days_so_far
        and tenth.is_working_day
    left join numbered_days as twentieth
        on numbered_days.la = twentieth.la
        and numbered_days.snapshot_month = twentieth.snapshot_month
        and numbered_days.working_days_so_far + 20 = twentieth.working_days_so_far
        and twentieth.is_working_day
    left join numbered_days as twentieth_last
        on numbered_days.la = twentieth_last.la
        and numbered_days.snapshot_month = twentieth_last.snapshot_month
        and numbered_days.working_days_so_far - 19 = twentieth_last.working_days_so_far
        and twentieth_last.is_working_day
)

select * from final
