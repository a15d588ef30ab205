-- Grain: one row per person, kind of order (special guardianship, child arrangements) and day it began, from the
-- legal statuses. An interim order is none of them; recorded twice on a day it is one order.
with

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

-- The group of a word; a file without groups gives it by the code.
word_groups as (
    select
        la,
        snapshot_month,
        {{ word('source_value') }} as word,
        coalesce(status_group, code) as status_group
    from reference_words
    qualify row_number() over (
            partition by la, snapshot_month, {{ word('source_value') }}
            order by coalesce(status_group, code) nulls last
        ) = 1
),

grouped_statuses as (
    select
        legal_statuses.la,
        legal_statuses.snapshot_month,
        legal_statuses.person_id,
        upper(trim(coalesce(word_groups.status_group, code_map.code, legal_statuses.legal_status))) as order_kind,
        legal_statuses.legal_status_start_date as order_date,
        coalesce(legal_statuses.legal_status_id, {{ file_and_row() }}) as order_id
    from legal_statuses
    left join word_groups
        on legal_statuses.la = word_groups.la
        and legal_statuses.snapshot_month = word_groups.snapshot_month
        and {{ word('legal_statuses.legal_status') }} = word_groups.word
    left join code_map
        on legal_statuses.la = code_map.la
        and legal_statuses.snapshot_month = code_map.snapshot_month
        and {{ word('legal_statuses.legal_status') }} = code_map.word
    where legal_statuses.legal_status_start_date is not null
),

final as (
    select * from grouped_statuses
    where order_kind in ('SGO', 'CAO')
    qualify row_number() over (
            partition by la, snapshot_month, person_id, order_kind, order_date order by {{ by_row_id('order_id') }}
        ) = 1
)

select * from final
