-- Grain: one row per council, snapshot and month end, for each placement-type word known at it (B17).
-- The council's local types go before the 903 code of the same name; both give the groups of C14.
with

periods as (
    select * from {{ ref('int_periods') }}
),

local_types as (
    select * from {{ ref('stg_reference__placement_local') }}
),

national_codes as (
    {% for code in national_code_sets()['placement_type'] -%}
        select '{{ code }}' as code{% if not loop.last %}
            union all{% endif %}
    {% endfor %}
),

local_words as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        {{ word('local_types.source_value') }} as word,
        trim(local_types.code) as code,
        {{ is_yes('local_types.family_based') }} as is_family_based,
        {{ is_yes('local_types.kinship') }} as is_kinship,
        {{ is_yes('local_types.unregistered') }} as is_unregistered,
        1 as turn,
        local_types.valid_from
    from periods
    inner join local_types
        on periods.la = local_types.la
        and periods.snapshot_month = local_types.snapshot_month
        and coalesce(local_types.valid_from, periods.period_end) <= periods.period_end
        and (local_types.valid_to is null or periods.period_end <= local_types.valid_to)
),

national_words as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        lower(national_codes.code) as word,
        national_codes.code,
        national_codes.code in {{ family_based_placements() }} as is_family_based,
        national_codes.code in ('U1', 'U2', 'U3') as is_kinship,
        false as is_unregistered,
        2 as turn,
        cast(null as date) as valid_from
    from periods
    cross join national_codes
),

all_words as (
    select * from local_words
    union all
    select * from national_words
),

final as (
    select la, snapshot_month, period_end, word, code, is_family_based, is_kinship, is_unregistered
    from all_words
    qualify row_number() over (
            partition by la, snapshot_month, period_end, word
            order by turn nulls last, valid_from desc nulls last, code nulls last
        ) = 1
)

select * from final
