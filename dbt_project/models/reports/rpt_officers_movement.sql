-- Grain: one row per scorecard indicator and number of months later: how far its figure usually moves by then.
-- For officers: nothing is hidden.
with

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null
),

expected as (
    select * from {{ ref('fct_expected_movement') }}
),

final as (
    select
        expected.*,
        indicators.position
    from expected
    inner join indicators on expected.indicator_id = indicators.indicator_id
)

select * from final
