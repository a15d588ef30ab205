-- Grain: one row per short-break status that cannot be right: single breaks (V3) and an agreement (V4) of one
-- child in one year, or an agreement that was not closed when care (V2) began.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

legal_statuses as (
    select * from {{ ref('stg_ssd__legal_status') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'legal_status'
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
    where legal_status is not null
),

recorded_statuses as (
    select
        legal_statuses.la, legal_statuses.snapshot_month, legal_statuses.person_id, code_map.code as legal_status,
        legal_statuses.legal_status_start_date as start_date, legal_statuses.legal_status_end_date as end_date,
        'ssd_legal_status' as table_name, legal_statuses.legal_status_id as row_id,
        'lega_legal_status' as status_column, 'lega_legal_status_end_date' as end_column,
        legal_statuses.legal_status as recorded_status
    from legal_statuses
    inner join code_map
        on legal_statuses.la = code_map.la
        and legal_statuses.snapshot_month = code_map.snapshot_month
        and {{ word('legal_statuses.legal_status') }} = code_map.word
    union all
    select
        la, snapshot_month, person_id, legal_status, start_date, end_date,
        source_table as table_name, episode_id as row_id, 'ls' as status_column, 'dec' as end_column,
        legal_status as recorded_status
    from episodes
),

-- The years (from 1 April) of the first and the last night known at D.
statuses as (
    select
        recorded_statuses.*,
        snapshots.snapshot_end,
        {{ financial_year_start('recorded_statuses.start_date') }} as first_year,
        case
            when recorded_statuses.end_date <= snapshots.snapshot_end
                then {{ financial_year_start('(recorded_statuses.end_date - 1)') }}
            else {{ financial_year_start('snapshots.snapshot_end') }}
        end as last_year
    from recorded_statuses
    inner join snapshots
        on recorded_statuses.la = snapshots.la
        and recorded_statuses.snapshot_month = snapshots.snapshot_month
        and recorded_statuses.start_date <= snapshots.snapshot_end
    where recorded_statuses.legal_status in ('V2', 'V3', 'V4')
        and (recorded_statuses.end_date is null or recorded_statuses.end_date > recorded_statuses.start_date)
),

breaks as (
    select * from statuses
    where legal_status = 'V3'
),

agreements as (
    select * from statuses
    where legal_status = 'V4'
),

both_in_one_year as (
    select
        breaks.*,
        agreements.row_id as agreement_row_id,
        agreements.recorded_status as recorded_agreement,
        agreements.start_date as agreement_start_date,
        greatest(breaks.first_year, agreements.first_year) as common_year
    from breaks
    inner join agreements
        on breaks.la = agreements.la
        and breaks.snapshot_month = agreements.snapshot_month
        and breaks.person_id = agreements.person_id
        and breaks.first_year <= agreements.last_year
        and breaks.last_year >= agreements.first_year
),

-- One finding a child and year: the row with which the second kind began.
second_kinds as (
    select
        *,
        case when start_date < agreement_start_date then agreement_row_id else row_id end as later_row_id,
        case when start_date < agreement_start_date then recorded_agreement else recorded_status end as later_status,
        greatest(start_date, agreement_start_date) as later_start_date,
        least(start_date, agreement_start_date) as earlier_start_date
    from both_in_one_year
    qualify row_number() over (
            partition by la, snapshot_month, person_id, common_year
            order by
                greatest(start_date, agreement_start_date) nulls last,
                least(start_date, agreement_start_date) nulls last, {{ by_row_id('row_id') }}, {{ by_row_id('agreement_row_id') }}
        ) = 1
),

open_agreements as (
    select
        agreements.la, agreements.snapshot_month, agreements.person_id, agreements.table_name, agreements.row_id,
        agreements.end_column, agreements.start_date, agreements.end_date, min(care.start_date) as care_start_date
    from agreements
    inner join statuses as care
        on agreements.la = care.la
        and agreements.snapshot_month = care.snapshot_month
        and agreements.person_id = care.person_id
        and care.legal_status = 'V2'
        and agreements.start_date < care.start_date
    where agreements.end_date is null or agreements.end_date > agreements.snapshot_end
    group by
        agreements.la, agreements.snapshot_month, agreements.person_id, agreements.table_name, agreements.row_id,
        agreements.end_column, agreements.start_date, agreements.end_date
),

findings as (
    select
        la, snapshot_month, person_id, table_name, later_row_id as row_id, status_column as column_name,
        later_status as bad_value,
        'Single short breaks (V3) and an agreement of short breaks (V4) are recorded in the year from '
        || {{ date_text('common_year') }} || '; this row begins the second kind, on '
        || {{ date_text('later_start_date') }} || '.' as detail,
        'The other kind began on ' || {{ date_text('earlier_start_date') }} || '.' as evidence
    from second_kinds
    union all
    select
        la, snapshot_month, person_id, table_name, row_id, end_column as column_name,
        {{ date_text('end_date') }} as bad_value,
        'The agreement of short breaks (V4) of ' || {{ date_text('start_date') }}
        || ' was not closed when the child came into care.' as detail,
        'Accommodation (V2) began on ' || {{ date_text('care_start_date') }} || '.' as evidence
    from open_agreements
),

-- A row that begins the second kind in several years is told once.
final as (
    select
        la,
        snapshot_month,
        person_id,
        table_name,
        row_id,
        column_name,
        bad_value,
        detail,
        evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from findings
    qualify row_number() over (
            partition by la, snapshot_month, person_id, table_name, row_id, column_name order by detail nulls last
        ) = 1
)

select * from final
