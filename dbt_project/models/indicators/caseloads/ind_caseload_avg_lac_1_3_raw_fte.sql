-- Grain: one row per child of a qualified social worker of looked-after teams 1 to 3 at a month end, and one per such
-- worker with the contracted hours.
{{ caseload_rows(1, 3, 'contracted_fte') }}

select * from final
