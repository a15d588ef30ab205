-- Grain: one row per special guardianship or child arrangements order without care that ended by one, and per end
-- of care by such an order without the order.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where table_name = 'ssd_legal_status' and is_landed
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

legal_orders as (
    select * from {{ ref('int_permanence_orders') }}
),

permanence_rows as (
    select * from {{ ref('stg_ssd__permanence') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'legal_order'
),

-- Judged a week later: until then the other half may still come. The SSDA903 files hold no orders.
snapshots_with_orders as (
    select snapshots.la, snapshots.snapshot_month, snapshots.snapshot_end, snapshots.snapshot_end - 7 as judged_to
    from snapshots
    inner join landed_tables
        on snapshots.la = landed_tables.la
        and snapshots.snapshot_month = landed_tables.snapshot_month
),

recorded_orders as (
    select
        la, snapshot_month, person_id, order_kind, order_date, 'ssd_legal_status' as table_name, order_id as row_id,
        'lega_legal_status_start_date' as column_name, 1 as turn
    from legal_orders
    union all
    select
        permanence_rows.la, permanence_rows.snapshot_month, permanence_rows.person_id,
        upper(trim(coalesce(code_map.code, permanence_rows.permanence_order_type))) as order_kind,
        permanence_rows.permanence_order_date as order_date, 'ssd_permanence' as table_name,
        permanence_rows.permanence_id as row_id, 'perm_permanence_order_date' as column_name, 2 as turn
    from permanence_rows
    left join code_map
        on permanence_rows.la = code_map.la
        and permanence_rows.snapshot_month = code_map.snapshot_month
        and {{ word('permanence_rows.permanence_order_type') }} = code_map.word
    where permanence_rows.permanence_order_date is not null
),

-- An order that stands in both tables is one; only orders after the child first came into care.
orders as (
    select recorded_orders.*, snapshots_with_orders.judged_to, first_care.care_start_date
    from snapshots_with_orders
    inner join recorded_orders
        on snapshots_with_orders.la = recorded_orders.la
        and snapshots_with_orders.snapshot_month = recorded_orders.snapshot_month
        and snapshots_with_orders.snapshot_end >= recorded_orders.order_date
        and recorded_orders.order_kind in ('SGO', 'CAO')
    inner join (
        select la, snapshot_month, period_end, person_id, min(care_start_date) as care_start_date
        from periods_of_care
        group by la, snapshot_month, period_end, person_id
    ) as first_care
        on snapshots_with_orders.la = first_care.la
        and snapshots_with_orders.snapshot_month = first_care.snapshot_month
        and snapshots_with_orders.snapshot_end = first_care.period_end
        and recorded_orders.person_id = first_care.person_id
        and recorded_orders.order_date >= first_care.care_start_date
    qualify row_number() over (
            partition by
                recorded_orders.la, recorded_orders.snapshot_month, recorded_orders.person_id,
                recorded_orders.order_kind, recorded_orders.order_date
            order by recorded_orders.turn nulls last, {{ by_row_id('recorded_orders.row_id') }}
        ) = 1
),

ends_of_care as (
    select
        snapshots_with_orders.la, snapshots_with_orders.snapshot_month, snapshots_with_orders.judged_to,
        episodes.person_id, episodes.episode_id, episodes.episode_number, episodes.end_date, episodes.end_reason,
        periods_of_care.care_start_date,
        lead(periods_of_care.care_start_date) over (
            partition by snapshots_with_orders.la, snapshots_with_orders.snapshot_month, episodes.person_id
            order by episodes.end_date nulls last, episodes.episode_number nulls last
        ) as next_care_start_date,
        episodes.end_reason in {{ guardianship_or_arrangements_reasons() }} as is_by_order
    from snapshots_with_orders
    inner join episodes
        on snapshots_with_orders.la = episodes.la
        and snapshots_with_orders.snapshot_month = episodes.snapshot_month
        and snapshots_with_orders.snapshot_end = episodes.period_end
        and episodes.end_date is not null
        and coalesce(episodes.end_reason, '') <> 'X1'
    inner join periods_of_care
        on episodes.la = periods_of_care.la
        and episodes.snapshot_month = periods_of_care.snapshot_month
        and episodes.period_end = periods_of_care.period_end
        and episodes.person_id = periods_of_care.person_id
        and episodes.care_number = periods_of_care.care_number
),

-- Each order with the end of care nearest to it within seven days, one by an order first.
orders_with_end as (
    select
        orders.*, ends_of_care.episode_id, ends_of_care.end_date, ends_of_care.end_reason, ends_of_care.is_by_order
    from orders
    left join ends_of_care
        on orders.la = ends_of_care.la
        and orders.snapshot_month = ends_of_care.snapshot_month
        and orders.person_id = ends_of_care.person_id
        and ends_of_care.end_date between orders.order_date - 7 and orders.order_date + 7
    qualify row_number() over (
            partition by orders.la, orders.snapshot_month, orders.table_name, orders.row_id
            order by
                case when ends_of_care.is_by_order then 0 else 1 end nulls last, ends_of_care.end_date nulls last,
                ends_of_care.episode_number nulls last
        ) = 1
),

-- An order weeks away, but of the same care, is a wrong date: the order is blamed, not the end of care too.
ends_with_order as (
    select
        ends_of_care.la, ends_of_care.snapshot_month, ends_of_care.person_id, ends_of_care.episode_id,
        ends_of_care.end_date, ends_of_care.end_reason,
        count(orders.row_id) as order_count
    from ends_of_care
    left join orders
        on ends_of_care.la = orders.la
        and ends_of_care.snapshot_month = orders.snapshot_month
        and ends_of_care.person_id = orders.person_id
        and orders.order_date >= least(ends_of_care.care_start_date, ends_of_care.end_date - 7)
        and (
            ends_of_care.next_care_start_date is null
            or orders.order_date < greatest(ends_of_care.next_care_start_date, ends_of_care.end_date + 8)
        )
    where ends_of_care.is_by_order and ends_of_care.end_date <= ends_of_care.judged_to
    group by
        ends_of_care.la, ends_of_care.snapshot_month, ends_of_care.person_id, ends_of_care.episode_id,
        ends_of_care.end_date, ends_of_care.end_reason
),

differences as (
    select
        la, snapshot_month, person_id, 'ssd_cla_episodes' as table_name, episode_id as row_id,
        'clae_cla_episode_ceased_reason' as column_name, end_reason as bad_value,
        concat(
            'Care ended on ', {{ date_text('end_date') }}, ' by an order (', end_reason, ') that is recorded nowhere.'
        )
            as detail,
        'ssd_legal_status, ssd_permanence: no special guardianship or child arrangements order of the child' as evidence
    from ends_with_order
    where order_count = 0
    union all
    select
        la, snapshot_month, person_id,
        case when end_date is null then table_name else 'ssd_cla_episodes' end as table_name,
        case when end_date is null then row_id else episode_id end as row_id,
        case when end_date is null then column_name else 'clae_cla_episode_ceased_reason' end as column_name,
        case when end_date is null then {{ date_text('order_date') }} else end_reason end as bad_value,
        case
            when end_date is null
                then concat(
                        'An order (', order_kind, ') is dated ', {{ date_text('order_date') }},
                        ', and care did not end within seven days of it: it counts among the orders granted alone.'
                    )
            else concat(
                    'Care ended on ', {{ date_text('end_date') }}, ' for the reason ', coalesce(end_reason, 'not recorded'),
                    ', within seven days of an order (',
                    order_kind, ') dated ', {{ date_text('order_date') }}, '.'
                )
        end as detail,
        case
            when end_date is null then 'episodes of care: no end within seven days'
            else concat(table_name, ': the order')
        end as evidence
    from orders_with_end
    where is_by_order is not true and order_date <= judged_to
),

final as (
    select
        la, snapshot_month, person_id, table_name, row_id, column_name, bad_value, detail, evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from differences
    qualify row_number() over (
            partition by la, snapshot_month, table_name, row_id order by detail nulls last
        ) = 1
)

select * from final
