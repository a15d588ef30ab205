-- Grain: one row per adding-up line and number in it: whoever knows all numbers of a line but one knows that one too.
-- Some are printed nowhere and follow from the others all the same.
with

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

cells as (
    select * from {{ ref('fct_disclosure_cell') }}
),

-- The parts of a figure make the whole.
parts as (
    select
        cells.*,
        wholes.cell_id as whole_id,
        concat(wholes.cell_id, '|', cells.number_name, '|', split_part(cells.breakdown, '=', 1)) as line_id
    from cells
    inner join cells as wholes
        on cells.la = wholes.la
        and wholes.number_name = {{ number_name('cells.number_name', 'numerator') }}
        and cells.basis = wholes.basis
        and cells.period_end = wholes.period_end
        and wholes.breakdown = ''
    where cells.breakdown <> ''
),

-- Of a year to date the month is the part that came last.
months as (
    select
        so_far.la,
        so_far.cell_id as total_id,
        in_month.cell_id as month_id,
        before.cell_id as before_id,
        so_far.month_of_year
    from cells as so_far
    inner join cells as in_month
        on so_far.la = in_month.la
        and so_far.number_name = in_month.number_name
        and so_far.breakdown = in_month.breakdown
        and so_far.period_end = in_month.period_end
        and in_month.basis = 'in_month'
    left join cells as before
        on so_far.la = before.la
        and so_far.number_name = before.number_name
        and so_far.breakdown = before.breakdown
        and so_far.year_start = before.year_start
        and so_far.month_of_year = before.month_of_year + 1
        and before.basis = 'fytd'
    where so_far.basis = 'fytd'
        and (so_far.month_of_year = 1 or so_far.adds_up = 'by month' and before.cell_id is not null)
),

-- What two years to date differ by is a number of its own, though no pack prints it. One that hides anyway tells none.
steps as (
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
        and {{ is_small('later.amount - earlier.amount') }}
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
            and went.breakdown = ''
        where came.number_name = '{{ came }}' and came.breakdown = '' and came.basis = 'in_month'
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

exchange_steps as (
    select
        cells.la,
        cells.cell_id as total_id,
        before.cell_id as before_id,
        concat('exchange|', coalesce(before.cell_id, 'start'), '|', cells.cell_id) as step_id,
        later.exchanged - coalesce(earlier.exchanged, 0) as amount,
        cells.period_end,
        cells.month_of_year
    from cells
    inner join disclosure on cells.la = disclosure.la
    inner join exchanges_so_far as later
        on cells.la = later.la
        and cells.number_name = later.number_name
        and cells.year_start = later.year_start
        and cells.month_of_year = later.month_of_year
    inner join (select 0 as month_of_year{% for month in range(1, 12) %} union all select {{ month }}{% endfor %}) as months
        on cells.month_of_year > months.month_of_year
    left join exchanges_so_far as earlier
        on cells.la = earlier.la
        and cells.number_name = earlier.number_name
        and cells.year_start = earlier.year_start
        and months.month_of_year = earlier.month_of_year
    left join cells as before
        on cells.la = before.la
        and cells.number_name = before.number_name
        and cells.year_start = before.year_start
        and months.month_of_year = before.month_of_year
        and cells.basis = before.basis
        and before.breakdown = ''
    where cells.basis = 'fytd'
        and cells.breakdown = ''
        and cells.is_hidden = 0
        and coalesce(before.is_hidden, 0) = 0
        and (months.month_of_year = 0 or earlier.la is not null and before.la is not null)
        and later.hidden_months > coalesce(earlier.hidden_months, 0)
        and later.exchanged - coalesce(earlier.exchanged, 0) < disclosure.smallest_shown - 1
),

all_steps as (
    select * from steps
    union all
    select * from exchange_steps
),

sums as (
    {% for total, names, reasons in sums_of_numbers() -%}
        select
            wholes.la,
            concat('sum|', wholes.cell_id, '|{{ loop.index }}') as line_id,
            wholes.cell_id as total_id,
            cells.cell_id
        from cells as wholes
        inner join cells
            on wholes.la = cells.la
            and wholes.basis = cells.basis
            and wholes.period_end = cells.period_end
        where wholes.number_name = '{{ total }}' and wholes.breakdown = '' and (
            cells.number_name in {{ sql_list(names) }} and cells.breakdown = ''
            {% if reasons -%}
            or cells.number_name = 'ceased_by_reason' and substring(cells.breakdown, 8) in {{ reasons }}
            {%- endif %}
        )
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- What a number is above one within it is printed nowhere, and follows from the two.
rests as (
    {% for larger, smaller in numbers_nearly_equal() -%}
        select
            wholes.la,
            concat('rest|', wholes.cell_id) as rest_id,
            wholes.cell_id as total_id,
            cells.cell_id,
            wholes.amount - cells.amount as amount,
            {{ is_small('wholes.amount - cells.amount') }} as is_small,
            wholes.period_end
        from cells as wholes
        inner join disclosure on wholes.la = disclosure.la
        inner join cells
            on wholes.la = cells.la
            and wholes.basis = cells.basis
            and wholes.period_end = cells.period_end
            and cells.number_name = '{{ smaller }}'
        where wholes.number_name = '{{ larger }}'
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

members as (
    select la, line_id, cell_id, 'part' as role, 1 as first_round from parts
    union all
    select distinct la, line_id, whole_id, 'total' as role, 1 as first_round from parts
    union all
    select la, line_id, cell_id, 'part' as role, 1 as first_round from sums
    union all
    select distinct la, line_id, total_id, 'total' as role, 1 as first_round from sums
    {% for id, role in [('total_id', 'total'), ('cell_id', 'part'), ('rest_id', 'part')] -%}
    union all
    select la, rest_id, {{ id }}, '{{ role }}' as role, 1 as first_round from rests
    {% endfor -%}
    {% for one, other in flows_of_stocks() + numbers_nearly_equal() -%}
    union all
    select
        la,
        concat('both|{{ one }}|', basis, '|', cast(period_end as {{ dbt.type_string() }})) as line_id,
        cell_id,
        'one of two' as role,
        1 as first_round
    from cells
    where number_name in ('{{ one }}', '{{ other }}') and breakdown = '' and basis in ('in_month', 'fytd')
    {% endfor -%}
    {% for id, role in [('total_id', 'total'), ('month_id', 'part'), ('before_id', 'part')] -%}
    union all
    select la, concat('month|', total_id), {{ id }}, '{{ role }}' as role, 2 + 2 * month_of_year as first_round
    from months
    where {{ id }} is not null
    {% endfor -%}
    {% for id, role in [('total_id', 'total'), ('before_id', 'part'), ('step_id', 'part')] -%}
    union all
    select la, step_id, {{ id }}, '{{ role }}' as role, 2 + 2 * month_of_year as first_round
    from all_steps
    where {{ id }} is not null
    {% endfor -%}
),

numbers as (
    select la, cell_id, amount, is_hidden, loss, period_end from cells
    union all
    select la, rest_id, amount, case when is_small then 1 else 0 end as is_hidden, 0 as loss, period_end from rests
    union all
    select la, step_id, amount, 1 as is_hidden, 0 as loss, period_end from all_steps
),

final as (
    select
        members.la,
        members.line_id,
        members.cell_id,
        members.role,
        members.first_round,
        numbers.amount,
        numbers.is_hidden,
        numbers.loss,
        numbers.period_end
    from members
    inner join numbers
        on members.la = numbers.la
        and members.cell_id = numbers.cell_id
)

select * from final
