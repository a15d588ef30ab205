-- Grain: one row per child who explains a difference between stock and flow of the published month. Restricted.
with

final as (
    select la, person_id, explanation
    from {{ ref('fct_stock_flow_child') }}
)

select * from final
