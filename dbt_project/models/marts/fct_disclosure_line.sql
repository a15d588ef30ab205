-- Grain: one row per adding-up line and number in it: whoever knows all numbers of a line but one knows that one too.
-- Some are printed nowhere and follow from the others all the same.
with

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

cells as (
    select * from {{ ref('fct_disclosure_cell') }}
),

categories as (
    select * from {{ ref('dim_indicator_category') }}
),

-- The parts of a figure make the whole. A part of an open set is only there where it is one at the least.
parts as (
    select
        cells.*,
        wholes.cell_id as whole_id,
        concat(wholes.cell_id, '|', cells.number_name, '|', split_part(cells.breakdown, '=', 1)) as line_id,
        case when categories.breakdown is null then 1 else 0 end as least
    from cells
    inner join cells as wholes
        on cells.la = wholes.la
        and wholes.number_name = {{ number_name('cells.number_name', 'numerator') }}
        and cells.basis = wholes.basis
        and cells.period_end = wholes.period_end
        and wholes.breakdown = ''
    left join categories
        on cells.number_name = categories.indicator_id
        and cells.breakdown = categories.breakdown
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

sums as (
    {% for total, names in sums_of_numbers() -%}
        {% for name in names -%}
            select
                totals.la,
                totals.cell_id as total_id,
                {% if name == 'rest' -%}
                concat('rest|', totals.cell_id) as part_id,
                totals.amount - shown.amount as amount,
                {{ is_small('totals.amount - shown.amount') }} as is_small,
                0 as loss,
                {% else -%}
                shown.cell_id as part_id,
                shown.amount,
                shown.is_hidden = 1 as is_small,
                shown.loss,
                {% endif -%}
                totals.period_end
            from cells as totals
            inner join disclosure on totals.la = disclosure.la
            inner join cells as shown
                on totals.la = shown.la
                and totals.basis = shown.basis
                and totals.period_end = shown.period_end
                and totals.breakdown = shown.breakdown
                and shown.number_name = '{{ names[0] if name == 'rest' else name }}'
            where totals.number_name = '{{ total }}'
            {% if not loop.last %}union all{% endif %}
        {% endfor -%}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

members as (
    select la, line_id, cell_id, 'part' as role, least, 1 as first_round from parts
    union all
    select distinct la, line_id, whole_id, 'total' as role, 0 as least, 1 as first_round from parts
    union all
    select la, concat('sum|', total_id), part_id, 'part' as role, 0 as least, 1 as first_round from sums
    union all
    select distinct la, concat('sum|', total_id), total_id, 'total' as role, 0 as least, 1 as first_round from sums
    {% for came, went in flows_of_stocks() -%}
    union all
    select
        la,
        concat('stock|{{ came }}|', basis, '|', cast(period_end as {{ dbt.type_string() }})) as line_id,
        cell_id,
        'flow' as role,
        0 as least,
        1 as first_round
    from cells
    where number_name in ('{{ came }}', '{{ went }}') and breakdown = '' and basis in ('in_month', 'fytd')
    {% endfor -%}
    {% for id, role in [('total_id', 'total'), ('month_id', 'part'), ('before_id', 'part')] -%}
    union all
    select la, concat('month|', total_id), {{ id }}, '{{ role }}' as role, 0 as least, 2 + 2 * month_of_year as first_round
    from months
    where {{ id }} is not null
    {% endfor -%}
    {% for id, role in [('total_id', 'total'), ('before_id', 'part'), ('step_id', 'part')] -%}
    union all
    select la, step_id, {{ id }}, '{{ role }}' as role, 0 as least, 2 + 2 * month_of_year as first_round
    from steps
    {% endfor -%}
),

numbers as (
    select la, cell_id, amount, is_hidden, loss, period_end from cells
    union all
    select la, part_id, amount, case when is_small then 1 else 0 end as is_hidden, loss, period_end from sums
    where part_id like 'rest|%'
    union all
    select la, step_id, amount, 1 as is_hidden, 0 as loss, period_end from steps
),

final as (
    select
        members.la,
        members.line_id,
        members.cell_id,
        members.role,
        members.least,
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
