-- Grain: one row per ended episode whose reason for ceasing does not fit the orders made, or the years of its code.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

episodes as (
    select * from {{ ref('int_repaired_episodes') }}
    where end_reason <> 'X1'
),

orders as (
    select * from {{ ref('int_permanence_orders') }}
),

permanence_rows as (
    select * from {{ ref('stg_ssd__permanence') }}
),

legal_statuses as (
    select * from {{ ref('stg_ssd__legal_status') }}
),

reference_words as (
    select * from {{ ref('stg_reference__legal_status') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'legal_order'
),

placement_orders as (
    select * from {{ ref('int_legal_status_spans') }}
    where legal_status in ('E1', 'D1')
),

ended_episodes as (
    select episodes.*, snapshots.snapshot_end
    from episodes
    inner join snapshots
        on episodes.la = snapshots.la
        and episodes.snapshot_month = snapshots.snapshot_month
        and episodes.end_date <= snapshots.snapshot_end
),

full_orders as (
    select la, snapshot_month, person_id, order_date, order_kind, 'ssd_legal_status' as order_table from orders
    union all
    select
        permanence_rows.la, permanence_rows.snapshot_month, permanence_rows.person_id,
        permanence_rows.permanence_order_date as order_date,
        upper(trim(coalesce(code_map.code, permanence_rows.permanence_order_type))) as order_kind,
        'ssd_permanence' as order_table
    from permanence_rows
    left join code_map
        on permanence_rows.la = code_map.la
        and permanence_rows.snapshot_month = code_map.snapshot_month
        and {{ word('permanence_rows.permanence_order_type') }} = code_map.word
),

-- E13 with an order within a week of the end; one order is told.
orders_near_the_end as (
    select
        ended_episodes.la,
        ended_episodes.snapshot_month,
        ended_episodes.person_id,
        ended_episodes.episode_number,
        full_orders.order_date,
        full_orders.order_kind,
        full_orders.order_table
    from ended_episodes
    inner join full_orders
        on ended_episodes.la = full_orders.la
        and ended_episodes.snapshot_month = full_orders.snapshot_month
        and ended_episodes.person_id = full_orders.person_id
        and full_orders.order_kind in ('SGO', 'CAO')
        and full_orders.order_date between ended_episodes.end_date - 7 and ended_episodes.end_date + 7
        and ended_episodes.snapshot_end >= full_orders.order_date
    where ended_episodes.end_reason = 'E13'
    qualify row_number() over (
            partition by
                ended_episodes.la, ended_episodes.snapshot_month, ended_episodes.person_id, ended_episodes.episode_number
            order by full_orders.order_date nulls last, full_orders.order_kind nulls last, full_orders.order_table nulls last
        ) = 1
),

-- The placement order that ran through the last night; the 903 files give the status on the episode.
ended_under_placement_order as (
    select distinct
        ended_episodes.la,
        ended_episodes.snapshot_month,
        ended_episodes.person_id,
        ended_episodes.episode_number,
        true as is_under_placement_order
    from ended_episodes
    left join placement_orders
        on ended_episodes.la = placement_orders.la
        and ended_episodes.snapshot_month = placement_orders.snapshot_month
        and ended_episodes.person_id = placement_orders.person_id
        and ended_episodes.end_date > placement_orders.start_date
        and ended_episodes.end_date <= {{ or_open('placement_orders.end_date') }}
    where ended_episodes.end_reason not in ('E11', 'E12', 'E2', 'E3')
        and (placement_orders.person_id is not null or ended_episodes.legal_status in ('E1', 'D1'))
),

interim_orders as (
    select distinct
        legal_statuses.la,
        legal_statuses.snapshot_month,
        legal_statuses.person_id,
        legal_statuses.legal_status_start_date as order_date,
        legal_statuses.legal_status_end_date as end_date
    from legal_statuses
    inner join reference_words
        on legal_statuses.la = reference_words.la
        and legal_statuses.snapshot_month = reference_words.snapshot_month
        and {{ word('legal_statuses.legal_status') }} = {{ word('reference_words.source_value') }}
    where upper(trim(coalesce(reference_words.status_group, reference_words.code))) = 'ICAO'
),

-- E41 when an interim order ran within a week of the end and no full one has followed it by then.
ended_on_interim_order as (
    select
        ended_episodes.la,
        ended_episodes.snapshot_month,
        ended_episodes.person_id,
        ended_episodes.episode_number,
        max(interim_orders.order_date) as interim_date
    from ended_episodes
    inner join interim_orders
        on ended_episodes.la = interim_orders.la
        and ended_episodes.snapshot_month = interim_orders.snapshot_month
        and ended_episodes.person_id = interim_orders.person_id
        and ended_episodes.end_date + 7 >= interim_orders.order_date
        and ended_episodes.snapshot_end >= interim_orders.order_date
        and ended_episodes.end_date - 7 <= {{ or_open('interim_orders.end_date') }}
    left join full_orders
        on ended_episodes.la = full_orders.la
        and ended_episodes.snapshot_month = full_orders.snapshot_month
        and ended_episodes.person_id = full_orders.person_id
        and full_orders.order_kind in ('SGO', 'CAO')
        and full_orders.order_date between interim_orders.order_date and ended_episodes.end_date + 7
    where ended_episodes.end_reason = 'E41'
    group by
        ended_episodes.la, ended_episodes.snapshot_month, ended_episodes.person_id, ended_episodes.episode_number
    having max(full_orders.order_date) is null
),

judged_episodes as (
    select
        ended_episodes.*,
        concat_ws(
            '; ',
            'an order (' || orders_near_the_end.order_kind || ') was made on '
            || {{ date_text('orders_near_the_end.order_date') }} || ', so care may have ended by it',
            case
                when ended_under_placement_order.is_under_placement_order
                    then 'a placement order was in force, which ends in adoption or is revoked'
            end,
            'the child arrangements order of ' || {{ date_text('ended_on_interim_order.interim_date') }}
            || ' is an interim one and no full one is recorded',
            case
                when ended_episodes.end_reason in ('E43', 'E44') and ended_episodes.end_date > cast('2018-03-31' as date)
                    then 'this code was used to 31 March 2018'
                when ended_episodes.end_reason in ('E45', 'E46', 'E47', 'E48')
                    and ended_episodes.end_date < cast('2018-04-01' as date)
                    then 'this code is used from 1 April 2018'
            end
        ) as faults,
        concat_ws(
            ', ',
            orders_near_the_end.order_table,
            case when ended_under_placement_order.is_under_placement_order then 'the last legal status' end,
            case when ended_on_interim_order.interim_date is not null then 'ssd_legal_status, ssd_permanence' end
        ) as evidence
    from ended_episodes
    left join orders_near_the_end
        on ended_episodes.la = orders_near_the_end.la
        and ended_episodes.snapshot_month = orders_near_the_end.snapshot_month
        and ended_episodes.person_id = orders_near_the_end.person_id
        and ended_episodes.episode_number = orders_near_the_end.episode_number
    left join ended_under_placement_order
        on ended_episodes.la = ended_under_placement_order.la
        and ended_episodes.snapshot_month = ended_under_placement_order.snapshot_month
        and ended_episodes.person_id = ended_under_placement_order.person_id
        and ended_episodes.episode_number = ended_under_placement_order.episode_number
    left join ended_on_interim_order
        on ended_episodes.la = ended_on_interim_order.la
        and ended_episodes.snapshot_month = ended_on_interim_order.snapshot_month
        and ended_episodes.person_id = ended_on_interim_order.person_id
        and ended_episodes.episode_number = ended_on_interim_order.episode_number
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id as row_id,
        {{ episode_column('end_reason') }} as column_name,
        end_reason as bad_value,
        'Care ended on ' || {{ date_text('end_date') }} || ' with ' || end_reason || ', but ' || faults || '.' as detail,
        nullif(evidence, '') as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from judged_episodes
    where faults <> ''
)

select * from final
