-- Grain: one row per child of a qualified social worker of looked-after teams 4 to 5 at a month end, and one per such
-- worker with the contracted hours.
{{ caseload_rows(4, 5, 'contracted_fte') }}

select * from final
