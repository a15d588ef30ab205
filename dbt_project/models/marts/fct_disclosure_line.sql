-- Grain: one row per adding-up line and number in it: whoever knows all numbers of a line but one knows that one too.
-- Some are printed nowhere and follow from the others all the same.
with

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

cells as (
    select * from {{ ref('fct_disclosure_cell') }}
),

steps as (
    select * from {{ ref('fct_disclosure_step') }}
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

sums as (
    {% for total, names, reasons in sums_of_numbers() -%}
        select
            wholes.la,
            concat('sum|', wholes.cell_id, '|{{ loop.index }}') as line_id,
            wholes.cell_id as total_id,
            cells.cell_id,
            cells.breakdown,
            {{ 'true' if names and reasons else 'false' }} as is_mixed
        from cells as wholes
        inner join cells
            on wholes.la = cells.la
            and wholes.basis = cells.basis
            and wholes.period_end = cells.period_end
            and (
                cells.number_name in {{ sql_list(names) }} and cells.breakdown = ''
                or cells.number_name = 'ceased_by_reason' and substring(cells.breakdown, 8) {{ reasons or 'in (null)' }}
            )
        where wholes.number_name = '{{ total }}'
            and wholes.breakdown = ''
            and wholes.basis in ('fytd'{% if not reasons %}, 'in_month'{% endif %})
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
    -- The months of the total may tell its year to date, so its parts must not need its help, nor the reasons that of
    -- a part that is a sum itself.
    union all
    select la, concat('parts of ', line_id), cell_id, 'one of several' as role, 1 as first_round from sums
    where is_mixed
    union all
    select la, concat('reasons of ', line_id), cell_id, 'one of several' as role, 1 as first_round from sums
    where breakdown <> ''
    {% for id, role in [('total_id', 'total'), ('cell_id', 'part'), ('rest_id', 'part')] -%}
        union all
        select la, rest_id, {{ id }}, '{{ role }}' as role, 1 as first_round from rests
    {% endfor -%}
    {% for one, other, bases in pairs_of_numbers() -%}
        union all
        select
            la,
            concat('both|{{ one }} {{ other }}|', basis, '|', cast(period_end as {{ dbt.type_string() }})) as line_id,
            cell_id,
            'one of two' as role,
            1 as first_round
        from cells
        where number_name in ('{{ one }}', '{{ other }}')
            and breakdown = ''
            and basis in {{ sql_list(bases) }}
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
        from steps
        where {{ id }} is not null
    {% endfor -%}
),

numbers as (
    select la, cell_id, amount, is_hidden, loss, period_end from cells
    union all
    select la, rest_id, amount, case when is_small then 1 else 0 end as is_hidden, 0 as loss, period_end from rests
    union all
    select la, step_id, amount, 1 as is_hidden, 0 as loss, period_end from steps
),

-- A number that stands alone, because the others are not available, has no line.
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
    qualify count(*) over (partition by members.la, members.line_id) > 1
)

select * from final
