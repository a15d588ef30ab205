-- Grain: one row per word without a code for a legal status or a provider (A5), per legal status left blank, and per
-- child with care that has no legal status at all (B15).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

unmapped_words as (
    select * from {{ ref('int_unmapped_words') }}
    where domain in ('legal_status', 'provider')
),

legal_statuses as (
    select * from {{ ref('stg_ssd__legal_status') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'legal_status'
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where table_name = 'ssd_legal_status' and is_landed
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

ssda903_episodes as (
    select * from {{ ref('stg_ssda903__episodes') }}
),

-- A status of care, or one that is not known to be none: an order such as special guardianship is none.
statuses_of_care as (
    select legal_statuses.*
    from legal_statuses
    left join code_map
        on legal_statuses.la = code_map.la
        and legal_statuses.snapshot_month = code_map.snapshot_month
        and {{ word('legal_statuses.legal_status') }} = code_map.word
    where code_map.code is null or code_map.code in {{ sql_list(national_code_sets()['legal_status']) }}
),

episodes_without_status as (
    select
        episodes.la, episodes.snapshot_month, episodes.person_id, episodes.source_table, episodes.episode_id,
        episodes.start_date
    from snapshots
    inner join episodes
        on snapshots.la = episodes.la
        and snapshots.snapshot_month = episodes.snapshot_month
        and snapshots.snapshot_end >= episodes.start_date
        and episodes.source_table = 'ssd_cla_episodes'
        and (episodes.end_date is null or episodes.end_date > episodes.start_date)
    inner join landed_tables
        on snapshots.la = landed_tables.la
        and snapshots.snapshot_month = landed_tables.snapshot_month
    left join statuses_of_care
        on episodes.la = statuses_of_care.la
        and episodes.snapshot_month = statuses_of_care.snapshot_month
        and episodes.person_id = statuses_of_care.person_id
        and {{ or_open('statuses_of_care.legal_status_end_date') }} > episodes.start_date
        and statuses_of_care.legal_status_start_date < {{ or_open('episodes.end_date') }}
    where statuses_of_care.person_id is null
    union all
    select
        ssda903_episodes.la, ssda903_episodes.snapshot_month, ssda903_episodes.child_id as person_id,
        'ssda903_episodes' as source_table, {{ file_and_row() }} as episode_id,
        ssda903_episodes.episode_start_date as start_date
    from ssda903_episodes
    inner join snapshots
        on ssda903_episodes.la = snapshots.la
        and ssda903_episodes.snapshot_month = snapshots.snapshot_month
        and ssda903_episodes.episode_start_date <= snapshots.snapshot_end
    where ssda903_episodes.legal_status is null
),

children_without_status as (
    select
        *,
        count(*) over (partition by la, snapshot_month, person_id) as episode_count
    from episodes_without_status
    qualify row_number() over (
            partition by la, snapshot_month, person_id order by start_date nulls last, {{ by_row_id('episode_id') }}
        ) = 1
),

final as (
    select
        la,
        snapshot_month,
        cast(null as {{ dbt.type_string() }}) as person_id,
        table_name,
        cast(null as {{ dbt.type_string() }}) as row_id,
        column_name,
        bad_value,
        concat(
            case domain when 'provider' then 'No list knows the provider ' else 'No list knows the legal status ' end,
            bad_value, ' (rows: ', cast(row_count as {{ dbt.type_string() }}),
            case domain when 'provider' then ').' else '); without one a child is not looked after.' end
        ) as detail,
        concat(case domain when 'provider' then 'ref_code_map' else 'ref_legal_status' end, ': no such word') as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from unmapped_words
    union all
    select
        legal_statuses.la,
        legal_statuses.snapshot_month,
        legal_statuses.person_id,
        'ssd_legal_status' as table_name,
        coalesce(legal_statuses.legal_status_id, {{ file_and_row() }}) as row_id,
        'lega_legal_status' as column_name,
        cast(null as {{ dbt.type_string() }}) as bad_value,
        concat(
            'The legal status from ', {{ date_text('legal_statuses.legal_status_start_date') }}, ' is left blank.'
        ) as detail,
        'ssd_legal_status: a row with dates and no status' as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from legal_statuses
    inner join snapshots
        on legal_statuses.la = snapshots.la
        and legal_statuses.snapshot_month = snapshots.snapshot_month
        and legal_statuses.legal_status_start_date <= snapshots.snapshot_end
    where legal_statuses.legal_status is null
    union all
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id as row_id,
        case source_table when 'ssda903_episodes' then 'ls' else 'clae_cla_episode_id' end as column_name,
        case source_table when 'ssda903_episodes' then null else episode_id end as bad_value,
        concat(
            'no legal status: care from ', {{ date_text('start_date') }}, ' has none, so it does not count (episodes: ',
            cast(episode_count as {{ dbt.type_string() }}), ').'
        ) as detail,
        case source_table
            when 'ssda903_episodes' then 'ssda903_episodes: LS is empty'
            else 'ssd_legal_status: no row of the child that runs during the episode'
        end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from children_without_status
)

select * from final
