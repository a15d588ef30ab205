-- Grain: one row per child of a qualified social worker of looked-after teams 4 to 5 at a month end, and one per such
-- worker with the contracted hours, weighted by grade (C24).
{{ caseload_rows(4, 5, 'contracted_fte * fte_factor') }}

select * from final
