-- Grain: one row per two years to date of one financial year that must not both be shown: what they differ by is a small
-- number, though no pack prints it. A year to date that hides anyway tells nothing.
with

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

cells as (
    select * from {{ ref('fct_disclosure_cell') }}
    where breakdown = '' or basis = 'fytd'
),

differences as (
    select
        later.la,
        later.cell_id as total_id,
        earlier.cell_id as before_id,
        concat('step|', earlier.cell_id, '|', later.cell_id) as step_id,
        later.amount - earlier.amount as amount,
        later.period_end,
        later.month_of_year
    from cells as later
    inner join cells as earlier
        on later.la = earlier.la
        and later.number_name = earlier.number_name
        and later.breakdown = earlier.breakdown
        and later.year_start = earlier.year_start
        and later.month_of_year > earlier.month_of_year
    inner join disclosure on later.la = disclosure.la and disclosure.are_steps_hidden
    where later.basis = 'fytd' and earlier.basis = 'fytd' and later.adds_up <> 'no'
        and later.is_hidden = 0 and earlier.is_hidden = 0
        and (
            {{ is_small('later.amount - earlier.amount') }}
            or {{ is_small('later.rest - earlier.rest') }}
        )
),

-- Where a stock is printed, each month tells what came less what went. Of the months between two years to date that
-- leaves open only how many came and went alike, and those may not be few.
exchanges as (
    {% for came, went in flows_of_stocks() -%}
        select
            came.la,
            '{{ came }}' as number_name,
            came.year_start,
            came.month_of_year,
            greatest(came.is_hidden, went.is_hidden) as is_hidden,
            least(came.amount, went.amount) as amount
        from cells as came
        inner join cells as went
            on came.la = went.la
            and came.basis = went.basis
            and came.period_end = went.period_end
            and went.number_name = '{{ went }}'
        where came.number_name = '{{ came }}' and came.basis = 'in_month'
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

exchanges_so_far as (
    select
        *,
        sum(is_hidden) over so_far as hidden_months,
        sum(is_hidden * amount) over so_far as exchanged
    from exchanges
    window so_far as (partition by la, number_name, year_start order by month_of_year nulls last)
),

years_to_date as (
    select
        cells.*,
        exchanges_so_far.hidden_months,
        exchanges_so_far.exchanged
    from cells
    inner join exchanges_so_far
        on cells.la = exchanges_so_far.la
        and cells.number_name = exchanges_so_far.number_name
        and cells.year_start = exchanges_so_far.year_start
        and cells.month_of_year = exchanges_so_far.month_of_year
    where cells.basis = 'fytd' and cells.breakdown = ''
),

-- The first row of a year is the 1 April, when nothing had happened.
few_exchanged as (
    select
        later.la,
        later.cell_id as total_id,
        earlier.cell_id as before_id,
        concat('exchange|', coalesce(earlier.cell_id, 'start'), '|', later.cell_id) as step_id,
        later.exchanged - earlier.exchanged as amount,
        later.period_end,
        later.month_of_year
    from years_to_date as later
    inner join disclosure on later.la = disclosure.la
    inner join (
        select la, number_name, year_start, month_of_year, cell_id, is_hidden, hidden_months, exchanged from years_to_date
        union all
        select distinct
            la, number_name, year_start, 0 as month_of_year, {{ text_or_null(none) }} as cell_id, 0 as is_hidden,
            0 as hidden_months, 0 as exchanged
        from years_to_date
    ) as earlier
        on later.la = earlier.la
        and later.number_name = earlier.number_name
        and later.year_start = earlier.year_start
        and later.month_of_year > earlier.month_of_year
    where later.is_hidden = 0
        and earlier.is_hidden = 0
        and later.hidden_months > earlier.hidden_months
        and later.exchanged - earlier.exchanged < disclosure.smallest_shown - 1
),

final as (
    select * from differences
    union all
    select * from few_exchanged
)

select * from final
