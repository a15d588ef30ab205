-- Grain: one row per price, placement or budget line that is not of the same days as what it is set against (DQ45).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where table_name = 'ext_placement_cost' and is_landed
),

prices as (
    select prices.*, snapshots.snapshot_end, snapshots.history_from
    from {{ ref('stg_ext__placement_cost') }} as prices
    inner join snapshots
        on prices.la = snapshots.la
        and prices.snapshot_month = snapshots.snapshot_month
        and prices.start_date <= snapshots.snapshot_end
        and snapshots.route = 'ssd'
    where prices.placement_id is not null
),

budgets as (
    select * from {{ ref('stg_ext__budget') }}
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
    where placement_id is not null
),

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

-- Where children lived, from the episodes: a price needs a child.
placements as (
    select
        episodes.la, episodes.snapshot_month, episodes.placement_id,
        min(episodes.person_id) as person_id,
        min(episodes.start_date) as start_date,
        nullif(
            max({{ or_open(end_known_at('episodes.end_date', 'snapshots.snapshot_end')) }}), cast('9999-12-31' as date)
        ) as end_date
    from episodes
    inner join snapshots
        on episodes.la = snapshots.la
        and episodes.snapshot_month = snapshots.snapshot_month
        and episodes.start_date <= snapshots.snapshot_end
    group by episodes.la, episodes.snapshot_month, episodes.placement_id
),

prices_in_order as (
    select
        prices.*,
        placements.placement_id is not null as has_episode,
        placements.person_id,
        placements.start_date as placement_start_date,
        placements.end_date as placement_end_date,
        row_number() over (
            partition by prices.la, prices.snapshot_month, prices.placement_id
            order by prices.start_date nulls last, prices.end_date nulls last, prices.weekly_cost nulls last
        ) as price_number,
        row_number() over (
            partition by prices.la, prices.snapshot_month, prices.placement_id
            order by
                {{ or_open('prices.end_date') }} desc nulls last, prices.start_date desc nulls last,
                prices.weekly_cost nulls last
        ) as number_from_last
    from prices
    left join placements
        on prices.la = placements.la
        and prices.snapshot_month = placements.snapshot_month
        and prices.placement_id = placements.placement_id
),

priced_placements as (
    select distinct la, snapshot_month, placement_id
    from prices
    where {{ runs_at('start_date', 'end_date', 'snapshot_end') }}
),

-- Ledgers type the day in either spelling; what is no day is left alone.
budget_lines as (
    select
        budgets.la, budgets.snapshot_month, budgets.line, budgets.financial_year, snapshots.snapshot_end,
        max(try_cast(
            case
                when budgets.actual_to_date like '__/__/____%'
                    then concat(
                            substring(budgets.actual_to_date, 7, 4), '-', substring(budgets.actual_to_date, 4, 2), '-',
                            substring(budgets.actual_to_date, 1, 2)
                        )
                else substring(budgets.actual_to_date, 1, 10)
            end as date
        )) as paid_to
    from budgets
    inner join snapshots
        on budgets.la = snapshots.la
        and budgets.snapshot_month = snapshots.snapshot_month
    group by budgets.la, budgets.snapshot_month, budgets.line, budgets.financial_year, snapshots.snapshot_end
),

-- The year of the month end is to be paid up to it, an earlier one up to its 31 March.
budget_lines_due as (
    select
        *,
        case
            when substring(trim(financial_year), 1, 4)
                = cast(extract(year from {{ financial_year_start('snapshot_end') }}) as {{ dbt.type_string() }})
                then snapshot_end
            else make_date(cast(extract(year from {{ financial_year_start('paid_to') }}) as int) + 1, 3, 31)
        end as due_to
    from budget_lines
),

findings as (
    select
        la, snapshot_month, person_id, 'ext_placement_cost' as table_name, placement_id as row_id,
        'placement_id' as column_name, placement_id as bad_value,
        concat('A price from ', {{ date_text('start_date') }}, ' for a placement in which no child has an episode.') as detail
    from prices_in_order
    where not has_episode and price_number = 1
    union all
    select
        la, snapshot_month, person_id, 'ext_placement_cost' as table_name, placement_id as row_id,
        'end_date' as column_name, {{ date_text('end_date') }} as bad_value,
        concat(
            'The price ', case when end_date is null then 'runs on' else concat('runs to ', {{ date_text('end_date') }}) end,
            ', the child left on ', {{ date_text('placement_end_date') }}, '.'
        ) as detail
    from prices_in_order
    where number_from_last = 1 and {{ or_open('end_date') }} > placement_end_date
    union all
    select
        la, snapshot_month, person_id, 'ext_placement_cost' as table_name, placement_id as row_id,
        'start_date' as column_name, {{ date_text('start_date') }} as bad_value,
        concat(
            'The first price is from ', {{ date_text('start_date') }}, ', the child moved in on ',
            {{ date_text('placement_start_date') }}, '.'
        ) as detail
    from prices_in_order
    where price_number = 1 and start_date > placement_start_date and start_date > history_from
    union all
    select
        looked_after.la, looked_after.snapshot_month, looked_after.person_id, 'ssd_cla_placement' as table_name,
        looked_after.placement_id as row_id, 'clap_cla_placement_id' as column_name,
        looked_after.placement_id as bad_value,
        concat(
            'A bought placement (', looked_after.provider_group, ') with a child at the month end and no price that runs then.'
        ) as detail
    from looked_after
    inner join snapshots
        on looked_after.la = snapshots.la
        and looked_after.snapshot_month = snapshots.snapshot_month
        and looked_after.period_end = snapshots.snapshot_end
    inner join landed_tables
        on looked_after.la = landed_tables.la
        and looked_after.snapshot_month = landed_tables.snapshot_month
    left join priced_placements
        on looked_after.la = priced_placements.la
        and looked_after.snapshot_month = priced_placements.snapshot_month
        and looked_after.placement_id = priced_placements.placement_id
    where looked_after.provider_group not in ('in-house', 'neither')
        and looked_after.placement_id is not null
        and priced_placements.placement_id is null
    union all
    select
        la, snapshot_month, cast(null as {{ dbt.type_string() }}) as person_id, 'ext_budget' as table_name,
        concat_ws(' ', line, financial_year) as row_id, 'actual_to_date' as column_name,
        {{ date_text('paid_to') }} as bad_value,
        concat(
            'The spending is taken up to ', {{ date_text('paid_to') }}, ', the placements up to ', {{ date_text('due_to') }}, '.'
        ) as detail
    from budget_lines_due
    where paid_to <> due_to
),

final as (
    select
        *,
        case table_name
            when 'ext_budget' then cast(null as {{ dbt.type_string() }})
            when 'ext_placement_cost' then 'episodes of care with this placement'
            else 'prices of this placement in ext_placement_cost'
        end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from findings
)

select * from final
